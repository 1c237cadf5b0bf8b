"""The prompt of one turn: messages, the token limit, and what did not fit."""

from dataclasses import dataclass

from kitwright.types.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What a backend gets.

    Args:
        messages: system first, then history, then the question.
        tokens: length of the rendered prompt in tokens.
        max_new_tokens: upper limit of the answer.
        dropped: names of parts left out to fit the budget, in the order they were dropped.
        variants: layer name to variant name.
        examples: how many are shown.
    """

    messages: tuple[Message, ...]
    tokens: int
    max_new_tokens: int
    dropped: tuple[str, ...] = ()
    variants: tuple[tuple[str, str], ...] = ()
    examples: int = 0
