"""The parser: one scrubbed message in; its intents, its entities and whether it is in scope out."""

import re
from typing import Final

from kitwright.encoder import EmbeddedEncoder, Layer
from kitwright.nlu.entities import EntityFinder
from kitwright.nlu.intent_model import Array, IntentModel
from kitwright.nlu.payload import parse_payload
from kitwright.protocols import Encoder
from kitwright.types import PLACEHOLDER, IntentScore, ScrubbedText, Understanding

_LETTER: Final = re.compile(r"[^\W\d_]")
_LONGEST: Final = 1000  # characters, about the 256 tokens that the encoder takes
_TOP: Final = 5


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

    def parse(self, text: ScrubbedText) -> Understanding:
        """Read a message.

        A button's payload is taken at its word. A message without a word (empty, emoji, digits, placeholders)
        gets all intents at the same low confidence. Of a very long one the beginning and the end are read.
        """
        short = ScrubbedText(self._model.spelling.corrected(both_ends(text)))
        vector, tuned = self._read(short)
        pressed = parse_payload(text)
        if pressed is not None and pressed[0] in self._model.labels:
            return Understanding((IntentScore(pressed[0], 1.0),), pressed[1], 1.0, vector)
        entities = self._finder.find(text)
        if not _LETTER.search(PLACEHOLDER.sub("", text)):
            return Understanding(self._undecided(), entities, 0.0, vector)
        intents, in_scope = self._model.predict(short, vector, tuned, top=_TOP)
        return Understanding(intents, entities, in_scope, vector)

    def _read(self, text: ScrubbedText) -> tuple[Array, Array | None]:
        """The vector of the encoder, and of the tuned one where the model has one."""
        if self._model.tuned is None or not isinstance(self._encoder, EmbeddedEncoder):
            return self._encoder.encode([text])[0], None
        if self._upper is None:
            self._upper = self._model.tuned.adapter.layers(self._encoder.tower)
        return self._encoder.both(text, *self._upper)

    def _undecided(self) -> tuple[IntentScore, ...]:
        labels = self._model.labels
        return tuple(IntentScore(label, 1.0 / len(labels)) for label in labels[:_TOP])


def both_ends(text: ScrubbedText) -> ScrubbedText:
    """The text, or its first and last 500 characters where it is longer than both."""
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2
    return ScrubbedText(f"{text[:half]} … {text[-half:]}")
