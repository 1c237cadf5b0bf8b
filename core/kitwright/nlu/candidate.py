"""A possible entity before overlaps are settled."""

from dataclasses import dataclass
from typing import Final

PATTERN: Final = 1
"""Rank of what a kit's own pattern finds."""
TAGGED: Final = 5
"""Rank of what the tagger finds, and of phrases with typing errors; all that is exact has a lower one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be an entity.

    Args:
        start: first character.
        end: one past the last.
        name: entity type.
        value: normalised value.
        rank: how far it is trusted; of two that overlap the lower rank stays, then the longer.
    """

    start: int
    end: int
    name: str
    value: str
    rank: int


def settled(candidates: list[Candidate]) -> list[Candidate]:
    """Those that stay, in order of position, none overlapping another."""
    kept: list[Candidate] = []
    for one in sorted(candidates, key=lambda c: (c.rank, c.start - c.end, c.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda c: c.start)
