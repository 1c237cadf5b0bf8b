"""The parser: one scrubbed message in; its intents, its entities and whether it is in scope out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kitwright.encoder import EmbeddedEncoder, Layer, Remembered
from kitwright.nlu.entities import EntityFinder
from kitwright.nlu.intent_model import Array, IntentModel
from kitwright.nlu.payload import parse_payload
from kitwright.protocols import Encoder
from kitwright.types import PLACEHOLDER, IntentScore, ScrubbedText, Understanding

_LETTER: Final = re.compile(r"[^\W\d_]")
_LONGEST: Final = 1000  # characters, about the 256 tokens that the encoder takes
_TOP: Final = 5
_REMEMBERED: Final = 2048


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """What the model makes of a text: its sentence vector, intents, and the chance that it is in scope."""

    vector: Array
    intents: tuple[IntentScore, ...]
    in_scope: float


class NluParser:
    """Reads messages for one bot; safe to share among threads.

    Args:
        encoder: the one that the model was trained with.
        model: gives intents.
        finder: gives entities.
    """

    def __init__(self, encoder: Encoder, model: IntentModel, finder: EntityFinder) -> None:
        self._encoder = encoder
        self._model = model
        self._finder = finder
        self._upper: tuple[int, tuple[Layer, ...]] | None = None
        self._known = Remembered[ScrubbedText, _Reading](_REMEMBERED)

    def foresee(self, texts: Sequence[ScrubbedText]) -> None:
        """Read texts in one go that `parse` is going to be asked for."""
        self._readings([self._short(text) for text in texts])

    def parse(self, text: ScrubbedText) -> Understanding:
        """Read a message.

        A button's payload is taken at its word. A message without a word (empty, emoji, digits, placeholders)
        gets all intents at the same low confidence. Of a very long one the beginning and the end are read.
        """
        read = self._readings([self._short(text)])[0]
        pressed = parse_payload(text)
        if pressed is not None and pressed[0] in self._model.labels:
            return Understanding((IntentScore(pressed[0], 1.0),), pressed[1], 1.0, read.vector)
        entities = self._finder.find(text)
        if not _LETTER.search(PLACEHOLDER.sub("", text)):
            return Understanding(self._undecided(), entities, 0.0, read.vector)
        return Understanding(read.intents, entities, read.in_scope, read.vector)

    def _short(self, text: ScrubbedText) -> ScrubbedText:
        return ScrubbedText(self._model.spelling.corrected(both_ends(text)))

    def _readings(self, texts: Sequence[ScrubbedText]) -> list[_Reading]:
        found = {text: reading for text in texts if (reading := self._known.get(text))}
        fresh = list(dict.fromkeys(text for text in texts if text not in found))
        for text, vector, tuned in zip(fresh, *self._vectors(fresh), strict=True) if fresh else ():
            found[text] = _Reading(vector, *self._model.predict(text, vector, tuned, top=_TOP))
            self._known.keep(text, found[text])
        return [found[text] for text in texts]

    def _vectors(self, texts: Sequence[ScrubbedText]) -> tuple[Array, Array | Sequence[None]]:
        """The vectors of the encoder, and of the tuned one where the model has one."""
        if self._model.tuned is None or not isinstance(self._encoder, EmbeddedEncoder):
            return self._encoder.encode(texts), [None] * len(texts)
        if self._upper is None:
            self._upper = self._model.tuned.adapter.layers(self._encoder.tower)
        return self._encoder.both(texts, *self._upper)

    def _undecided(self) -> tuple[IntentScore, ...]:
        labels = self._model.labels
        return tuple(IntentScore(label, 1.0 / len(labels)) for label in labels[:_TOP])


def both_ends(text: ScrubbedText) -> ScrubbedText:
    """The text, or its first and last 500 characters where it is longer than both."""
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2
    return ScrubbedText(f"{text[:half]} … {text[-half:]}")
