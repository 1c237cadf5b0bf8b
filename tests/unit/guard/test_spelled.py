"""Spelled-out numbers in figures."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.guard.spelled import in_figures

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def words(number: int) -> str:
    if number >= 100:
        rest = f" and {words(number % 100)}" if number % 100 else ""
        return f"{SMALL[number // 100]} hundred{rest}"
    if number < 20:
        return SMALL[number]
    return TENS[number // 10 - 2] + (f"-{SMALL[number % 10]}" if number % 10 else "")


@given(st.integers(0, 999), st.sampled_from([str.lower, str.upper, str.capitalize]), st.sampled_from([" ", "-"]))
def test_every_number_below_a_thousand(number: int, cased: Callable[[str], str], gap: str) -> None:
    assert in_figures(f"{cased(words(number))}{gap}days", before="days?") == f"{number}{gap}days"


@pytest.mark.parametrize("text", ["one of them", "someone days", "none days", "twenty dayshift", "one"])
def test_words_that_count_nothing_stay(text: str) -> None:
    assert in_figures(text, before="days?") == text
