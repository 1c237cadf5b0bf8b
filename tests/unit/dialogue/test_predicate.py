"""Conditions: what they mean, and that nothing but ValueError comes out of wrong ones."""

import contextlib
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.dialogue import parse_predicate
from kitwright.dialogue.predicate import MESSAGE

SLOTS: Mapping[str, object] = {
    "size": "M",
    "count": 3.0,
    "number": "3",
    "late": False,
    "paid": True,
    "tags": ["New", "sale"],
    "zero": 0.0,
    "empty": "",
}

HOLDS = [
    ('slots.size is "m"', True),
    ("slots.size = 'M'", True),
    ('slots.size is not "M"', False),
    ("slots.size != 'L'", True),
    ("slots.missing is null", True),
    ("slots.missing is not null", False),
    ("not slots.missing", True),
    ("not not slots.paid", True),
    ("not not not slots.paid", False),
    ("slots.late is false", True),
    ("slots.late", False),
    ("slots.zero", False),
    ("slots.empty", False),
    ("slots.paid is true and not slots.late", True),
    ("slots.late or slots.size is 'M' and slots.paid", True),
    ("(slots.late or slots.paid) and slots.late", False),
    ("slots.count is 3", True),
    ("slots.number is 3", True),
    ("slots.count >= 3 and slots.count <= 3", True),
    ("slots.number > 2", True),
    ("slots.count < 3", False),
    ("slots.size > 2", False),
    ("slots.missing < 2", False),
    ("slots.tags contains 'SALE'", True),
    ("slots.tags contains 'sal'", False),
    ("slots.size contains 'm'", True),
    ("slots.size contains null", False),
    ("slots.missing contains 'm'", False),
]

WRONG = [
    "",
    "   ",
    "slots.",
    "slots.a.b",
    "size is 'M'",
    "slots.size is",
    "slots.size 'M'",
    "(slots.size",
    "slots.size)",
    "slots.size is 'M",
    "12abc",
    "slots.a & slots.b",
    "not",
    "slots.a and",
]


@pytest.mark.parametrize(("source", "expected"), HOLDS, ids=[source for source, _ in HOLDS])
def test_meaning(source: str, expected: bool) -> None:
    assert parse_predicate(source).holds(SLOTS) is expected


@pytest.mark.parametrize("source", WRONG)
def test_wrong_conditions_are_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse_predicate(source)


def test_the_slots_it_looks_at_are_known() -> None:
    assert parse_predicate("slots.a is 'slots.c' or (slots.b and not slots.a)").slots == {"a", "b"}


_WORDS = st.sampled_from(
    ["slots.a", "slots.b", "and", "or", "not", "(", ")", "is", "<", "'x'", "3", "null", "contains", "matches"]
)


@given(st.one_of(st.text(), st.lists(_WORDS, max_size=30).map(" ".join)))
def test_any_text_parses_and_evaluates_or_is_a_value_error(source: str) -> None:
    with contextlib.suppress(ValueError):
        assert parse_predicate(source).holds(SLOTS) in (True, False)


@pytest.mark.parametrize("source", ["(" * 5000 + "slots.a" + ")" * 5000, "(" * 5000])
def test_deep_nesting_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="parentheses"):
        parse_predicate(source)


@pytest.mark.parametrize("word", ["or", "and"])
def test_long_conditions_are_no_problem(word: str) -> None:
    assert parse_predicate(f" {word} ".join(["slots.paid"] * 5000)).holds(SLOTS)
    assert parse_predicate("not " * 5000 + "slots.paid").holds(SLOTS)


@pytest.mark.parametrize(
    ("message", "holds"), [("My balance please", True), ("balances in general", False), (None, False)]
)
def test_a_message_is_matched_with_a_pattern_in_any_case(message: str | None, holds: bool) -> None:
    assert parse_predicate('context.message matches "\\bbalance\\b"').holds({MESSAGE: message}) is holds


@pytest.mark.parametrize("source", ['context.message matches "("', "context.message matches slots.a", "context.intent"])
def test_a_pattern_is_quoted_and_a_regular_expression(source: str) -> None:
    with pytest.raises(ValueError, match=r"pattern|regular expression|context\.message"):
        parse_predicate(source)
