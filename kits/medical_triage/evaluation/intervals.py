"""Shares with their Wilson intervals (Wilson 1927, J Am Stat Assoc 22:209)."""

import math
from dataclasses import dataclass
from typing import Final

_Z: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a number of cases.

    Args:
        part: how many.
        of: of how many.
    """

    part: int
    of: int

    @property
    def value(self) -> float:
        """The share; 0 of no cases."""
        return self.part / self.of if self.of else 0.0

    def interval(self) -> tuple[float, float]:
        """The 95% interval."""
        if not self.of:
            return 0.0, 1.0
        centre = (self.value + _Z**2 / (2 * self.of)) / (1 + _Z**2 / self.of)
        half = _Z / (1 + _Z**2 / self.of)
        half *= math.sqrt(self.value * (1 - self.value) / self.of + _Z**2 / (4 * self.of**2))
        return max(0.0, centre - half), min(1.0, centre + half)

    def __str__(self) -> str:
        """As "40/45 = 88.9% (76.5 to 95.2)"."""
        low, high = self.interval()
        return f"{self.part}/{self.of} = {self.value:.1%} ({100 * low:.1f} to {100 * high:.1f})"


def share(holds: list[bool]) -> Share:
    """The share of cases in which something holds."""
    return Share(sum(holds), len(holds))
