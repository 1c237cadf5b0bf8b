"""What a tool returned, as lines that a prompt can show and a guard can read."""

from collections.abc import Mapping
from typing import Any, Final

_SENTENCE: Final = 3  # words; a shorter value says nothing without its name


def fact_lines(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """One line a fact: sentences as they are, short values behind their name; what is empty is left out.

    Example:
        >>> fact_lines({"order_text": "Order 1043 is being packed.", "price": "£58", "options": []})
        ('Order 1043 is being packed.', 'price: £58')
    """
    return tuple(_line(name, value) for name, value in facts.items() if value not in (None, "", [], {}, ()))


def _line(name: str, value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else _plain(value)
    return text if isinstance(value, str) and len(text.split()) >= _SENTENCE else f"{name.replace('_', ' ')}: {text}"


def _plain(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
