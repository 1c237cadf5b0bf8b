"""Groundedness, similarity, language and sendability."""

from functools import partial

import pytest

from kitwright.encoder import HashingEncoder
from kitwright.evaluation.scorers import grounded, language, sendable, similarities
from kitwright.evaluation.scorers.language import MOST_WORDS
from kitwright.guard import OutputRules, facts_of
from kitwright.types import ScrubbedText

NOTE = "Items can be returned within 30 days of delivery for £2.50."
RULES = OutputRules(courtesy=(r"sorry\b[^.!?]{0,60}[.!]",))
read = partial(facts_of, kinds=("number", "price"))


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        ("You have thirty days.", 1.0),
        ("You have 30 days, for £2.50 or £4.", 2 / 3),
        ("You have 14 days.", 0.0),
        ("You may return it.", None),
    ],
)
def test_grounded_facts(answer: str, share: float | None) -> None:
    assert grounded(answer, (NOTE,), facts_of=read) == share


def test_without_sources_no_fact_is_grounded() -> None:
    assert grounded("30 days", (), facts_of=read) == 0.0


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("Items can be returned within 30 days of delivery.", 1.0),
        ("Sorry about that. Items can be returned within 30 days of delivery.", 1.0),
        ("Items can be returned within 14 days of delivery.", 0.0),
        ("Items can be returned within 30 days of delivery. We ship to the moon quickly.", 0.0),
        ("Items can be returned within 30 days of", 0.0),
        ("", 0.0),
    ],
)
def test_sendable_as_a_whole(answer: str, score: float) -> None:
    assert sendable(answer, (NOTE,), (ScrubbedText("can I return it"),), RULES) == score


@pytest.mark.parametrize(
    ("answer", "least", "most"),
    [
        ("You have 30 days.", 1.0, 1.0),
        ("You have 30", 0.0, 0.0),
        ("", 0.0, 0.0),
        ("the coat is warm " * 8 + ".", 0.0, 0.3),
        (" ".join(f"w{n}" for n in range(2 * MOST_WORDS)) + ".", 0.45, 0.55),
        ("Yes.", 1.0, 1.0),
    ],
)
def test_language(answer: str, least: float, most: float) -> None:
    assert least <= language(answer) <= most


def test_similarity_ranks_and_gives_nothing_for_silence() -> None:
    said = [ScrubbedText(text) for text in ("return within 30 days", "return in 30 days", "wash cold", "  ")]
    same, near, far, silent = similarities(said, [said[0]] * 4, HashingEncoder())
    assert same == pytest.approx(1.0)
    assert same > near > far >= 0
    assert silent == 0
    assert similarities([], [], HashingEncoder()) == []
