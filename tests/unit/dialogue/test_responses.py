"""Responses: which variation is said, and how values read."""

import pytest

from kitwright.dialogue import ResponseVariation, choose, render
from kitwright.dialogue.responses import shown


def variation(text: str, **condition: str | bool | float | None) -> ResponseVariation:
    conditions = [{"type": "slot", "name": name, "value": value} for name, value in condition.items()]
    return ResponseVariation.model_validate({"text": text, "condition": conditions})


VARIATIONS = (variation("late", late=True), variation("small", size="s", count=2), variation("plain"))


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ({"late": True, "size": "S", "count": 2.0}, "late"),
        ({"late": False, "size": "S", "count": 2.0}, "small"),
        ({"size": "S"}, "plain"),
        ({"late": "true"}, "plain"),
        ({}, "plain"),
    ],
)
def test_the_first_variation_whose_conditions_hold_is_said(slots: dict[str, object], said: str) -> None:
    assert choose(VARIATIONS, slots).text == said


def test_without_a_plain_one_the_first_is_said() -> None:
    assert choose(VARIATIONS[:2], {}).text == "late"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "yes"), (False, "no"), (3.0, "3"), (3.5, "3.5"), (["a", 2.0], "a, 2"), ("x", "x")],
    ids=str,
)
def test_values_as_people_read_them(value: object, text: str) -> None:
    assert shown(value) == text


def test_slots_are_filled_once_in_text_and_buttons() -> None:
    made = ResponseVariation.model_validate(
        {"text": "{name}, {missing}{not a slot}", "buttons": [{"title": "{name}", "payload": "/{name}"}]}
    )
    said = render(made, {"name": "{missing}", "missing": None})
    assert said.text == "{missing}, {not a slot}"
    assert (said.buttons[0].title, said.buttons[0].payload) == ("{missing}", "/{missing}")
