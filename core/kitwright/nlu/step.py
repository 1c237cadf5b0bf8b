"""The understand step: reads the message, unless a screen has taken the turn over before any model runs."""

from collections.abc import Callable
from dataclasses import replace

from kitwright.nlu.clauses import carried, parts_of, to_be_read
from kitwright.nlu.parser import NluParser
from kitwright.types import Step, Turn


def understand_step(parser: Callable[[], NluParser]) -> Step:
    """Understand the scrubbed message, as a whole and clause by clause.

    Args:
        parser: gives the parser, made at the first call; it is not asked for when the turn has a verdict.
    """

    def run(turn: Turn) -> Turn:
        if turn.verdict is not None:
            return turn.note("understand", "skipped", "the turn was taken over")
        if turn.text is None:
            raise RuntimeError("understand runs after the step that writes `text`")
        parser().foresee(to_be_read(turn.text))
        read = parser().parse
        whole = carried(turn.text, read(turn.text), read)
        found = replace(whole, parts=parts_of(turn.text, read))
        names = ", ".join(dict.fromkeys(entity.name for entity in found.entities)) or "none"
        why = f"confidence {found.intent.confidence:.2f}, in scope {found.in_scope:.2f}, entities: {names}"
        clauses = ", ".join(part.understanding.intent.name for part in found.parts)
        why += f", clauses: {clauses}" if clauses else ""
        return replace(turn, understanding=found).note("understand", found.intent.name, why)

    return Step(name="understand", reads=frozenset({"text", "verdict"}), writes=frozenset({"understanding"}), run=run)
