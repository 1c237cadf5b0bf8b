"""Slot filling: which values count, in the slot's type."""

import numpy as np
import pytest

from kitwright.dialogue.domain import Domain
from kitwright.dialogue.filling import slots_filled
from kitwright.types import Entity, IntentScore, ScrubbedText, Understanding


def filled(
    slot: dict[str, object], text: str = "", *, intent: str = "a", found: tuple[Entity, ...] = (), asked: bool = True
) -> object:
    domain = Domain.model_validate({"intents": ["a", "b"], "slots": {"x": slot}})
    understood = Understanding((IntentScore(intent, 0.6),), found, 1.0, np.zeros(1, dtype=np.float32))
    return slots_filled(domain, understood, ScrubbedText(text), "x" if asked else None, sure=0.5).get("x")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  blue ", "blue"),
        ("text", "   ", None),
        ("bool", "Yes", True),
        ("bool", "false", False),
        ("bool", "maybe", None),
        ("float", "3.5", 3.5),
        ("float", "3,5", 3.5),
        ("float", "1,250", 1250.0),
        ("float", "1,250.5", 1250.5),
        ("float", "nan", None),
        ("float", "inf", None),
        ("float", "many", None),
        ("categorical", "LARGE", "Large"),
        ("categorical", "huge", None),
    ],
)
def test_types(kind: str, text: str, value: object) -> None:
    slot: dict[str, object] = {"type": kind, "values": ["Large"], "mappings": [{"type": "from_text"}]}
    assert filled(slot, text) == value


def test_whole_texts_and_intents_fill_only_what_was_asked() -> None:
    assert filled({"mappings": [{"type": "from_text"}]}, "hello", asked=False) is None
    by_intent: dict[str, object] = {"mappings": [{"type": "from_intent", "intent": "a", "value": "it"}]}
    assert filled(by_intent) == "it"
    assert filled(by_intent, intent="b") is None
    assert filled(by_intent, asked=False) is None


def test_of_entities_the_last_of_the_role_wins() -> None:
    found = tuple(
        Entity("size", v, i, i + 1, role) for i, (v, role) in enumerate([("S", "to"), ("M", "to"), ("L", None)])
    )
    with_role: dict[str, object] = {"mappings": [{"type": "from_entity", "entity": "size", "role": "to"}]}
    assert filled(with_role, found=found, asked=False) == "M"
    assert filled({"mappings": [{"type": "from_entity", "entity": "size"}]}, found=found) == "L"


def test_the_first_mapping_that_gives_a_value_counts() -> None:
    slot: dict[str, object] = {"mappings": [{"type": "from_entity", "entity": "size"}, {"type": "from_text"}]}
    assert filled(slot, "the big one") == "the big one"
    assert filled(slot, "XL please", found=(Entity("size", "XL", 0, 2),)) == "XL"
