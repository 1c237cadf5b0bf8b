"""Evidence: one finding as a person told it."""

from dataclasses import dataclass
from typing import Any, Literal

State = Literal["present", "absent", "unsure"]
When = Literal["now", "resolved", "past"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A finding with what was said of it.

    Args:
        finding: id, or `id/value`.
        state: `unsure` counts as present where it would be dangerous to be wrong.
        when: `resolved` was there in the last days and is over; `past` is long over.
        hours: how long it has lasted; None where not said.
        count: how many times; None where not said.
        by: how it was found: `words`, `meaning`, `answer`, `measure` or `implied`.
        score: how sure the reading is, 0 to 1.
    """

    finding: str
    state: State = "present"
    when: When = "now"
    hours: float | None = None
    count: float | None = None
    by: str = "words"
    score: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        """As plain data, what is usual left out."""
        usual = Evidence(self.finding)
        kept = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) != getattr(usual, name)}
        return {"finding": self.finding, **kept}

    @property
    def holds(self) -> bool:
        """Whether the person has it, or may have it."""
        return self.state != "absent" and self.when != "past"
