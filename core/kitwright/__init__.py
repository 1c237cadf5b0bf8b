"""Kitwright: domain-specialist chatbots that layer prompting over a fine-tuned model.

Example:
    >>> from kitwright import load_bot
    >>> bot = load_bot("clothing_support")  # doctest: +SKIP
    >>> bot.reply("can I return swimwear?").text  # doctest: +SKIP
"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kitwright.bot import Bot, StreamEvent, load_bot
    from kitwright.errors import Fault, KitwrightError
    from kitwright.kit import Kit, load_kit
    from kitwright.types import Button, Reply, Source, Step, TraceEntry, Turn

__version__ = "0.1.0"

# transformers loads bitsandbytes wherever it is installed, and on a CPU it tells of a kernel that could be there too.
logging.getLogger("bitsandbytes").setLevel(logging.ERROR)

# Loaded when first used, so that `kitwright --help` and small uses stay quick.
_HOMES: Final = {
    "Bot": "kitwright.bot",
    "Button": "kitwright.types",
    "Fault": "kitwright.errors",
    "Kit": "kitwright.kit",
    "KitwrightError": "kitwright.errors",
    "Reply": "kitwright.types",
    "Source": "kitwright.types",
    "Step": "kitwright.types",
    "StreamEvent": "kitwright.bot",
    "TraceEntry": "kitwright.types",
    "Turn": "kitwright.types",
    "load_bot": "kitwright.bot",
    "load_kit": "kitwright.kit",
}

__all__ = [
    "Bot",
    "Button",
    "Fault",
    "Kit",
    "KitwrightError",
    "Reply",
    "Source",
    "Step",
    "StreamEvent",
    "TraceEntry",
    "Turn",
    "load_bot",
    "load_kit",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
