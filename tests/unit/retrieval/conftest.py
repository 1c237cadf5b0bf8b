"""A deterministic encoder and a few passages; retrieval may not import the nlu room's encoders."""

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from kitwright.types import Passage, ScrubbedText


class LetterEncoder:
    """Hashed letter triples; counts the texts that it was given."""

    id = "letters-64"

    def __init__(self) -> None:
        self.encoded = 0

    def encode(self, texts: Sequence[ScrubbedText]) -> npt.NDArray[Any]:
        """Unit vectors, shape (len(texts), 64)."""
        self.encoded += len(texts)
        vectors = np.full((len(texts), 64), 1e-3, dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for at in range(len(text) - 2):
                row[zlib.crc32(text[at : at + 3].lower().encode("utf-8", "surrogatepass")) % 64] += 1
        unit: npt.NDArray[Any] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


@pytest.fixture
def encoder() -> LetterEncoder:
    """A fresh encoder."""
    return LetterEncoder()


@pytest.fixture
def passages() -> tuple[Passage, ...]:
    """Three passages."""
    return (
        Passage(id="wool", title="Washing wool", text="Wash wool cold. Dry it flat on a towel.", source="care"),
        Passage(
            id="swim", title="Swimwear", text="Keep the hygiene strip.", source="returns", questions=("bikini return",)
        ),
        Passage(id="shops", title="Our shops", text="Bristol opens at half past nine.", source="shops"),
    )
