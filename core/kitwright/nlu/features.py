"""Text as the intent model sees it beside the sentence vector: words and letter n-grams, weighted by TF-IDF.

Frozen sentence vectors alone lose to plain word counts on short messages full of typing errors; n-grams of
letters inside words catch those.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kitwright.encoder import terms

Array = npt.NDArray[Any]


class Lexicon:
    """TF-IDF over words and letter n-grams, each half of unit length.

    Args:
        words: word terms to column.
        letters: letter terms to column, counted on after the words.
        idf: weight by column, float32, shape (columns,).
    """

    def __init__(self, words: Sequence[str], letters: Sequence[str], idf: Array) -> None:
        self.words = tuple(words)
        self.letters = tuple(letters)
        self.idf = idf
        self._word_columns = {term: column for column, term in enumerate(self.words)}
        self._letter_columns = {term: len(self.words) + n for n, term in enumerate(self.letters)}

    @classmethod
    def fit(cls, texts: Iterable[str]) -> "Lexicon":
        """Learn terms and weights; a term must occur in two texts."""
        documents = [terms(text) for text in texts]
        words = Counter(term for found, _ in documents for term in set(found))
        letters = Counter(term for _, found in documents for term in set(found))
        kept = _repeated(words), _repeated(letters)
        counts = [words[term] for term in kept[0]] + [letters[term] for term in kept[1]]
        idf = [math.log((1 + len(documents)) / (1 + count)) + 1 for count in counts]
        return cls(*kept, np.asarray(idf, dtype=np.float32))

    def frequent(self) -> list[str]:
        """The single words, the most frequent first."""
        weighed = zip(self.idf.tolist(), self.words, strict=False)  # the letters' columns come after the words'
        return [word for _, word in sorted(weighed) if " " not in word]

    def vector(self, text: str) -> tuple[Array, Array]:
        """Columns and weights of the terms that are known, both of shape (terms,)."""
        words, letters = terms(text)
        halves = self._half(words, self._word_columns), self._half(letters, self._letter_columns)
        return np.concatenate([half[0] for half in halves]), np.concatenate([half[1] for half in halves])

    def matrix(self, texts: Sequence[str]) -> Any:
        """The vectors as a scipy CSR matrix, float32, shape (texts, columns)."""
        from scipy import sparse

        rows = [self.vector(text) for text in texts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        parts = np.concatenate([w for _, w in rows]), np.concatenate([c for c, _ in rows]), starts
        return sparse.csr_matrix(parts, shape=(len(texts), len(self.idf)))

    def _half(self, found: Sequence[str], columns: dict[str, int]) -> tuple[Array, Array]:
        counts = Counter(columns[term] for term in found if term in columns)
        at = np.fromiter(counts, dtype=np.int32, count=len(counts))
        weights = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))) * self.idf[at]
        return at, weights / max(float(np.linalg.norm(weights)), 1e-9)


def _repeated(counts: Counter[str]) -> list[str]:
    return sorted(term for term, count in counts.items() if count > 1)
