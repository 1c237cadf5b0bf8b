"""Spelling: words that nobody knows are read as the known word they are a slip away from.

The encoder cuts a misspelt word into pieces that mean nothing to it. Known are the encoder's whole words and those of
the training utterances; only the latter are offered as corrections, so a correction is always a word of the domain.
"""

import re
from collections.abc import Iterable
from typing import Final

from kitwright.types import PLACEHOLDER

_WORD: Final = re.compile(rf"{PLACEHOLDER.pattern}|[^\W\d_]{{4,}}")
_SHORTEST: Final = 4
_LONG: Final = 8  # letters from which two slips are forgiven
_SHORTEST_HALF: Final = 2


class Spelling:
    """Corrects words of a message.

    Args:
        domain: words of the training utterances, lower-cased, the most frequent first. Their authors write slips too:
            one that is not common and near one that is counts as misspelt.
        common: words that are right as they stand.

    Example:
        >>> Spelling(["parcel", "where", "my"], frozenset({"is"})).corrected("Wheer is myparcel")
        'where is my parcel'
    """

    def __init__(self, domain: Iterable[str], common: frozenset[str]) -> None:
        self._domain = tuple(word for word in domain if word.isalpha())
        self._words = frozenset(self._domain)
        self._common = common
        self._choices = [word for word in self._domain if len(word) >= _SHORTEST]
        self._sure_choices = [word for word in self._choices if word in common]
        self._read: dict[str, str | None] = {}

    def corrected(self, text: str) -> str:
        """The text with unknown words corrected where there is a correction; time grows with the unknown words."""
        return _WORD.sub(lambda found: self._right(found[0]), text)

    def _right(self, word: str) -> str:
        low = word.lower()
        if low in self._common or not word.isalpha():
            return word
        if low not in self._words:
            return self._mended(low) or word
        if low not in self._read:
            self._read[low] = _nearest(low, self._sure_choices, slips=1)
        return self._read[low] or word

    def _mended(self, word: str) -> str | None:
        near = _nearest(word, self._sure_choices, slips=1) or _nearest(word, self._choices, slips=1)
        far = _nearest(word, self._choices, slips=2) if len(word) >= _LONG else None
        return near or self._parted(word) or far

    def _parted(self, word: str) -> str | None:
        """Two words of the domain whose space was lost, the shorter one as long as can be."""
        cuts = range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
        parts = [(word[:at], word[at:]) for at in cuts if self._words.issuperset((word[:at], word[at:]))]
        return " ".join(max(parts, key=lambda part: min(map(len, part)))) if parts else None


def _nearest(word: str, choices: list[str], *, slips: int) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extractOne(word, choices, scorer=OSA.distance, score_cutoff=slips)
    return found[0] if found else None
