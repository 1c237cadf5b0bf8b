"""Patterns of the lexicon: groups, order, windows, classes, and what may not stand beside."""

import pytest

from medical_triage.reading.lexicon import Lexicon
from medical_triage.reading.tokens import tokens_of

CLASSES = {"pain": "pain*|hurt*|$ache", "ache": "ache|aching", "chest": "chest|breast bone"}


def found(pattern: str, text: str) -> bool:
    return bool(Lexicon({"thing": [pattern]}, CLASSES).mentions(tokens_of(text)))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("$chest & $pain", "my chest really hurts"),
        ("$chest & $pain", "an aching feeling behind the breast bone"),
        ("$chest & $pain", "PAINFUL chest"),
        ("can not > breathe", "I can't breathe"),
        ("short of breath", "very short-of-breath today"),
        ("numb* & leg ~4", "numbness in my leg"),
        ("head & $pain & !teacher", "pain in the head"),
        ("woke > $pain", "I woke up in pain"),
    ],
)
def test_a_pattern_finds(pattern: str, text: str) -> None:
    assert found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("$chest & $pain", "my chest is fine. My leg hurts"),
        ("$chest & $pain", "the chest of drawers that we carried up four floors to the attic hurt nobody"),
        ("$chest & $pain", "my chest is fine but my leg hurts"),
        ("numb* & leg ~3", "numbness which goes right down the leg"),
        ("head & $pain & !teacher", "the head teacher is a pain"),
        ("woke > $pain", "pain, then I woke up"),
        ("pain* & pain*", "pain"),
    ],
)
def test_a_pattern_does_not_find(pattern: str, text: str) -> None:
    assert not found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [("$nowhere", "no class"), ("a & b > c", "mixes"), ("a||b", "empty"), ("!a", "no group")],
)
def test_a_wrong_pattern_is_named(pattern: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem) as error:
        Lexicon({"thing": [pattern]}, CLASSES)
    assert str(error.value).startswith("thing: ")


def test_each_mention_is_told_once_with_its_words() -> None:
    text = "chest pain and more chest pain"
    mentions = Lexicon({"thing": ["$chest & $pain"]}, CLASSES).mentions(tokens_of(text))
    assert [sorted(mention.tokens) for mention in mentions] == [[0, 1], [4, 5]]
