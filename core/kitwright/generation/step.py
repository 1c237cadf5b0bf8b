"""The generate step: the model phrases an answer to the turn's prompt, and safe pieces go out at once."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from kitwright.errors import BackendFailed
from kitwright.protocols import Backend
from kitwright.types import ScrubbedText, Step, Turn

NAME: Final = "generate"


class Gate(Protocol):
    """Holds pieces of a draft back until they are known to be safe to show."""

    @property
    def stopped(self) -> bool:
        """Whether the rest of the draft is of no use, so that generation may end."""
        ...

    def feed(self, piece: ScrubbedText) -> list[ScrubbedText]:
        """Take the next piece; returns what may be shown now."""
        ...


def generate_step(backend: Backend, *, open_gate: Callable[[Turn], Gate]) -> Step:
    """The step that drafts an answer where the decision asks for one.

    A backend that fails leaves as draft what was shown already, and the turn goes on: what is said besides is
    for the guard to choose.

    Args:
        backend: runs the model.
        open_gate: makes the gate of one turn.
    """

    def run(turn: Turn) -> Turn:
        if turn.decision is None or turn.decision.kind != "answer":
            return turn.note(NAME, "skipped", "nothing to phrase")
        if turn.prompt is None:
            return turn.note(NAME, "skipped", "no prompt")
        gate = open_gate(turn)
        shown: list[ScrubbedText] = []

        def emit(piece: ScrubbedText) -> None:
            shown.append(piece)
            turn.emit(piece)

        try:
            draft = _draft(backend, turn, gate, emit)
        except BackendFailed as error:
            kept = ScrubbedText("".join(shown)) if shown else None
            return replace(turn, draft=kept).note(NAME, "failed", error.faults[0].code)
        if turn.stop.cancelled:
            kept = ScrubbedText("".join(shown)) if shown else None
            return replace(turn, draft=kept).note(NAME, "cancelled", "stopped from outside; what was shown stays")
        how = "stopped" if gate.stopped else "drafted"
        return replace(turn, draft=draft).note(NAME, how, f"{len(draft)} characters from {backend.name}")

    return Step(name=NAME, reads=frozenset({"prompt", "passages", "decision"}), writes=frozenset({"draft"}), run=run)


def _draft(backend: Backend, turn: Turn, gate: Gate, emit: Callable[[ScrubbedText], None]) -> ScrubbedText:
    pieces: list[ScrubbedText] = []
    if turn.prompt is None:
        raise ValueError("there is no prompt")
    for piece in backend.stream(turn.prompt, cancelled=lambda: gate.stopped or turn.stop.cancelled):
        pieces.append(piece)
        for safe in gate.feed(piece):
            emit(safe)
    return ScrubbedText("".join(pieces))
