"""Texts grouped by meaning: agglomerative clustering of their vectors, each named by the text nearest its middle."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.store import Unanswered
from kitwright.types import ScrubbedText

MOST: Final = 500
_FARTHEST: Final = 0.65
"""Cosine distance at which groups are no longer joined; of steps of 0.05 the one that comes nearest to the intents of
612 examples of the shipped shop (adjusted Rand index 0.22; 0.13 at 0.5, 0.21 at 0.75)."""

Encode = Callable[[Sequence[ScrubbedText]], npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Group:
    """Messages that ask for the same.

    Args:
        name: the one that is nearest the middle.
        members: all of them, the nearest first.
    """

    name: ScrubbedText
    members: tuple[Unanswered, ...]


def grouped(found: Sequence[Unanswered], encode: Encode) -> list[Group]:
    """Messages in groups by meaning, the largest first; of very many, the latest."""
    from sklearn.cluster import AgglomerativeClustering

    found = found[:MOST]
    if not found:
        return []
    vectors = np.asarray(encode([each.text for each in found]), dtype=np.float64)
    labels = np.zeros(len(found), dtype=int)
    if len(found) > 1:
        clustering = AgglomerativeClustering(
            n_clusters=None, metric="cosine", linkage="average", distance_threshold=_FARTHEST
        )
        # A text without words has no direction, and so no cosine: it gets one that none of the others has.
        vectors = np.hstack([vectors, np.where(np.linalg.norm(vectors, axis=1, keepdims=True) > 0, 0.0, 1.0)])
        labels = clustering.fit_predict(vectors)
    groups = [_group(found, vectors, np.flatnonzero(labels == label)) for label in np.unique(labels)]
    return sorted(groups, key=lambda group: len(group.members), reverse=True)


def _group(found: Sequence[Unanswered], vectors: npt.NDArray[Any], members: npt.NDArray[Any]) -> Group:
    nearness = vectors[members] @ vectors[members].mean(axis=0)
    nearest = [found[int(number)] for number in members[np.argsort(-nearness, kind="stable")]]
    return Group(nearest[0].text, tuple(nearest))
