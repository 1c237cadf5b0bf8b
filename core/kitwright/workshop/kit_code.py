"""What a kit's commands and evals are handed: the sentence encoder, without importing the core."""

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any, Final

from kitwright.protocols import CommandContext

CONTEXT: Final = "context"


def with_context(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function without its parameter `context`, which is no argument of its callers and filled in here."""
    signature = inspect.signature(function)
    if CONTEXT not in signature.parameters:
        return function

    @functools.wraps(function)
    def call(**arguments: object) -> object:
        context: CommandContext = {"encode": _encode}
        return function(**arguments, context=context)

    shown = [each for each in signature.parameters.values() if each.name != CONTEXT]
    call.__signature__ = signature.replace(parameters=shown)  # type: ignore[attr-defined]
    call.__annotations__ = {name: kind for name, kind in call.__annotations__.items() if name != CONTEXT}
    return call


@functools.lru_cache(maxsize=1)
def _encoder() -> Any:
    from kitwright.encoder import embedded_encoder

    return embedded_encoder()


def _encode(texts: Sequence[str]) -> Any:
    """Unit vectors of texts by the embedded encoder, float32, shape (texts, dimensions)."""
    return _encoder().encode(texts)
