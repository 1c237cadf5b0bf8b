"""The example index: what is near enough, in which order, and what is left out."""

from pathlib import Path

import pytest

from kitwright.retrieval import ExampleIndex
from kitwright.types import Exchange, ScrubbedText
from unit.retrieval.conftest import LetterEncoder

WASH = "how do I wash wool"
QUESTIONS = (
    WASH,
    "how do I wash silk",
    "how do I wash a silk shirt at home",
    "when do you open",
    "How do I wash SILK?",
)


@pytest.fixture
def index(tmp_path: Path, encoder: LetterEncoder) -> ExampleIndex:
    exchanges = [Exchange(ScrubbedText(question), ScrubbedText("Like this.")) for question in QUESTIONS]
    return ExampleIndex.build(exchanges, encoder, cache=tmp_path)


def asked(index: ExampleIndex, question: str, count: int = 8, minimum: float = 0.0) -> list[str]:
    return [each.question for each in index.nearest(ScrubbedText(question), count, minimum=minimum)]


def test_the_nearest_come_first_and_each_question_once(index: ExampleIndex) -> None:
    assert asked(index, "how do I wash velvet") == [WASH, *QUESTIONS[1:4]]


@pytest.mark.parametrize("question", [WASH, "How do I wash wool?", "HOW DO I  WASH WOOL!"])
def test_the_very_same_question_is_left_out(index: ExampleIndex, question: str) -> None:
    assert asked(index, question, 1) == ["how do I wash silk"]


def test_count_and_minimum_are_kept(index: ExampleIndex) -> None:
    assert asked(index, "how do I wash velvet", 0) == []
    assert len(asked(index, "how do I wash velvet", 2)) == 2
    assert "when do you open" not in asked(index, "how do I wash velvet", minimum=0.5)
    assert asked(index, "zzz", minimum=0.9) == []


def test_vectors_are_kept_in_the_cache(tmp_path: Path, index: ExampleIndex) -> None:
    encoder = LetterEncoder()
    again = ExampleIndex.build(index.exchanges, encoder, cache=tmp_path)
    assert encoder.encoded == 0
    assert asked(again, "how do I wash velvet") == asked(index, "how do I wash velvet")


def test_no_exchanges_give_no_examples(tmp_path: Path, encoder: LetterEncoder) -> None:
    assert asked(ExampleIndex.build([], encoder, cache=tmp_path), WASH) == []
