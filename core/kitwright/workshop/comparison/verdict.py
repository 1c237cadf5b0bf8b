"""The verdict: what the differences between arms say in plain words, whichever way they fall."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kitwright.evaluation import Difference, adjusted, difference
from kitwright.workshop.comparison.result import ArmResult, mean

METRIC: Final = "required_facts"
"""The metric of chart and learning curve: right facts are what a support answer is for."""
ASPECTS: Final[Mapping[str, tuple[str, str]]] = {
    "required_facts": ("Right facts", "states the most right facts"),
    "passed": ("Answers right as a whole", "gives the most answers that are right as a whole"),
    "sendable": ("Answers that may be sent", "gives the most answers that the guard lets go whole"),
}
"""Metrics that verdicts are given on: what is counted, and what the best arm does."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two arms that differ in one thing.

    Args:
        what: that thing, as the subject of a sentence.
        one: the arm with it.
        other: the arm without it.
    """

    what: str
    one: str
    other: str


CONTRASTS: Final = (
    Contrast("Prompting the base model", "prompt+retrieval", "base+retrieval"),
    Contrast("Tuning, asked the bare question,", "adapter+retrieval", "base+retrieval"),
    Contrast("Tuning on top of prompting", "prompt+adapter+retrieval", "prompt+retrieval"),
    Contrast("Prompting on top of tuning", "prompt+adapter+retrieval", "adapter+retrieval"),
    Contrast("Tuning instead of prompting", "adapter+retrieval", "prompt+retrieval"),
    Contrast("Giving the prompted base model notes", "prompt+retrieval", "prompt"),
    Contrast("Giving the prompted and tuned model notes", "prompt+adapter+retrieval", "prompt+adapter"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A contrast and what the samples say of it; p-values are adjusted for the number of contrasts."""

    contrast: Contrast
    metric: str
    one: float
    other: float
    difference: Difference

    @property
    def words(self) -> str:
        """The finding as a sentence."""
        gap, what, counted = self.difference, self.contrast.what, ASPECTS[self.metric][0].lower()
        sure = (
            f"95% interval {signed(gap.low)} to {signed(gap.high)} points, {p_words(gap.p_value)}, "
            f"{gap.count} questions"
        )
        if not gap.is_clear:
            return (
                f"{what} made no difference that these questions can show: {counted} {percent(self.other)} before, "
                f"{percent(self.one)} after ({sure})."
            )
        helped, moved = ("helped", "rose") if gap.value > 0 else ("did harm", "fell")
        return (
            f"{what} {helped}: {counted} {moved} from {percent(self.other)} to {percent(self.one)}, "
            f"by {abs(100 * gap.value):.0f} points ({sure})."
        )

    def as_dict(self) -> dict[str, object]:
        """The finding for JSON."""
        arms = {"one": self.contrast.one, "other": self.contrast.other}
        means = {"one_value": self.one, "other_value": self.other}
        return {
            "what": self.contrast.what,
            **arms,
            **means,
            **self.difference.as_dict(),
            "clear": self.difference.is_clear,
            "words": self.words,
        }


def findings(arms: Mapping[str, ArmResult], *, seed: int, metric: str = METRIC) -> tuple[Finding, ...]:
    """What each contrast shows, of those whose arms both answered."""
    found = []
    for contrast in CONTRASTS:
        if contrast.one not in arms or contrast.other not in arms:
            continue
        one, other = (arms[name].metric(metric) for name in (contrast.one, contrast.other))
        gap = difference(one, other, seed=seed)
        if gap is not None:
            found.append(Finding(contrast, metric, mean(one), mean(other), gap))
    p_values = adjusted([each.difference.p_value for each in found])
    return tuple(
        replace(each, difference=replace(each.difference, p_value=p_value))
        for each, p_value in zip(found, p_values, strict=True)
    )


def headline(arms: Mapping[str, ArmResult], *, seed: int, metric: str = METRIC) -> tuple[str, ...]:
    """Which arm is the best, and which others it is not told apart from."""
    counted, does = ASPECTS[metric]
    means = {name: mean(arm.metric(metric)) for name, arm in arms.items()}
    ranked = sorted(means, key=lambda name: -means[name])
    if len(ranked) < 2:
        return tuple(f"{arms[name].title} ({name}): {counted.lower()} {percent(means[name])}." for name in ranked)
    best, rest = ranked[0], ranked[1:]
    gaps = [difference(arms[best].metric(metric), arms[name].metric(metric), seed=seed) for name in rest]
    p_values = adjusted([gap.p_value if gap else 1.0 for gap in gaps])
    near = [name for name, p_value in zip(rest, p_values, strict=True) if p_value >= 0.05]
    lines = [f"{arms[best].title} ({best}) {does}: {percent(means[best])}."]
    if near:
        others = ", ".join(f"{name} ({percent(means[name])})" for name in near)
        lines.append(f"That is too close to call against {others}.")
    if len(near) < len(rest):
        lines.append(f"It is clearly ahead of {'the other' if near else 'all'} {len(rest) - len(near)}.")
    return tuple(lines)


def turning_point(curve: Sequence[tuple[int, ArmResult]], prompted: ArmResult, *, seed: int) -> str:
    """From how many examples on tuning on top of prompting beats prompting alone, in words."""
    if not curve:
        return "No learning curve was given."
    gaps = [(examples, difference(arm.metric(METRIC), prompted.metric(METRIC), seed=seed)) for examples, arm in curve]
    p_values = adjusted([gap.p_value if gap else 1.0 for _, gap in gaps])
    ahead: list[int] = []
    for (examples, gap), p_value in zip(reversed(gaps), reversed(p_values), strict=True):
        if gap is None or gap.value <= 0 or p_value >= 0.05:
            break
        ahead.insert(0, examples)
    last = gaps[-1][0]
    if not ahead:
        return f"With up to {last} examples, tuning does not clearly beat prompting alone."
    return f"Tuning clearly beats prompting alone from {ahead[0]} examples on (of the numbers tried, up to {last})."


def percent(share: float | None) -> str:
    """A share as people read it."""
    return "–" if share is None else f"{100 * share:.0f}%"


def signed(share: float) -> str:
    """A difference in points, with its sign."""
    return f"{100 * share:+.0f}".replace("-", "−")


def p_words(p_value: float) -> str:
    """A p-value without more digits than it bears."""
    return "p < 0.001" if p_value < 0.001 else f"p = {p_value:.3f}"
