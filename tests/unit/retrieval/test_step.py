"""The retrieve step."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest

from kitwright.protocols import Encoder
from kitwright.retrieval import PassageIndex, retrieve_step
from kitwright.types import Decision, IntentScore, Passage, RawText, ScrubbedText, Turn, Understanding, Vault

SAID = ScrubbedText("bikini return")


@pytest.fixture
def turn(encoder: Encoder) -> Turn:
    understanding = Understanding((IntentScore("ask", 1.0),), (), 1.0, encoder.encode([SAID])[0])
    return Turn(
        conversation_id="c",
        turn_id="t",
        received=RawText(SAID),
        at=datetime(2026, 1, 5, tzinfo=UTC),
        vault=Mock(spec=Vault),
        text=SAID,
        understanding=understanding,
        decision=Decision(kind="answer", why="a question", query=SAID),
    )


@pytest.fixture
def index(passages: tuple[Passage, ...], encoder: Encoder, tmp_path: Path) -> PassageIndex:
    return PassageIndex.build(passages, encoder, cache=tmp_path)


def test_finds_with_the_vector_that_is_there(turn: Turn, index: PassageIndex) -> None:
    untouched = Mock()
    done = retrieve_step(lambda: index, untouched, passages=2, minimum=0.0).run(turn)
    assert next(one.passage.id for one in done.passages or ()) == "swim"
    assert "swim" in done.trace[0].why
    untouched.encode.assert_not_called()


def test_another_query_is_encoded(turn: Turn, index: PassageIndex, encoder: Encoder) -> None:
    other = replace(turn, decision=Decision(kind="answer", why="a question", query=ScrubbedText("wash wool")))
    done = retrieve_step(lambda: index, encoder, passages=1, minimum=0.0).run(other)
    assert [one.passage.id for one in done.passages or ()] == ["wool"]


def test_what_is_too_far_is_dropped(turn: Turn, index: PassageIndex, encoder: Encoder) -> None:
    assert retrieve_step(lambda: index, encoder, passages=3, minimum=1.01).run(turn).passages == ()


@pytest.mark.parametrize("kind", ["say", "handoff"])
def test_nothing_is_looked_up_for_other_decisions(turn: Turn, kind: str) -> None:
    never = Mock(side_effect=AssertionError("an index was asked for"))
    told = replace(turn, decision=Decision(kind=kind, why="a flow"))  # type: ignore[arg-type]
    done = retrieve_step(never, Mock(), passages=3, minimum=0.0).run(told)
    assert done.passages == ()
    assert done.trace[0].decision == "skipped"
