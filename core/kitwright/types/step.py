"""A Step: a named function Turn → Turn that declares which fields it reads and writes."""

from collections.abc import Callable
from dataclasses import dataclass

from kitwright.types.turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage of a turn.

    Args:
        name: shown in the trace.
        reads: fields of Turn that must have been written before.
        writes: fields of Turn that this step, and no other, sets.
        run: the function; it must add a trace note in its own name.
    """

    name: str
    reads: frozenset[str]
    writes: frozenset[str]
    run: Callable[[Turn], Turn]
