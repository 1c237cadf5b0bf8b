"""The understand step."""

from datetime import UTC, datetime
from unittest.mock import Mock

from kitwright.nlu import NluParser, understand_step
from kitwright.types import Decision, RawText, ScrubbedText, Turn, Vault


def turn(*, verdict: Decision | None = None) -> Turn:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    vault = Mock(spec=Vault)
    said = ScrubbedText("where is my order")
    return Turn(
        conversation_id="c", turn_id="t", received=RawText(said), at=at, vault=vault, verdict=verdict, text=said
    )


def test_writes_the_understanding_and_a_note(parser: NluParser) -> None:
    done = understand_step(lambda: parser).run(turn())
    assert done.understanding is not None
    assert done.understanding.intent.name == "track_order"
    assert [(note.step, note.decision) for note in done.trace] == [("understand", "track_order")]
    assert "where" not in done.trace[0].why


def test_no_model_is_asked_for_when_a_screen_took_over() -> None:
    def never() -> NluParser:
        raise AssertionError("a model was asked for")

    done = understand_step(never).run(turn(verdict=Decision(kind="say", why="red flag")))
    assert done.understanding is None
    assert done.trace[0].decision == "skipped"


def test_declares_what_it_touches() -> None:
    step = understand_step(Mock())
    assert step.name == "understand"
    assert step.reads == frozenset({"text", "verdict"})
    assert step.writes == frozenset({"understanding"})
