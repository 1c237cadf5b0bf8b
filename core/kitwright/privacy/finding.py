"""A finding: a stretch of text that a recogniser took for personal data, and how it knows."""

from dataclasses import dataclass
from enum import IntEnum

from kitwright.types import Span


class Tier(IntEnum):
    """How a recogniser knows; where findings overlap, the lower tier wins before any score is looked at."""

    CERTAIN = 0
    """Text that must go whatever else it may be: what looks like a placeholder."""
    ALLOWED = 1
    """Not a finding: text that the kit lets stay, whatever it is, unless it is a secret."""
    CHECKSUM = 2
    """Its check digits are right, or its form can be nothing else."""
    LABELLED = 3
    """A word before or after it says what it is."""
    KEPT = 4
    """Not a finding: text that is known to be no personal data, such as a drug or an eponym."""
    MODEL = 5
    """A learned tagger took it for personal data."""
    WEAK = 6
    """It has the shape, which other things have too."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One stretch `start:end` (characters).

    Args:
        label: what it is, Presidio's name where it has one; for what is kept, its kind.
        score: confidence from 0 to 1.
        tier: how the recogniser knows.
        recogniser: who found it.
        pattern: by which of its patterns; empty where there are none.
    """

    start: int
    end: int
    label: str
    score: float
    tier: Tier
    recogniser: str
    pattern: str = ""

    @property
    def span(self) -> Span:
        """The finding as the rest of the program knows it."""
        return Span(self.start, self.end, self.label, self.score)
