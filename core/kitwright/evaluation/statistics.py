"""Statistics of an evaluation: means with their intervals, and differences with how sure one can be of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

RESAMPLES: Final = 4000
FLIPS: Final = 20_000
LEVEL: Final = 0.95
_BINARY: Final = frozenset({0.0, 1.0})


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over samples, its 95% interval, and the number of samples."""

    value: float
    low: float
    high: float
    count: int

    def as_dict(self) -> dict[str, float | int]:
        """The estimate for JSON."""
        return {"value": self.value, "low": self.low, "high": self.high, "count": self.count}


@dataclass(frozen=True, slots=True)
class Difference:
    """How much higher one arm's mean is than another's on the same samples.

    Args:
        value: the difference.
        low: lower end of its 95% interval.
        high: upper end.
        p_value: how often chance alone gives a difference at least as large, were there none.
        count: samples that both arms were scored on.
    """

    value: float
    low: float
    high: float
    p_value: float
    count: int

    @property
    def is_clear(self) -> bool:
        """Whether the difference is too large for chance, at the 5% level."""
        return self.p_value < 1 - LEVEL

    def as_dict(self) -> dict[str, float | int]:
        """The difference for JSON."""
        ends = {"difference": self.value, "low": self.low, "high": self.high}
        return {**ends, "p_value": self.p_value, "count": self.count}


def estimate(values: Sequence[float], *, seed: int = 0, shares: bool = True) -> Estimate | None:
    """The mean with its percentile bootstrap interval; None for no values.

    Where all values are 0, or all 1, resampling knows no spread; the exact binomial bound is given instead, so
    that three samples out of three do not look like certainty.

    Args:
        values: one a sample.
        seed: of the resampling.
        shares: whether 0 and 1 mean no and yes; a ratio that is always 1 has no such bound.

    Example:
        >>> estimate([1.0, 1.0, 1.0]).low < 0.5
        True
    """
    if not values:
        return None
    import numpy as np

    known = np.asarray(values, dtype=np.float64)
    mean, count = float(known.mean()), len(known)
    if shares and set(values) in ({0.0}, {1.0}):
        bound = ((1 - LEVEL) / 2) ** (1 / count)
        return Estimate(mean, bound, 1.0, count) if mean else Estimate(mean, 0.0, 1 - bound, count)
    low, high = _interval(known, seed)
    return Estimate(mean, low, high, count)


def difference(
    one: Mapping[str, float | None], other: Mapping[str, float | None], *, seed: int = 0
) -> Difference | None:
    """How much higher `one` scores than `other`, sample by sample; None if they share no scored sample.

    The p-value is McNemar's exact test where all scores are 0 or 1, and else a permutation test that flips the
    sign of each sample's difference.

    Args:
        one: sample id to score.
        other: sample id to score.
        seed: of the resampling.
    """
    import numpy as np

    both = sorted(name for name in one.keys() & other.keys() if one[name] is not None and other[name] is not None)
    if not both:
        return None
    pairs = np.array([(one[name], other[name]) for name in both], dtype=np.float64)
    gaps = pairs[:, 0] - pairs[:, 1]
    is_binary = set(np.unique(pairs)) <= _BINARY
    p_value = _mcnemar(gaps) if is_binary else _sign_flips(gaps, seed)
    low, high = _interval(gaps, seed)
    return Difference(float(gaps.mean()), low, high, p_value, len(both))


def adjusted(p_values: Sequence[float]) -> list[float]:
    """P-values of several tests of one study, after Holm, so that looking often finds nothing by chance.

    Example:
        >>> adjusted([0.01, 0.04])
        [0.02, 0.04]
    """
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    result = [0.0] * len(p_values)
    highest = 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        result[place] = highest
    return result


def _interval(values: Any, seed: int) -> tuple[float, float]:
    import numpy as np

    chosen = np.random.default_rng(seed).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.quantile(values[chosen].mean(axis=1), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _mcnemar(gaps: Any) -> float:
    from scipy.stats import binomtest

    better, worse = int((gaps > 0).sum()), int((gaps < 0).sum())
    return float(binomtest(better, better + worse).pvalue) if better + worse else 1.0


def _sign_flips(gaps: Any, seed: int) -> float:
    import numpy as np

    moved = gaps[gaps != 0]
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], (FLIPS, len(moved)))
    chance = np.abs(signs @ moved)
    return float((1 + (chance >= abs(moved.sum()) - 1e-9).sum()) / (1 + FLIPS))
