"""Calibration: whether what is called likely happens as often as it is said to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of like probability.

    Args:
        count: how many.
        said: their mean probability.
        held: the share that came true.
    """

    count: int
    said: float
    held: float


def brier(predictions: Sequence[tuple[float, bool]]) -> float:
    """The mean squared error of probabilities (Brier 1950, Mon Weather Rev 78:1); 0 is perfect."""
    return sum((probability - held) ** 2 for probability, held in predictions) / max(1, len(predictions))


def reliability(predictions: Sequence[tuple[float, bool]]) -> list[Bin]:
    """The reliability curve in ten bins of probability; empty bins are left out."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for probability, held in predictions:
        bins[min(_BINS - 1, int(probability * _BINS))].append((probability, held))
    return [
        Bin(len(each), sum(p for p, _ in each) / len(each), sum(h for _, h in each) / len(each))
        for each in bins
        if each
    ]
