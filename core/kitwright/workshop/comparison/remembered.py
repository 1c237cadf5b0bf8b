"""An encoder that remembers: the same texts come back arm after arm, and are encoded once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kitwright.protocols import Encoder
from kitwright.types import ScrubbedText


class RememberingEncoder:
    """Implements `protocols.Encoder` by asking another one for what is new."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, npt.NDArray[Any]] = {}

    @property
    def id(self) -> str:
        """That of the other encoder."""
        return self._encoder.id

    def encode(self, texts: Sequence[ScrubbedText]) -> npt.NDArray[Any]:
        """Unit vectors, float32, shape (len(texts), dimensions)."""
        fresh = sorted({text for text in texts if text not in self._known})
        if fresh:
            self._known |= dict(zip(fresh, self._encoder.encode(fresh), strict=True))
        return np.stack([self._known[text] for text in texts])
