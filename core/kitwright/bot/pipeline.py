"""The pipeline: an ordered list of steps, checked when it is assembled, timed when it runs."""

import time
from collections.abc import Sequence
from dataclasses import replace

from kitwright.errors import Fault, FaultsFound
from kitwright.types import INPUT_FIELDS, TURN_FIELDS, Step, Turn

_ALWAYS = INPUT_FIELDS | {"trace"}


def checked_order(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps, if every field is written before it is read, and by one step only.

    Raises:
        FaultsFound: the order, or a declaration, is wrong; all faults at once.
    """
    faults: list[Fault] = []
    writer: dict[str, str] = {}
    for step in steps:
        place = f"step {step.name}"
        for field in sorted((step.reads | step.writes) - TURN_FIELDS):
            faults.append(_fault(place, "a turn has no such field", field))
        for field in sorted(step.reads & TURN_FIELDS - _ALWAYS - writer.keys()):
            faults.append(_fault(place, "reads a field that no step before it writes", field))
        for field in sorted(step.writes & (writer.keys() | INPUT_FIELDS)):
            faults.append(_fault(place, f"writes a field of {writer.get(field, 'the input')}", field))
        writer |= dict.fromkeys(step.writes, step.name)
    if faults:
        raise FaultsFound(faults)
    return tuple(steps)


def run_steps(steps: Sequence[Step], turn: Turn) -> Turn:
    """Send a turn through the steps; each adds its trace note and gets its time.

    Raises:
        ValueError: a step changed a field that it does not declare, or left no note.
        TurnStopped: somebody asked for it before anything was decided.
    """
    for step in steps:
        if turn.decision is None:
            turn.stop.check()
        started = time.perf_counter()
        after = step.run(turn)
        elapsed = (time.perf_counter() - started) * 1000
        _hold_to_declaration(step, turn, after)
        turn = replace(after, trace=(*after.trace[:-1], replace(after.trace[-1], ms=elapsed)))
    return turn


def _hold_to_declaration(step: Step, before: Turn, after: Turn) -> None:
    changed = {name for name in TURN_FIELDS if getattr(before, name) is not getattr(after, name)}
    undeclared = changed - step.writes - {"trace"}
    if undeclared:
        raise ValueError(f"step {step.name} changed {', '.join(sorted(undeclared))} without declaring it")
    if len(after.trace) != len(before.trace) + 1 or after.trace[-1].step != step.name:
        raise ValueError(f"step {step.name} left no trace note in its name")


def _fault(place: str, problem: str, field: str) -> Fault:
    return Fault(
        code="KW114",
        place=place,
        problem=problem,
        value=field,
        hint="look at the order of the steps in bot/assembly.py",
    )
