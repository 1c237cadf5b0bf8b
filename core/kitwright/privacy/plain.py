"""Text as recognisers read it: plain letters, digits, spaces, quotes and dashes, and nothing invisible.

People paste numbers with invisible direction marks, non-breaking spaces, full-width digits and typographic
hyphens; others write Latin words with look-alike letters of other alphabets. Recognisers see the plain form;
findings are carried back to the text as it was typed.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_QUOTES: Final = {
    **dict.fromkeys("\u2018\u2019\u02bc\u2032\u02b9\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u2033", '"'),
}
_INVISIBLE: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Fillers that are letters or signs by category; those that are spaces become one by themselves."""
_OVER_LETTERS: Final = (
    (0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
)  # fmt: skip
"""Blocks of marks that combine with the letter before them; vowel signs of other scripts are letters and stay."""

_LOOK: Final = "АВСЕНІЈКМОРЅТХУҮԌԚԜӀавсԁеһіјӏоорԛгѕԝхуүптΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυχγωκτɑɡıɩᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢꜱօսհոց"
_LIKE: Final = "ABCEHIJKMOPSTXYYGQWIabcdehijloopqrswxyyntABEZHIKMNOPTYXaivopuxywktagiiabcdeghijklmnoprtuvwyzsouhng"
_LATIN: Final = str.maketrans(dict(zip(_LOOK, _LIKE, strict=True)))
_LOOK_ALIKES: Final = frozenset(_LOOK)
_WORD: Final = re.compile(r"\S+")
_ASCII: Final = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain form of a text.

    Args:
        text: what recognisers read.
        places: for each character of `text` its place in the original, or None where all are the same.
        ends: for each character of `text` where it ends in the original, marks laid over it included.
    """

    text: str
    places: tuple[int, ...] | None
    ends: tuple[int, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text behind `text[start:end]`, which is not empty."""
        if self.places is None:
            return start, end
        return self.places[start], self.ends[end - 1]


def plain(text: str) -> Plain:
    """The plain form of `text`; time and memory grow with its length only."""
    if text.isascii():
        return Plain(text, None)
    pieces = [_plain_character(character) for character in _in_latin(text)]
    places: list[int] = []
    ends: list[int] = []
    for place, piece in enumerate(pieces):
        if piece:
            places.append(place)
            ends.append(place + 1)
        elif ends and ends[-1] == place and _is_laid_over(text[place]):
            ends[-1] = place + 1
    joined = "".join(pieces)
    if len(places) == len(text):
        return Plain(joined, None)
    return Plain(joined, tuple(places), tuple(ends))


def _in_latin(text: str) -> str:
    """`text` with look-alikes in words that have Latin letters or digits too; as long as it was."""
    if _LOOK_ALIKES.isdisjoint(text):
        return text
    return _WORD.sub(lambda word: word[0].translate(_LATIN) if _ASCII.search(word[0]) else word[0], text)


def _is_laid_over(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _OVER_LETTERS)


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    if character in _QUOTES:
        return _QUOTES[character]
    category = unicodedata.category(character)
    if category == "Cf" or character in _INVISIBLE or _is_laid_over(character):
        return ""
    if category == "Pd":
        return "-"
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) != 1:
        return character
    if folded.isdecimal():
        return str(unicodedata.decimal(folded))
    return folded
