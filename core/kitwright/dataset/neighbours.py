"""Neighbours: pairs of close vectors, by meaning or by spelling, found in blocks so that memory stays small."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy.typing as npt

Vectors = npt.NDArray[Any]
_BLOCK: Final = 2048
_HASHES: Final = 1024


class Pair(NamedTuple):
    """Two rows, the first of the one set and the second of the other, with their cosine."""

    first: int
    second: int
    cosine: float


def close_across(ones: Vectors, others: Vectors, floor: float) -> list[Pair]:
    """Pairs of a row of `ones` and a row of `others` with a cosine of at least `floor`; nearest first."""
    import numpy as np

    pairs = []
    for start in range(0, len(ones), _BLOCK):
        cosines = ones[start : start + _BLOCK] @ others.T
        rows, columns = np.nonzero(cosines >= floor)
        pairs += [Pair(start + int(r), int(c), float(cosines[r, c])) for r, c in zip(rows, columns, strict=True)]
    return sorted(pairs, key=lambda pair: (-pair.cosine, pair.first, pair.second))


def spelling(texts: Sequence[str]) -> Vectors:
    """Unit vectors of hashed letter triples: typing errors move a text little here, and much in a sentence encoder."""
    from sklearn.feature_extraction.text import HashingVectorizer

    hashing = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 3), n_features=_HASHES)
    vectors: Vectors = hashing.transform(texts).toarray().astype("float32")
    return vectors


def nearness(ones: Vectors, others: Vectors, *, count: int, itself: bool) -> Vectors:
    """For each row of `ones` the mean cosine of its `count` nearest rows of `others`.

    Args:
        ones: unit vectors, shape (rows, dimensions).
        others: unit vectors to look among.
        count: how many neighbours.
        itself: both sets are the same, and a row is no neighbour of itself.
    """
    import numpy as np

    means = np.zeros(len(ones), dtype=np.float32)
    for start in range(0, len(ones), _BLOCK):
        cosines = ones[start : start + _BLOCK] @ others.T
        if itself:
            rows = np.arange(len(cosines))
            cosines[rows, start + rows] = -1.0
        nearest = np.sort(cosines, axis=1)[:, -count:]
        means[start : start + _BLOCK] = nearest.mean(axis=1)
    return means
