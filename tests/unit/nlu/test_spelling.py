"""Unknown words are read as the known words they are a slip away from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.nlu.spelling import Spelling

SPELLING = Spelling(["parcel", "refund", "delivery", "my", "address", "orders"], frozenset({"where", "is", "border"}))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("where is my pacrel", "where is my parcel"),
        ("REFUNDD please", "refund please"),
        ("my dleivrey", "my delivery"),
        ("myparcel", "my parcel"),
        ("border", "border"),
        ("pacl", "pacl"),
        ("<PARCLE_1> parcle", "<PARCLE_1> parcel"),
        ("order 1043 / ab12cd", "orders 1043 / ab12cd"),
    ],
)
def test_slips_are_mended_and_the_rest_stays(typed: str, read: str) -> None:
    assert SPELLING.corrected(typed) == read


def test_the_more_frequent_of_two_near_words_wins() -> None:
    assert Spelling(["shirts", "shorts"], frozenset()).corrected("sharts") == "shirts"


def test_without_known_words_nothing_changes() -> None:
    assert Spelling((), frozenset()).corrected("wheer is myparcel") == "wheer is myparcel"


@given(st.text(max_size=60))
def test_correcting_twice_changes_nothing_more(text: str) -> None:
    once = SPELLING.corrected(text)
    assert SPELLING.corrected(once) == once
