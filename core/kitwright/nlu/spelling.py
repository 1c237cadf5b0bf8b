"""Spelling: words that nobody knows are read as the known word they are a slip away from.

The encoder cuts a misspelt word into pieces that mean nothing to it. Known are the encoder's whole words and those of
the training utterances; only the latter are offered as corrections, so a correction is always a word of the domain.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from kitwright.types import PLACEHOLDER

_WORD: Final = re.compile(rf"{PLACEHOLDER.pattern}|[^\W\d_]{{4,}}")
_SHORTEST: Final = 4
_LONG: Final = 8  # letters from which two slips are forgiven
_SHORTEST_HALF: Final = 2


class Spelling:
    """Corrects words of a message.

    Args:
        domain: words of the training utterances, lower-cased, the most frequent first.
        common: words that are right as they stand.

    Example:
        >>> Spelling(["parcel", "where", "my"], frozenset({"is"})).corrected("Wheer is myparcel")
        'where is my parcel'
    """

    def __init__(self, domain: Iterable[str], common: frozenset[str]) -> None:
        self._domain = tuple(word for word in domain if word.isalpha())
        self._words = frozenset(self._domain)
        self._known = common | self._words

    def corrected(self, text: str) -> str:
        """The text with unknown words corrected where there is a correction; time grows with the unknown words."""
        return _WORD.sub(lambda found: self._right(found[0]), text)

    def _right(self, word: str) -> str:
        low = word.lower()
        if low in self._known or not word.isalpha():
            return word
        far = self._nearest(low, slips=2) if len(low) >= _LONG else None
        return self._nearest(low, slips=1) or self._parted(low) or far or word

    def _nearest(self, word: str, *, slips: int) -> str | None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found = process.extractOne(word, self._candidates, scorer=OSA.distance, score_cutoff=slips)
        return found[0] if found else None

    @cached_property
    def _candidates(self) -> list[str]:
        return [word for word in self._domain if len(word) >= _SHORTEST]

    def _parted(self, word: str) -> str | None:
        """Two words of the domain whose space was lost, the shorter one as long as can be."""
        cuts = range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
        parts = [(word[:at], word[at:]) for at in cuts if self._words.issuperset((word[:at], word[at:]))]
        return " ".join(max(parts, key=lambda part: min(map(len, part)))) if parts else None
