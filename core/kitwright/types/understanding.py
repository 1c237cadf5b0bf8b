"""What the nlu room read out of one message: intents, entities, and whether it is in scope."""

from dataclasses import dataclass, field
from typing import Any

import numpy.typing as npt

from kitwright.types.text import ScrubbedText


@dataclass(frozen=True, slots=True)
class IntentScore:
    """An intent with a calibrated probability."""

    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A value found in the message.

    Args:
        name: entity type, e.g. `size`.
        value: normalised value, e.g. `XL`; a placeholder where the value is personal.
        start: first character in the scrubbed text.
        end: one past the last character.
        role: e.g. `from` and `to` in "from M to L".
    """

    name: str
    value: str
    start: int
    end: int
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """The reading of one message.

    Args:
        intents: best first, at least one.
        entities: in order of position.
        in_scope: probability that the message belongs to the bot's domain at all.
        vector: sentence embedding, float32, shape (dimensions,), unit length.
        parts: its clauses, where it has several that are each understood by themselves; without those that only give
            values.
    """

    intents: tuple[IntentScore, ...]
    entities: tuple[Entity, ...]
    in_scope: float
    vector: npt.NDArray[Any] = field(repr=False, compare=False)
    parts: "tuple[Part, ...]" = ()

    @property
    def intent(self) -> IntentScore:
        """The best intent."""
        return self.intents[0]


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of a message, with its own reading; positions count from the start of the clause."""

    text: ScrubbedText
    understanding: Understanding
