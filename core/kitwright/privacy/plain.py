"""Text as recognisers read it: without invisible characters, with plain digits, spaces, quotes and dashes.

People paste numbers with invisible direction marks, non-breaking spaces, full-width digits and typographic
hyphens. Recognisers see the plain form; findings are carried back to the text as it was typed.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_QUOTES: Final = {
    **dict.fromkeys("\u2018\u2019\u02bc\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u2033", '"'),
}


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain form of a text.

    Args:
        text: what recognisers read.
        places: for each character of `text` its place in the original, or None where all are the same.
    """

    text: str
    places: tuple[int, ...] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text behind `text[start:end]`, which is not empty."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    """The plain form of `text`; time and memory grow with its length only."""
    if text.isascii():
        return Plain(text, None)
    pieces = [_plain_character(character) for character in text]
    places = tuple(place for place, piece in enumerate(pieces) if piece)
    joined = "".join(pieces)
    return Plain(joined, None if len(places) == len(text) else places)


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    if character in _QUOTES:
        return _QUOTES[character]
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category == "Pd":
        return "-"
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) != 1:
        return character
    if folded.isdecimal():
        return str(unicodedata.decimal(folded))
    return folded
