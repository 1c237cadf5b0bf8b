"""Clauses: what one message says several times, and what only stands beside what it says."""

import numpy as np
import pytest

from kitwright.nlu.clauses import carried, parts_of, to_be_read
from kitwright.types import Entity, IntentScore, ScrubbedText, Understanding

MEANINGS = {"track": "track_order", "cancel": "cancel_order", "wash": "care_info", "cost": "delivery_cost"}


def read(text: ScrubbedText) -> Understanding:
    meant = next((intent for word, intent in MEANINGS.items() if word in text), None)
    confidence = 0.9 if meant else 0.2
    return Understanding((IntentScore(meant or "greet", confidence),), (), confidence, np.zeros(1, dtype=np.float32))


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("track 1043 and also what does it cost", ["track 1043", "what does it cost"]),
        ("cancel 1043, and how do I wash wool?", ["cancel 1043", "how do I wash wool?"]),
        ("how to wash it? cancel 1043. track 1044", ["how to wash it?", "cancel 1043.", "track 1044"]),
        ("track my black and white shirt", []),
        ("track it, and make it quick", []),
        ("track 1043", []),
        ("1043 and 1044", []),
        ("", []),
    ],
)
def test_a_message_falls_into_what_is_understood_by_itself(text: str, clauses: list[str]) -> None:
    assert [part.text for part in parts_of(ScrubbedText(text), read)] == clauses


def read_values(text: ScrubbedText) -> Understanding:
    at = text.find("1043")
    found = (Entity("order", "1043", at, at + 4),) if at >= 0 else ()
    plain = read(text)
    return Understanding(plain.intents, found, plain.in_scope, plain.vector)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("1043 and also what does it cost", ["what does it cost"]),
        ("how to wash it? it is 1043", ["how to wash it?"]),
        ("how to wash it? it is 1043. what does it cost", ["how to wash it?", "what does it cost"]),
        ("1043 and 1043", []),
    ],
)
def test_what_only_gives_a_value_needs_no_understanding(text: str, clauses: list[str]) -> None:
    assert [part.text for part in parts_of(ScrubbedText(text), read_values)] == clauses


def read_values_too(text: ScrubbedText) -> Understanding:
    """As one who takes every message with a postcode for a wash."""
    return read(ScrubbedText("wash") if "POSTCODE" in text else text)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("track 1043, <UK_POSTCODE_1>", "track_order"),
        ("track 1043 <UK_POSTCODE_1>", "track_order"),
        ("<UK_POSTCODE_1> track 1043", "track_order"),
        ("track 1043, my postcode is <UK_POSTCODE_1>", "track_order"),
        ("1043 (<UK_POSTCODE_1>) cancel", "cancel_order"),
        ("track it to <UK_POSTCODE_1>", "care_info"),
        ("1043, <UK_POSTCODE_1>", "care_info"),
    ],
)
def test_a_personal_value_that_stands_by_itself_tells_no_intent(text: str, intent: str) -> None:
    message = ScrubbedText(text)
    found = carried(message, read_values_too(message), read_values_too)
    assert (found.intent.name, found.intent.confidence) == (intent, 0.9)


@pytest.mark.parametrize(
    "message",
    [
        "track 1043, <UK_POSTCODE_1>",
        "no wait, track 1043 and also what does it cost",
        "hello there",
        "track? wash? no",
    ],
)
def test_what_is_foreseen_is_what_is_read(message: str) -> None:
    text, asked = ScrubbedText(message), set[str]()

    def noted(part: ScrubbedText) -> Understanding:
        asked.add(part)
        return read(part)

    carried(text, noted(text), noted)
    parts_of(text, noted)
    assert asked <= set(to_be_read(text))
