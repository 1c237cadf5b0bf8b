"""What the core expects of a sentence encoder and of a language-model backend."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import numpy.typing as npt

from kitwright.types import Message, Prompt, ScrubbedText


class Encoder(Protocol):
    """Turns sentences into vectors."""

    @property
    def id(self) -> str:
        """Name and revision; part of every cache key."""
        ...

    def encode(self, texts: Sequence[ScrubbedText]) -> npt.NDArray[Any]:
        """Unit vectors, float32, shape (len(texts), dimensions)."""
        ...


class Backend(Protocol):
    """A model runtime: gets a prompt, streams text."""

    @property
    def name(self) -> str:
        """The kind of runtime: `transformers`, `llama_cpp`, `openai_compatible` or `echo`."""
        ...

    def count(self, messages: Sequence[Message]) -> int:
        """Tokens of the rendered messages, ready for the assistant's answer."""
        ...

    def stream(self, prompt: Prompt, *, cancelled: Callable[[], bool]) -> Iterator[ScrubbedText]:
        """Pieces of the answer as they are generated; stops soon after `cancelled()` is true.

        Raises:
            BackendFailed: the runtime failed or timed out.
        """
        ...

    def warm(self, system: Message) -> None:
        """Load what is lazy, and prepare the system prompt's prefix where the runtime can."""
        ...

    def close(self) -> None:
        """Release the model or the connections; a later call opens them again."""
        ...
