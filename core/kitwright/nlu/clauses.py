"""Clauses: where one message says several things, each that is understood by itself is read by itself."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from kitwright.types import Part, ScrubbedText, Understanding

SURE: Final = 0.5  # from here, by confidence and by scope, a clause stands alone
_MOST: Final = 4  # places to part a message at; each costs up to two readings
_BESIDES: Final = (
    r"(?:and|also|plus|but|then|btw|by the way|another thing|one more thing|as well|too|oh|ok|so)\b[\s,:]*"
)
_BOUNDARY: Final = re.compile(rf"(?:(?<=[.!?;])|,|\s-)?\s+(?={_BESIDES})|(?<=[.!?;])\s+", re.IGNORECASE)
_LEAD: Final = re.compile(rf"^(?:{_BESIDES})+", re.IGNORECASE)
_OPENING: Final = re.compile(
    r"\s*(?:(?:hi(?:ya)?|hello|hey|good (?:morning|afternoon|evening|day)|there|no|nope|yes|yeah|yep|ok(?:ay)?|oh"
    r"|wait|sorry|actually|please|thanks|thank you|cheers|right|well)\b[\s,.!-]*)+",
    re.IGNORECASE,
)
_FEWEST_WORDS: Final = 3  # after an opening, for the rest to be read by itself
_CLEAR: Final = 0.8
_WORD: Final = re.compile(r"[^\W\d_]+")


def parts_of(text: ScrubbedText, read: Callable[[ScrubbedText], Understanding]) -> tuple[Part, ...]:
    """The clauses of a message, none where it does not fall into at least two that are each understood.

    Args:
        text: the message.
        read: reads a clause as if it were a message.
    """
    parts: list[Part] = []
    start = 0
    for boundary in _boundaries(text):
        left, right = _part(text[start : boundary.start()], read), _part(text[boundary.end() :], read)
        if left is not None and right is not None:
            parts = [*parts[:-1], left, right]
            start = boundary.end()
    return tuple(parts)


def carried(text: ScrubbedText, whole: Understanding, read: Callable[[ScrubbedText], Understanding]) -> Understanding:
    """What a message means that opens with a word of courtesy or assent: what the rest means, where that is clear.

    "No wait, I'd rather change the address" is read as a no by its beginning; it is a request.

    Args:
        text: the message.
        whole: its reading.
        read: reads a part as if it were a message.
    """
    opening = _OPENING.match(text)
    if opening is None or len(_WORD.findall(text[opening.end() :])) < _FEWEST_WORDS:
        return whole
    first, rest = read(ScrubbedText(opening[0])), read(ScrubbedText(text[opening.end() :]))
    clear = min(rest.intent.confidence, rest.in_scope) >= _CLEAR
    if not clear or whole.intent.name not in (first.intent.name, rest.intent.name):
        return whole
    return replace(whole, intents=rest.intents, in_scope=max(whole.in_scope, rest.in_scope))


def _boundaries(text: str) -> Iterator[re.Match[str]]:
    yield from list(_BOUNDARY.finditer(text))[:_MOST]


def _part(text: str, read: Callable[[ScrubbedText], Understanding]) -> Part | None:
    clause = ScrubbedText(_LEAD.sub("", text.strip()))
    if not _WORD.search(clause):
        return None
    found = read(clause)
    sure = min(found.intent.confidence, found.in_scope) >= SURE
    return Part(clause, found) if sure else None
