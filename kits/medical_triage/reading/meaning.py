"""Meaning: findings that no words of the lexicon name, by sentences that mean the same to the sentence encoder."""

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from ..knowledge_base.base import KnowledgeBase, cache_folder
from ..reading.tokens import Token

Floats = npt.NDArray[np.float32]
Encode = Callable[[list[str]], Floats]
LEAST_ALIKE: Final = 0.78
_SHORTEST: Final = 3
_BATCH: Final = 256


class Meaning:
    """The phrases of all findings as vectors.

    Args:
        base: the knowledge base.
        encode: texts to unit vectors, shape (texts, dimensions).
    """

    def __init__(self, base: KnowledgeBase, encode: Encode) -> None:
        self._encode = encode
        self._of = [(finding.id, phrase) for finding in base.findings.values() for phrase in finding.phrases]
        self._bank = _bank([phrase for _, phrase in self._of], encode)

    def findings(self, clauses: Sequence[str], *, least: float = LEAST_ALIKE) -> list[list[tuple[str, float]]]:
        """For each clause the findings whose phrases are alike enough, the most alike first, with their cosine."""
        if not clauses:
            return []
        alike = self._encode(list(clauses)) @ self._bank.T
        found: list[list[tuple[str, float]]] = []
        for row in alike:
            best: dict[str, float] = {}
            for number in np.flatnonzero(row >= least):
                finding = self._of[number][0]
                best[finding] = max(best.get(finding, 0.0), float(row[number]))
            found.append(sorted(best.items(), key=lambda each: -each[1]))
        return found


def clauses_of(text: str, tokens: Sequence[Token]) -> list[tuple[int, int, str]]:
    """The clauses of a message: numbers of the first and last token, and the words as typed."""
    clauses: list[tuple[int, int, str]] = []
    first = 0
    for index in range(1, len(tokens) + 1):
        if (
            index == len(tokens)
            or tokens[index].sentence != tokens[first].sentence
            or tokens[index].text in {",", "but", "and"}
        ):
            if index - first >= _SHORTEST:
                clauses.append((first, index - 1, text[tokens[first].start : tokens[index - 1].end]))
            first = index + 1 if index < len(tokens) and tokens[index].text in {",", "but", "and"} else index
    return clauses


def _bank(phrases: list[str], encode: Encode) -> Floats:
    """The phrases' vectors, kept for the next start."""
    kept = cache_folder() / f"{hashlib.sha256(chr(10).join(phrases).encode()).hexdigest()[:16]}.npy"
    if kept.is_file():
        return np.asarray(np.load(kept), dtype=np.float32)
    vectors = np.concatenate([encode(phrases[start : start + _BATCH]) for start in range(0, len(phrases), _BATCH)])
    _keep(kept, vectors)
    return np.asarray(vectors, dtype=np.float32)


def _keep(path: Path, vectors: Floats) -> None:
    """Keep vectors as 16-bit numbers; where nothing can be written they are computed each time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.npy")
        np.save(draft, vectors.astype(np.float16))
        draft.replace(path)
    except OSError:
        return
