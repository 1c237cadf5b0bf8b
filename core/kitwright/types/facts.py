"""What a tool returned, as lines that a prompt can show and a guard can read."""

from collections.abc import Mapping
from typing import Any, Final

_SENTENCE: Final = 3  # words; a shorter value says nothing without its name


def fact_lines(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """One line a fact, sentences first and as they are, short values behind their name; what is empty is left out.

    Example:
        >>> fact_lines({"price": "£58", "order_text": "Order 1043 is being packed.", "options": []})
        ('Order 1043 is being packed.', 'price: £58')
    """
    filled = {name: value for name, value in facts.items() if value not in (None, "", [], {}, ())}
    sentences = [value for value in filled.values() if _is_sentence(value)]
    named = [f"{name.replace('_', ' ')}: {_plain(value)}" for name, value in filled.items() if not _is_sentence(value)]
    return (*sentences, *named)


def _is_sentence(value: object) -> bool:
    return isinstance(value, str) and len(value.split()) >= _SENTENCE


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
