"""Words and polarity of sentences."""

import pytest

from kitwright.guard import content_words
from kitwright.guard.words import is_negated


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("returns", "returned"),
        ("policies", "policy"),
        ("delivered", "delivery"),
        ("size", "sizes"),
        ("“Sale”", "sale's"),
        ("'quoted'", "quoted"),
        ("CAFÉ", "café"),
    ],
)
def test_wordings_of_one_word(one: str, other: str) -> None:
    assert content_words(one) == content_words(other) != frozenset()


def test_words_that_carry_nothing_do_not_count() -> None:
    assert content_words("You can't, and don’t; it's up to 30") == {"cant"}


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("You can return it.", False),
        ("You can not return it.", True),
        ("You can’t return it.", True),
        ("You cannot return it unless it is new.", False),
        ("No, you can't return it.", True),
        ("No - you can return it.", False),
        ("No returns.", True),
        ("No later than Friday.", False),
        ("It takes not more than a day.", False),
        ("Never.", True),
        ("Nothing is a knot.", False),
    ],
)
def test_polarity(sentence: str, negated: bool) -> None:
    assert is_negated(sentence) is negated
