"""The retrieve step."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest

from kitwright.protocols import Encoder
from kitwright.retrieval import PassageIndex, Retriever, retrieve_step
from kitwright.types import (
    Decision,
    FoundPassage,
    IntentScore,
    Message,
    Passage,
    RawText,
    ScrubbedText,
    Turn,
    Understanding,
    Vault,
)

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


def retriever(index: PassageIndex, *, passages: int, minimum: float, sentences: int = 5) -> Retriever:
    return Retriever(index=lambda: index, passages=passages, sentences=sentences, minimum=minimum)


def test_finds_with_the_vector_that_is_there(turn: Turn, index: PassageIndex) -> None:
    untouched = Mock()
    done = retrieve_step(retriever(index, passages=2, minimum=0.0), untouched).run(turn)
    assert next(one.passage.id for one in done.passages or ()) == "swim"
    assert "swim" in done.trace[0].why
    untouched.encode.assert_not_called()


def test_another_query_is_encoded(turn: Turn, index: PassageIndex, encoder: Encoder) -> None:
    other = replace(turn, decision=Decision(kind="answer", why="a question", query=ScrubbedText("wash wool")))
    done = retrieve_step(retriever(index, passages=1, minimum=0.0), encoder).run(other)
    assert [one.passage.id for one in done.passages or ()] == ["wool"]


def test_what_is_too_far_is_dropped(turn: Turn, index: PassageIndex, encoder: Encoder) -> None:
    assert retrieve_step(retriever(index, passages=3, minimum=1.01), encoder).run(turn).passages == ()


def test_a_follow_up_is_searched_with_what_it_follows(turn: Turn, index: PassageIndex, encoder: Encoder) -> None:
    step = retrieve_step(retriever(index, passages=1, minimum=0.0), encoder)
    asked = replace(
        turn, understanding=None, decision=Decision(kind="answer", why="q", query=ScrubbedText("and flat?"))
    )
    before = (
        Message("user", ScrubbedText("how do I wash wool")),
        Message("assistant", ScrubbedText("Wash wool cold.")),
    )
    assert [one.passage.id for one in step.run(replace(asked, history=before)).passages or ()] == ["wool"]


@pytest.mark.parametrize(("score", "searches"), [(0.7, [1]), (0.4, [1, 2])])
def test_a_question_that_names_its_subject_is_searched_alone_if_that_finds_something(
    turn: Turn, passages: tuple[Passage, ...], encoder: Encoder, score: float, searches: list[int]
) -> None:
    known = Mock(spec=Retriever)
    known.find.return_value = (FoundPassage(passages[0], score),)
    asked = replace(turn, decision=Decision(kind="answer", why="q", query=ScrubbedText("is wool washed cold")))
    told = replace(asked, history=(Message("user", ScrubbedText("bikini return")),))
    retrieve_step(known, encoder).run(told)
    assert [len(call.args[0]) for call in known.find.call_args_list] == searches


def test_the_model_is_shown_the_sentence_that_bears_on_the_question(
    turn: Turn, index: PassageIndex, encoder: Encoder
) -> None:
    asked = replace(
        turn, understanding=None, decision=Decision(kind="answer", why="q", query=ScrubbedText("dry on a towel"))
    )
    (found,) = retrieve_step(retriever(index, passages=1, minimum=0.0, sentences=1), encoder).run(asked).passages or ()
    assert (found.text, found.passage.text) == ("Dry it flat on a towel.", "Wash wool cold. Dry it flat on a towel.")


@pytest.mark.parametrize("kind", ["say", "handoff"])
def test_nothing_is_looked_up_for_other_decisions(turn: Turn, kind: str) -> None:
    never = Mock(side_effect=AssertionError("an index was asked for"))
    told = replace(turn, decision=Decision(kind=kind, why="a flow"))  # type: ignore[arg-type]
    done = retrieve_step(Retriever(index=never, passages=3, sentences=5, minimum=0.0), Mock()).run(told)
    assert done.passages == ()
    assert done.trace[0].decision == "skipped"
