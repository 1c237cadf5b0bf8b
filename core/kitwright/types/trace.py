"""One line of a turn's trace: which step decided what, why, and how long it took."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TraceEntry:
    """A step's note; never holds raw text.

    Args:
        step: step name.
        decision: what it did, in a word or two.
        why: the reason, one clause.
        ms: milliseconds spent.
    """

    step: str
    decision: str
    why: str
    ms: float

    def as_dict(self) -> dict[str, object]:
        """The entry for JSON."""
        return {"step": self.step, "decision": self.decision, "why": self.why, "ms": round(self.ms, 3)}
