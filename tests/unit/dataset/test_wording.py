"""What counts as the same question, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.dataset.wording import alike, folded, same_words

SAME = [
    ("How long does delivery take?", "how long will delivery take"),
    ("Can I return my jeans after two weeks?", "Hello, could I return my jeans after 2 weeks please?"),
    ("Can I renew the biography?", "can i rennew the biografy"),
    ("Can I exchange it for a bigger size?", "Can I exchange it for a larger size?"),
    ("Do you have this item in my usual size?", "Do you have this product in my usual size?"),
]
OTHER = [
    ("Is the Alder shirt in stock in M?", "Is the Alder shirt in stock in L?"),
    ("Can I return a linen shirt?", "Can I return a silk shirt?"),
    ("Can I pay before delivery?", "Can I pay after delivery?"),
    ("Do you deliver to Ireland?", "Do you deliver to France?"),
    ("Is it open on Monday?", "Is it open on Tuesday?"),
    ("Does it cost £3?", "Does it cost £5?"),
    ("Can I wash it?", "Can I not wash it?"),
    ("Do you deliver to Leeds?", "Do you deliver from Leeds?"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert alike(one, other, 0.96)
    assert alike(other, one, 0.96)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_close_vectors_do_not_make_different_things_the_same(one: str, other: str) -> None:
    assert not alike(one, other, 0.99)
    assert not alike(other, one, 0.99)


def test_one_word_may_differ_only_where_vectors_are_very_close() -> None:
    assert not alike("Can I exchange it for a bigger size?", "Can I exchange it for a larger size?", 0.9)


def test_texts_far_apart_are_not_compared() -> None:
    assert not alike("How long does delivery take?", "how long will delivery take", 0.3)


@given(st.text(), st.text(), st.floats(0, 1))
def test_alike_does_not_depend_on_order(one: str, other: str, cosine: float) -> None:
    assert alike(one, other, cosine) == alike(other, one, cosine)


@given(st.text())
def test_a_text_is_like_itself_in_capitals_or_not(text: str) -> None:
    assert alike(text, f"  {text}\n", 0.0)
    assert folded(folded(text)) == folded(text)
    assert same_words(text, text)
