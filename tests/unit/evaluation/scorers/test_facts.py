"""Required and forbidden facts."""

import pytest

from kitwright.evaluation.scorers import no_forbidden_facts, required_facts
from unit.evaluation.samples import sample

COAT = sample(must_include=[["30 days", "a month"], ["delivery"]], must_not_include=["14 days", "yes"])


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        ("Within thirty days of delivery.", 1.0),
        ("You have a month.", 0.5),
        ("After delivery, 300 days.", 0.5),
        ("No idea.", 0.0),
        ("", 0.0),
    ],
)
def test_the_share_of_required_facts(answer: str, share: float) -> None:
    assert required_facts(answer, COAT) == share


@pytest.mark.parametrize(
    ("answer", "score"),
    [("30 days", 1.0), ("30 days, not 14 days", 0.0), ("Yes!", 0.0), ("yesterday", 1.0), ("", 1.0)],
)
def test_one_forbidden_fact_is_too_many(answer: str, score: float) -> None:
    assert no_forbidden_facts(answer, COAT) == score


def test_nothing_named_is_nothing_to_score() -> None:
    assert required_facts("30 days", sample()) is None
    assert no_forbidden_facts("30 days", sample()) is None
