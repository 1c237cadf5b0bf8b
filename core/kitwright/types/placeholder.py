"""The shape of a placeholder: how it is written and how it is recognised.

`<PERSON_1>` stands for the first person of a conversation in the spelling that was met first, `<PERSON_1B>` for the
same person in another spelling, `<PERSON_1C>` in a third: one number a person, one placeholder a spelling.
"""

import re
import string
from typing import Final

_LABEL: Final = re.compile(r"[A-Z][A-Z_]*")
_LETTERS: Final = len(string.ascii_uppercase)

PLACEHOLDER: Final = re.compile(r"<[A-Z][A-Z_]*_[0-9]+[A-Z]*>")
"""Anything that looks like a placeholder, whether a vault gave it out or a person typed it."""


def placeholder(label: str, number: int, spelling: int = 1) -> str:
    """The placeholder of a spelling, counted from 1, of the value `number`.

    Raises:
        ValueError: the label is not made of capital letters and underscores.

    Example:
        >>> [placeholder("PERSON", 1, spelling) for spelling in (1, 2, 28)]
        ['<PERSON_1>', '<PERSON_1B>', '<PERSON_1AB>']
    """
    if not _LABEL.fullmatch(label):
        raise ValueError("a label is made of capital letters and underscores")
    return f"<{label}_{number}{_suffix(spelling)}>"


def label_of(token: str) -> str:
    """The label of a placeholder.

    Example:
        >>> label_of("<EMAIL_ADDRESS_1B>")
        'EMAIL_ADDRESS'
    """
    return token.strip("<>").rpartition("_")[0]


def count_of(token: str) -> tuple[int, int]:
    """The number of a placeholder, and which spelling it is.

    Example:
        >>> count_of("<PERSON_12>"), count_of("<PERSON_1AB>")
        ((12, 1), (1, 28))
    """
    last = token.strip("<>").rpartition("_")[2]
    digits = last.rstrip(string.ascii_uppercase)
    spelling = 0
    for letter in last[len(digits) :]:
        spelling = spelling * _LETTERS + ord(letter) - ord("A") + 1
    return int(digits), spelling or 1


def _suffix(spelling: int) -> str:
    """Nothing for the first, then B to Z, AA, AB and so on."""
    letters = ""
    while spelling > 0:
        spelling, letter = divmod(spelling - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return "" if letters == "A" else letters
