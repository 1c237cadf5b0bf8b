"""Unknown words are read as the known words they are a slip away from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.nlu.spelling import Spelling

SPELLING = Spelling(["parcel", "refund", "delivery", "my", "address", "orders"], ["where", "is", "border"])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("where is my pacrel", "where is my parcel"),
        ("REFUNDD please", "refund please"),
        ("my dleivrey", "my delivery"),
        ("myparcel", "my parcel"),
        ("border", "border"),
        ("whree is my pacrel", "where is my parcel"),
        ("pacl", "pacl"),
        ("<PARCLE_1> parcle", "<PARCLE_1> parcel"),
        ("order 1043 / ab12cd", "orders 1043 / ab12cd"),
    ],
)
def test_slips_are_mended_and_the_rest_stays(typed: str, read: str) -> None:
    assert SPELLING.corrected(typed) == read


def test_the_more_frequent_of_two_near_words_wins() -> None:
    assert Spelling(["shirts", "shorts"], []).corrected("sharts") == "shirts"


def test_what_is_near_no_word_of_the_domain_is_read_as_a_common_one() -> None:
    spelling = Spelling(["wash"], ["with", "wish", "mashed"])
    assert [spelling.corrected(word) for word in ("wosh", "wissh", "washed", "machet")] == [
        "wash",
        "wish",
        "mashed",
        "machet",
    ]


def test_without_known_words_nothing_changes() -> None:
    assert Spelling((), []).corrected("wheer is myparcel") == "wheer is myparcel"


@given(st.text(max_size=60))
def test_correcting_twice_changes_nothing_more(text: str) -> None:
    once = SPELLING.corrected(text)
    assert SPELLING.corrected(once) == once
