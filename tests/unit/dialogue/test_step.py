"""The decide step: a verdict stands, then the kit's policy, then the flows."""

from datetime import UTC, datetime
from typing import Any

import pytest

from kitwright.dialogue import decide_step
from kitwright.types import Decision, RawText, ScrubbedText, Turn
from unit.dialogue.small_bot import Talk, engine, understanding

SCREEN = Decision(kind="say", why="screen")
REFUSED = Decision(kind="say", why="rule")
POLICY = Decision(kind="say", why="policy")


def turn(**given: Any) -> Turn:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    return Turn(conversation_id="c", turn_id="t", received=RawText("x"), at=at, vault=given.pop("vault", None), **given)


@pytest.mark.parametrize(
    ("verdict", "guarded", "policy", "why"),
    [
        (SCREEN, REFUSED, POLICY, "screen"),
        (None, REFUSED, POLICY, "rule"),
        (None, None, POLICY, "policy"),
        (None, None, None, "intent starts flow: small_talk"),
    ],
)
def test_who_has_the_word(
    verdict: Decision | None, guarded: Decision | None, policy: Decision | None, why: str
) -> None:
    step = decide_step(engine(), tools_of=lambda _turn: Talk()._tool, policy=lambda _turn: policy)
    given = turn(
        verdict=verdict, guarded=guarded, text=ScrubbedText("hello"), understanding=understanding("greet", 0.9)
    )
    done = step.run(given)
    assert done.decision is not None
    assert done.decision.why == why
    assert done.trace[-1].step == step.name == "decide"
