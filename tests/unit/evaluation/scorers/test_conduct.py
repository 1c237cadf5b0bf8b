"""The kind of a reply: answer, refusal, question back, hand-over."""

import pytest

from kitwright.evaluation.scorers import right_hand_over, right_kind, right_question, right_refusal
from unit.evaluation.samples import sample


@pytest.mark.parametrize(
    ("answer", "where_answered", "where_refused"),
    [
        ("You have 30 days.", 1.0, 0.0),
        ("No, sale items can not be returned.", 1.0, 0.0),
        ("I'm sorry, I don’t have any information about that.", 0.0, 1.0),
        ("I can only help with Fernhill orders.", 0.0, 1.0),
        ("Sorry, I cannot help with that.", 0.0, 1.0),
        ("I'm not sure.", 0.0, 1.0),
        ("I'm sorry, we do not sell shoes.", 1.0, 1.0),
        ("Fernhill does not sell boots.", 1.0, 1.0),
        ("There are no shops in London.", 1.0, 1.0),
        ("I don't know.", 0.0, 1.0),
        ("If you do not know your size, measure.", 1.0, 0.0),
        ("", 1.0, 0.0),
    ],
)
def test_refusals(answer: str, where_answered: float, where_refused: float) -> None:
    assert right_refusal(answer, sample(expect="answer")) == where_answered
    assert right_refusal(answer, sample(expect="refuse")) == where_refused


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("Which item do you mean?", 1.0),
        ("I am sorry. What is wrong with it?", 1.0),
        ("You have 30 days.", 0.0),
        ("You have 30 days. Is there anything else I can help with?", 0.0),
        ("How long may I keep a coat before I return it?", 0.0),
        ("Really?", 0.0),
        ("", 0.0),
    ],
)
def test_questions_back(answer: str, score: float) -> None:
    assert right_question(answer, sample(expect="clarify")) == score


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("I will pass you to a colleague.", 1.0),
        ("I'll hand this over to a person from customer care.", 1.0),
        ("A colleague will call you back today.", 1.0),
        ("Complaints are handled by a person.", 1.0),
        ("You can write to customer care at help@example.org.", 0.0),
        ("Pass the iron over the collar.", 0.0),
        ("The team is away. Nothing will help.", 0.0),
        ("", 0.0),
    ],
)
def test_hand_overs(answer: str, score: float) -> None:
    assert right_hand_over(answer, sample(expect="hand_over")) == score


@pytest.mark.parametrize("expect", ["answer", "refuse", "clarify", "hand_over"])
def test_an_empty_answer_is_of_no_kind(expect: str) -> None:
    assert not right_kind(" ", sample(expect=expect))


def test_a_kind_is_scored_only_where_it_is_asked() -> None:
    assert right_refusal("x", sample(expect="clarify")) is None
    assert right_question("Which one do you mean?", sample()) is None
    assert right_hand_over("x", sample(expect="refuse")) is None
