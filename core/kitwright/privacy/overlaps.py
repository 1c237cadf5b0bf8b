"""Which of several overlapping findings holds: by tier, then score, then length.

The loser keeps what the winner does not cover, so that settling a quarrel uncovers nothing. A finding
stays in the text only where all of it lies inside what is kept; one that reaches out of it is hidden. Learned findings
reach out by a space or a mark now and then ("1043 -"), which says nothing of a person.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kitwright.privacy.finding import Finding, Tier

_NEVER_KEPT: Final = "SECRET"
_EDGES: Final = re.compile(r"^[\W_]+|[\W_]+$")
_MARKS: Final = re.compile(r"[\W_]*")
_SPACES: Final = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a finding.

    Args:
        pieces: the stretches of it that hold, in order; empty if it lost.
        kept: it lost to what stays in the text.
    """

    finding: Finding
    pieces: tuple[tuple[int, int], ...]
    kept: bool = False


def settle(
    text: str, found: Iterable[Finding], kept: Iterable[Finding], *, rank: Callable[[str], int]
) -> list[Outcome]:
    """What becomes of every finding, the surest first.

    Args:
        text: the text that was scanned.
        found: findings on it, in any order.
        kept: what stays, of the tiers ALLOWED and KEPT.
        rank: of a label; decides, lower first, where all else is equal.
    """
    stays = list(kept)
    allowed = Stretches(text, ((k.start, k.end) for k in stays if k.tier is Tier.ALLOWED), joint=_MARKS)
    alone = Stretches(text, ((k.start, k.end) for k in stays if k.tier is Tier.KEPT))
    together = Stretches(text, ((k.start, k.end) for k in stays), joint=_SPACES)
    taken = bytearray(len(text))
    outcomes = []
    for finding in sorted(_named(set(found)), key=lambda f: _order(f, rank(f.label))):
        learned = finding.tier is Tier.MODEL
        if _stays(finding, allowed, together if learned else alone):
            outcomes.append(Outcome(finding, (), kept=True))
            continue
        left = _pieces(text, taken, finding)
        pieces = tuple(each for each in left if not (learned and allowed.hold(*each)))
        for start, end in pieces:
            taken[start:end] = b"\x01" * (end - start)
        outcomes.append(Outcome(finding, pieces))
    return outcomes


class Stretches:
    """Stretches of a text.

    Args:
        text: where they are.
        stretches: start and end of each, in any order.
        joint: if given, stretches that only this parts are taken as one, and marks at the ends of what they are asked
            about do not count.
    """

    def __init__(
        self, text: str, stretches: Iterable[tuple[int, int]], *, joint: re.Pattern[str] | None = None
    ) -> None:
        self._text = text
        self._joint = joint
        self._starts: list[int] = []
        self._furthest: list[int] = []
        for start, end in sorted(stretches):
            last = self._furthest[-1] if self._furthest else -1
            if last >= 0 and joint is not None and (start < last or joint.fullmatch(text, last, start)):
                self._furthest[-1] = max(end, last)
            else:
                self._starts.append(start)
                self._furthest.append(max(end, last))

    def hold(self, start: int, end: int) -> bool:
        """Whether one of them holds all of `start:end`."""
        if self._joint is not None:
            start, end = _bare(self._text, start, end)
        before = bisect_right(self._starts, start)
        return before > 0 and self._furthest[before - 1] >= end


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the spaces and marks at its ends; as it is where it has nothing else."""
    said = text[start:end]
    bare = _EDGES.sub("", said)
    at = start + said.find(bare)
    return (at, at + len(bare)) if bare else (start, end)


def winner(outcome: Outcome, outcomes: Sequence[Outcome], kept: Iterable[Finding]) -> Finding | None:
    """Who took most of the text of a finding that lost; None if it holds as a whole."""
    span = outcome.finding
    if outcome.pieces == ((span.start, span.end),):
        return None
    rivals = kept if outcome.kept else (o.finding for o in outcomes if o.pieces and o is not outcome)
    shared = [(min(r.end, span.end) - max(r.start, span.start), r) for r in rivals]
    most, rival = max(shared, key=lambda each: (each[0], -each[1].tier), default=(0, None))
    return rival if most > 0 else None


def _named(found: set[Finding]) -> Iterator[Finding]:
    """The findings; where a shape fits a learned one exactly, it says better what that is."""
    shapes = {(f.start, f.end): f.label for f in found if f.tier is Tier.WEAK}
    for finding in found:
        label = shapes.get((finding.start, finding.end)) if finding.tier is Tier.MODEL else None
        yield replace(finding, label=label) if label else finding


def _stays(finding: Finding, allowed: Stretches, harmless: Stretches) -> bool:
    if finding.tier is Tier.CERTAIN:
        return False
    certain = finding.label == _NEVER_KEPT and finding.tier < Tier.MODEL
    if not certain and allowed.hold(finding.start, finding.end):
        return True
    return finding.tier > Tier.KEPT and harmless.hold(finding.start, finding.end)


def _order(finding: Finding, rank: int) -> tuple[int, float, int, int, int, str, str]:
    length = finding.end - finding.start
    return finding.tier, -finding.score, -length, rank, finding.start, finding.label, finding.pattern


def _pieces(text: str, taken: bytearray, finding: Finding) -> Iterator[tuple[int, int]]:
    for start, end in list(_free(taken, finding.start, finding.end)):
        whole = (start, end) == (finding.start, finding.end)
        if whole or _counts(text[start:end], finding.tier):
            yield start, end


def _counts(rest: str, tier: Tier) -> bool:
    """Whether what is left of a finding is hidden too; of a weak one, next to nothing is not."""
    letters, digits = sum(map(str.isalpha, rest)), sum(map(str.isdigit, rest))
    if tier is not Tier.WEAK:
        return letters + digits > 0
    return letters + digits >= (3 if digits else 5)


def _free(taken: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        start = taken.find(0, start, end)
        if start == -1:
            return
        stop = taken.find(1, start, end)
        stop = end if stop == -1 else stop
        yield start, stop
        start = stop
