"""Goals and manners: blanks, and what is refused."""

import pytest
from pydantic import ValidationError

from kitwright.dataset import Goal, Manners, blanks, filled

REACHED = [
    {"tool": "look"},
    {"slot_was_set": {"a": "{a}", "n": 2}},
    {"bot_contains": ["{a}!", "b"]},
    {"handoff": False},
]


def test_blanks_without_a_value_stay() -> None:
    assert blanks("{a}, {b} and {a}") == ("a", "b", "a")
    assert filled("{a}, {b}", {"a": "{b}"}) == "{b}, {b}"


def test_expectations_are_filled_to_the_bottom() -> None:
    goal = Goal.model_validate({"goal": "g", "intent": "i", "openings": ["x"], "reached": REACHED})
    told = [step.model_dump(exclude_none=True) for step in goal.reached_in({"a": "1043"})]
    assert told == [
        {"tool": "look"},
        {"slot_was_set": {"a": "1043", "n": 2}},
        {"bot_contains": ("1043!", "b")},
        {"handoff": False},
    ]


@pytest.mark.parametrize(
    ("key", "template"),
    [("corrections", "sorry"), ("courtesies", "please"), ("joins", "{first}"), ("declines", "no")],
)
def test_a_manner_has_its_blank(key: str, template: str) -> None:
    with pytest.raises(ValidationError, match=f"{key}: .* lacks its blank"):
        Manners.model_validate({key: [template]})


def test_a_goal_expects_and_does_not_speak() -> None:
    with pytest.raises(ValidationError, match="nothing that the user says"):
        Goal.model_validate({"goal": "g", "intent": "i", "openings": ["x"], "reached": [{"user": "hi"}]})
