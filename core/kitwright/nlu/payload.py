"""Button payloads: `/intent{"slot":"value"}`, as Rasa writes them."""

import json
import re
from typing import Final

from kitwright.types import Entity

_PAYLOAD: Final = re.compile(r"/([A-Za-z_][\w-]*)(\{.*\})?\s*", re.DOTALL)


def parse_payload(text: str) -> tuple[str, tuple[Entity, ...]] | None:
    """Intent and entities of a payload, or None for anything else; each entity covers the whole text.

    A payload with a backslash is none: what an escape for a letter stands for was hidden from the scrubber.

    Example:
        >>> parse_payload('/return_item{"size": "M"}')[0]
        'return_item'
    """
    match = _PAYLOAD.fullmatch(text)
    if match is None or "\\" in text:
        return None
    try:
        slots = json.loads(match[2] or "{}")
    except (ValueError, RecursionError):
        return None
    if not all(isinstance(value, str | int | float) for value in slots.values()):
        return None
    entities = tuple(Entity(str(name), _said(value), 0, len(text)) for name, value in slots.items())
    return match[1], entities


def _said(value: str | float) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)
