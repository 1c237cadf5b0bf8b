"""The answer suite: when an answer passes, and what a set of answers scores."""

from typing import Any

import pytest

from kitwright.evaluation import METRICS, Evidence, figures, score_answer, summary
from kitwright.guard import OutputRules
from kitwright.types import ScrubbedText
from unit.evaluation.samples import sample

EVIDENCE = Evidence(sources=("You have 30 days.",), conversation=(ScrubbedText("how long do I have"),))
RULES = OutputRules()


def score(answer: str, **given: Any) -> dict[str, float | None]:
    return score_answer(answer, sample(**given), EVIDENCE, RULES, similarity=0.5)


@pytest.mark.parametrize(
    ("answer", "passed"),
    [
        ("You have 30 days.", 1.0),
        ("You have a few days.", 0.0),
        ("You have 30 days, or 14 days.", 0.0),
        ("I have no information about 30 days.", 0.0),
    ],
)
def test_passed_needs_all_facts_none_wrong_and_the_right_kind(answer: str, passed: float) -> None:
    found = score(answer, must_include=[["30 days"]], must_not_include=["14 days"])
    assert found["passed"] == passed
    assert found.keys() == METRICS.keys()


def test_a_set_of_answers() -> None:
    scores = [score("You have 30 days.", must_include=[["30 days"]]), score("Soon.", must_include=[["30 days"]])]
    found = summary(scores)
    means = figures(found)
    assert means["required_facts"] == 0.5
    assert means["grounded"] == 1.0
    assert means["right_hand_over"] is None
    grounded = found["grounded"]
    assert grounded is not None
    assert grounded.count == 1
