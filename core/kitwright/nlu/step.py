"""The understand step: reads the message, unless a screen has taken the turn over before any model runs."""

from collections.abc import Callable
from dataclasses import replace

from kitwright.nlu.parser import NluParser
from kitwright.nlu.roles import with_single_roles
from kitwright.types import Step, Turn


def understand_step(parser: Callable[[], NluParser]) -> Step:
    """Understand the scrubbed message.

    Args:
        parser: gives the parser, made at the first call; it is not asked for when the turn has a verdict.
    """

    def run(turn: Turn) -> Turn:
        if turn.verdict is not None:
            return turn.note("understand", "skipped", "the turn was taken over")
        if turn.text is None:
            raise RuntimeError("understand runs after the step that writes `text`")
        found = parser().parse(turn.text)
        found = replace(found, entities=with_single_roles(turn.text, found.entities))
        names = ", ".join(dict.fromkeys(entity.name for entity in found.entities)) or "none"
        why = f"confidence {found.intent.confidence:.2f}, in scope {found.in_scope:.2f}, entities: {names}"
        return replace(turn, understanding=found).note("understand", found.intent.name, why)

    return Step(name="understand", reads=frozenset({"text", "verdict"}), writes=frozenset({"understanding"}), run=run)
