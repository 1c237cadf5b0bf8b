"""Spelling: words nobody knows are read as the closest word of the lexicon."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from ..reading.tokens import Token, tokens_of

_SHORTEST: Final = 4
_LONG: Final = 8
_SHORTEST_PART: Final = 3


class Spelling:
    """Mends words.

    Args:
        words: of the lexicon: what a wrong word may be meant as.
        known: words that are right as they are, with how often each is written.
    """

    def __init__(self, words: Iterable[str], known: Mapping[str, int]) -> None:
        self._words = sorted({word for word in words if len(word) >= _SHORTEST_PART and word.isalpha()})
        self._written = known
        self._known = frozenset(known) | frozenset(self._words)
        self._mend = lru_cache(maxsize=8192)(self._mended)

    def mend(self, tokens: Iterable[Token]) -> tuple[Token, ...]:
        """The tokens with wrong words mended; their places in the text stay."""
        mended: list[Token] = []
        for token in tokens:
            if not token.text.isalpha() or len(token.text) < _SHORTEST or token.text in self._known:
                mended.append(token)
                continue
            mended += [Token(word, token.start, token.end, token.sentence) for word in self._mend(token.text)]
        return tuple(mended)

    def _mended(self, word: str) -> tuple[str, ...]:
        if word.endswith("s") and word[:-1] in self._known:
            return (word,)
        far = 2 if len(word) >= _LONG else 1
        close = extract(word, self._words, scorer=OSA.distance, score_cutoff=far, limit=4)
        if close:
            best = min(close, key=lambda each: (each[1], each[0][0] != word[0], -self._written.get(each[0], 0)))
            if len(best[0]) >= _SHORTEST and (best[0][0] == word[0] or len(word) > _SHORTEST + 1):
                return (best[0],)
        return self._parted(word) or (word,)

    def _parted(self, word: str) -> tuple[str, ...]:
        """Two words that were written as one: `chestpain`."""
        words = frozenset(self._words)
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            if word[:cut] in words and word[cut:] in words:
                return tuple(token.text for part in (word[:cut], word[cut:]) for token in tokens_of(part))
        return ()


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Words of English: the dictionary that symspellpy brings."""
    lines = (
        files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig").splitlines()
    )
    return frozenset(line.partition(" ")[0] for line in lines)
