"""Slips of the finger: seeded, small, never nothing."""

import random

from hypothesis import given
from hypothesis import strategies as st

from kitwright.encoder import with_slips


@given(st.text(min_size=1, max_size=80), st.integers(0, 1000), st.integers(0, 5))
def test_slips_are_small_and_repeatable(text: str, seed: int, slips: int) -> None:
    spoiled = with_slips(text, random.Random(seed), slips=slips)
    assert spoiled == with_slips(text, random.Random(seed), slips=slips)
    assert spoiled
    assert len(spoiled) <= len(text) + slips


def test_most_slips_change_something_and_every_kind_occurs() -> None:
    rng = random.Random(1)
    text = "where is my blue parcel please"
    spoiled = [with_slips(text, rng) for _ in range(200)]
    assert sum(each != text for each in spoiled) > 180
    assert {len(each) - len(text) for each in spoiled} >= {-1, 0, 1}
    assert any(len(each.split()) == 5 and len(each) < len(text) - 1 for each in spoiled)  # a word is gone
    assert any(len(each.split()) == 5 and len(each) == len(text) - 1 for each in spoiled)  # two words are one
