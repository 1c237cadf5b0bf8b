"""Words of a message with what the encoder's lower layers make of them, as the tagger sees them."""

import functools
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.encoder import EmbeddedEncoder, Words, joined_words, reading
from kitwright.nlu.numbers import figures
from kitwright.types import PLACEHOLDER, label_of

LAYERS: Final = 2
"""Of 1, 2, 3 and 6 layers, two and three find most; what the upper ones add is the sentence's."""

Array = npt.NDArray[Any]
TokenReader = Callable[[str], tuple[Words, Array]]
"""A text to the places (start, end) of its words and their features, float32, shape (words, features)."""


def token_reader(encoder: EmbeddedEncoder) -> TokenReader:
    """Reads words with the encoder's tower; the features of a word are its state and those of its neighbours.

    Placeholders are read as one word, "address" for `<EMAIL_ADDRESS_1>`. Of a text longer than the encoder takes, the
    beginning is read.
    """
    return functools.partial(_read, encoder)


def _read(encoder: EmbeddedEncoder, text: str) -> tuple[Words, Array]:
    said = PLACEHOLDER.sub(_one_word, text)
    tower = encoder.tower
    ids, places = tower.tokens(said)
    with reading():
        states = np.asarray(tower.through(tower.embedded([ids]), tower.layers[:LAYERS]).numpy(), dtype=np.float32)
    words, firsts = joined_words(said, places)
    if not words:
        return [], np.zeros((0, 3 * (states.shape[1] + len(_form("")))), dtype=np.float32)
    ends = [*firsts[1:], len(places) - 1]
    own = np.stack([states[first:end].mean(axis=0) for first, end in zip(firsts, ends, strict=True)])
    own = np.hstack([own, np.asarray([_form(said[start:end]) for start, end in words], dtype=np.float32)])
    edge = np.zeros_like(own[:1])
    return words, np.hstack([own, np.vstack([edge, own[:-1]]), np.vstack([own[1:], edge])])


def _form(word: str) -> tuple[float, ...]:
    """What the states, blind to case and forms of numbers, do not tell."""
    number = figures(word)
    return number is not None, word.isdigit(), word.isupper(), word.istitle(), number is not None and len(number) < 3


def _one_word(match: Any) -> str:
    """A word for a placeholder, filled up to its length so that places stay what they are."""
    word: str = label_of(match[0]).rpartition("_")[2].lower()
    return word.ljust(len(match[0]))
