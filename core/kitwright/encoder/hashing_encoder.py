"""A sentence encoder without a model, chosen by the name `hashing`: hashed words and letter triples.

It knows no meanings, only spellings, but it is deterministic, instant and needs no download: for tests, for
trying a kit out, and where the embedded model can not be installed.
"""

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kitwright.encoder.terms import terms
from kitwright.types import ScrubbedText


class HashingEncoder:
    """Implements `protocols.Encoder`.

    Args:
        dimensions: length of the vectors.
    """

    def __init__(self, dimensions: int = 384) -> None:
        self.dimensions = dimensions

    @property
    def id(self) -> str:
        """Name and settings."""
        return f"hashing-{self.dimensions}-v1"

    def encode(self, texts: Sequence[ScrubbedText]) -> npt.NDArray[Any]:
        """Unit vectors, float32, shape (len(texts), dimensions); a text without words points along the first axis."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            words, letters = terms(text)
            for term in (*words, *(letter for letter in letters if len(letter) == 3)):
                code = zlib.crc32(term.encode("utf-8", "surrogatepass"))
                row[code % self.dimensions] += 1.0 if code & 0x8000_0000 else -1.0
            if not row.any():
                row[0] = 1.0
        unit: npt.NDArray[Any] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit
