"""The tagger of personal data: a LoRA adapter of the encoder, and a head that gives every word the chances of its tags.

Files: the adapter as PEFT has it, `head.safetensors` (numbers), and `tagger.json` (tags, what was chosen on held-out
sentences, what it was trained from).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.encoder import EncoderAdapter, Layer, Tower, best_path, reading, stretches
from kitwright.errors import AdapterMismatch, Fault, FaultsFound
from kitwright.privacy.tagger.lexicon import Lexicon
from kitwright.privacy.tagger.words import FORMS, Read, read_words

if TYPE_CHECKING:
    import torch

FORMAT: Final = "pii-tagger-2"
ABOUT: Final = "tagger.json"
HEAD: Final = "head.safetensors"
_WINDOW: Final = 240  # tokens read at once, and
_STEP: Final = 180  # from one window to the next

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A stretch that the tagger takes for personal: its label, places, and the chance that it is, caution included."""

    label: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen on held-out sentences.

    Args:
        temperature: divides the scores, so that chances are what they say.
        caution: taken from the score of "nothing personal"; more finds more.
    """

    temperature: float = 1.0
    caution: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class PiiTagger:
    """A trained tagger.

    Args:
        tags: `O` first, then B-x and I-x for each label x.
        adapter: of the encoder.
        weights: shape (states + FORMS, tags).
        offsets: shape (tags,).
        lexicon: what words are known as.
        origin: hashes of data and recipe, the encoder, figures.
    """

    tags: tuple[str, ...]
    adapter: EncoderAdapter
    weights: Array
    offsets: Array
    choices: Choices
    lexicon: Lexicon
    origin: Mapping[str, Any]

    def on(self, tower: Tower) -> "TaggerOnTower":
        """The tagger ready to read.

        Raises:
            AdapterMismatch: its weights are not those of an adapter of this encoder.
        """
        first, upper = self.adapter.layers(tower)
        return TaggerOnTower(self, tower, (*tower.layers[:first], *upper))

    def tagged(self, read: Read, scores: Array) -> Iterator[Tagged]:
        """The personal stretches of a text, from the scores of its words' tags, shape (words, tags)."""
        if not read.words:
            return
        cautious = scores / self.choices.temperature - np.eye(1, len(self.tags))[0] * self.choices.caution
        chances = _chances(cautious)
        for label, first, last in stretches(best_path(cautious, self.tags), self.tags):
            score = float(1.0 - chances[first:last, 0].mean())
            yield Tagged(label, read.words[first][0], read.words[last - 1][1], score)

    def save(self, folder: Path) -> None:
        """Write the tagger into an existing folder, in half precision."""
        from safetensors.numpy import save_file

        about = {
            "format": FORMAT,
            "tags": self.tags,
            "temperature": self.choices.temperature,
            "caution": self.choices.caution,
            "origin": dict(self.origin),
        }
        (folder / ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
        arrays = {"weights": self.weights.astype(np.float16), "offsets": self.offsets.astype(np.float16)}
        save_file(arrays, folder / HEAD)
        self.lexicon.save(folder)
        self.adapter.save(folder)

    @classmethod
    def load(cls, folder: Path) -> "PiiTagger":
        """Read what `save` wrote.

        Raises:
            AdapterMismatch: a file is missing or damaged, or of another version.
        """
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
            arrays = {name: array.astype(np.float32) for name, array in load_file(folder / HEAD).items()}
            tags, choices = tuple(about["tags"]), Choices(about["temperature"], about["caution"])
            weights, offsets = arrays["weights"], arrays["offsets"]
            fits = weights.ndim == 2 and weights.shape[1] == len(tags) == len(offsets) and len(weights) > FORMS
            if about["format"] != FORMAT or not fits:
                raise ValueError("another format")
            adapter, lexicon = EncoderAdapter.load(folder), Lexicon.load(folder)
            return cls(tags, adapter, weights, offsets, choices, lexicon, about["origin"])
        except (FaultsFound, OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
            raise AdapterMismatch(_damaged(folder, type(error).__name__)) from None


@dataclass(frozen=True, slots=True, eq=False)
class TaggerOnTower:
    """A tagger on an encoder in memory; safe to share among threads.

    Args:
        tagger: what was trained.
        tower: the encoder.
        layers: the encoder's, with the adapter added where it changes them.
    """

    tagger: PiiTagger
    tower: Tower
    layers: tuple[Layer, ...]

    def __call__(self, text: str) -> list[Tagged]:
        """The personal stretches of a text in order of position; time grows with its length."""
        ids, places = self.tower.tokens(text, longest=None)
        read = read_words(text, places, self.tagger.lexicon)
        return list(self.tagger.tagged(read, self._scores(ids, read)))

    def _scores(self, ids: list[int], read: Read) -> Array:
        states = self._states(ids)[read.firsts]
        scores: Array = np.hstack([states, read.forms]) @ self.tagger.weights + self.tagger.offsets
        return scores

    def _states(self, ids: list[int]) -> Array:
        """States of all tokens; where there are many, in windows, of two the one that sees more around."""
        with reading():
            if len(ids) <= _WINDOW:
                return self._through(ids)
            inner, states = ids[1:-1], np.zeros((len(ids), 0), dtype=np.float32)
            for start in range(0, max(1, len(inner) - _WINDOW + _STEP), _STEP):
                window = inner[start : start + _WINDOW]
                found = self._through([ids[0], *window, ids[-1]])[1:-1]
                if not states.shape[1]:
                    states = np.zeros((len(ids), found.shape[1]), dtype=np.float32)
                skipped = (_WINDOW - _STEP) // 2 if start else 0
                states[1 + start + skipped : 1 + start + len(found)] = found[skipped:]
            return states

    def _through(self, ids: list[int]) -> Array:
        found: torch.Tensor = self.tower.through(self.tower.embedded([ids]), self.layers)
        return np.asarray(found.numpy(), dtype=np.float32)


def _chances(scores: Array) -> Array:
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Array = exponents / exponents.sum(axis=-1, keepdims=True)
    return chances


def _damaged(folder: Path, kind: str) -> Fault:
    return Fault(
        code="KW304",
        place=str(folder),
        problem=f"the tagger of personal data can not be read ({kind})",
        hint="train it again: kitwright privacy train",
    )
