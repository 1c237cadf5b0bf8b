"""Text as words: placeholders spoken, digits as shapes, words and letter n-grams counted."""

import re
from itertools import pairwise
from typing import Final

from kitwright.types import PLACEHOLDER, label_of

_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?|#+")
_NAMES: Final = {"PERSON": "alex"}
_DIGITS: Final = re.compile(r"\d+")
_LETTERS: Final = range(2, 5)  # letter n-grams of 2 to 4, spaces at word ends included


def spoken(text: str) -> str:
    """The text with placeholders as words; a person is read as a name, since "a person" means the staff.

    Example:
        >>> spoken("mail <EMAIL_ADDRESS_1>"), spoken("it is <PERSON_1>")
        ('mail email address', 'it is alex')
    """
    return PLACEHOLDER.sub(
        lambda match: _NAMES.get(label := label_of(match[0])) or label.replace("_", " ").lower(), text
    )


def lexical_form(text: str) -> str:
    """Lower case, placeholders spoken, each number as one `#` per digit, up to five."""
    return _DIGITS.sub(lambda match: "#" * min(len(match[0]), 5), spoken(text).lower())


def terms(text: str) -> tuple[list[str], list[str]]:
    """The text's words with pairs of neighbours, and its letter n-grams.

    Example:
        >>> terms("Hi 12")[0]
        ['hi', '##', 'hi ##']
    """
    words = _WORD.findall(lexical_form(text))
    padded = [f" {word} " for word in words]
    letters = [word[at : at + n] for word in padded for n in _LETTERS for at in range(len(word) - n + 1)]
    return words + [f"{a} {b}" for a, b in pairwise(words)], letters
