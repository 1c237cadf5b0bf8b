"""Disclosure: personal data that neither the sources nor the conversation hold are not said."""

from collections.abc import Sequence

import pytest

from kitwright.errors import Fault, ScrubFailed
from kitwright.guard.disclosure import Disclosure
from kitwright.types import Span

GIVEN = ("Returns are free. Ask Ann Lee at the desk.", "I am <PERSON_1>, jane@ours.example")


def personal(text: str) -> Sequence[Span]:
    """Finds two people and an address."""
    places = ((text.find(value), value) for value in ("Ann Lee", "Ann Roe", "roe@leak.example"))
    return [Span(at, at + len(value), "PERSON", 0.9) for at, value in places if at >= 0]


def why(sentence: str) -> str | None:
    return Disclosure(personal, GIVEN).in_sentence(sentence)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("I am sorry, Ann Roe.", "PERSON from nowhere"),
        ("Write to roe@leak.example.", "PERSON from nowhere"),
        ("Hello <PERSON_2>.", "a placeholder from nowhere"),
        ("Hello <PERSON_1B>.", "a placeholder from nowhere"),
        ("Sorry <PERSON_1>, ask Ann Lee.", None),
        ("Thank you!", None),
        ("", None),
    ],
)
def test_a_value_from_nowhere_is_named_by_its_label(sentence: str, reason: str | None) -> None:
    assert why(sentence) == reason


def test_a_sentence_of_words_that_were_said_is_not_scanned() -> None:
    def never(_text: str) -> Sequence[Span]:
        raise AssertionError("scanned")

    assert Disclosure(never, GIVEN).in_sentence("Ann Lee, returns ARE free at the desk: <PERSON_1>!") is None


def test_what_can_not_be_scanned_is_not_said() -> None:
    def fails(_text: str) -> Sequence[Span]:
        raise ScrubFailed(Fault(code="KW202", place="scrub", problem="gone"))

    assert Disclosure(fails, GIVEN).in_sentence("Something new.") == "it could not be scanned for personal data"
