"""The token budget: what is left out of a prompt that is too long, in a fixed order, and said so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kitwright.types import Exchange, FoundPassage, Message

EXAMPLE: Final = "example"


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits in tokens: `prompt` for everything sent, `answer` for what comes back."""

    prompt: int = 1200
    answer: int = 120


@dataclass(frozen=True, slots=True)
class Parts:
    """What a prompt is made from and can be shortened by; examples nearest first."""

    passages: tuple[FoundPassage, ...]
    history: tuple[Message, ...]
    examples: tuple[Exchange, ...] = ()


Assemble = Callable[[Parts], tuple[Message, ...]]
Count = Callable[[Sequence[Message]], int]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Messages that fit, their length in tokens, and what was left out."""

    messages: tuple[Message, ...]
    tokens: int
    dropped: tuple[str, ...]


def fit(parts: Parts, assemble: Assemble, count: Count, limit: int) -> Fitted:
    """Leave out the farthest example, then the oldest exchange, then the least relevant passage, until the prompt fits.

    One passage always stays: without it there is nothing to answer from.
    """
    dropped: list[str] = []
    while True:
        messages = assemble(parts)
        tokens = count(messages)
        if tokens <= limit or not (parts.examples or parts.history or len(parts.passages) > 1):
            return Fitted(messages, tokens, tuple(dropped))
        if parts.examples:
            parts = replace(parts, examples=parts.examples[:-1])
            dropped.append(EXAMPLE)
        elif parts.history:
            parts = replace(parts, history=parts.history[2:])
            dropped.append("oldest exchange")
        else:
            dropped.append(f"passage {parts.passages[-1].passage.id}")
            parts = replace(parts, passages=parts.passages[:-1])
