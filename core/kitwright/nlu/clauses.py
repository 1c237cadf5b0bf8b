"""Clauses: where one message says several things, each that is understood by itself is read by itself."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import Final

from kitwright.types import PLACEHOLDER, Part, ScrubbedText, Understanding

SURE: Final = 0.5  # from here, by confidence and by scope, a clause stands alone
_FEW: Final = 4  # words that a value may have beside it: "the postcode is"
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
_NAMING: Final = r"(?:(?:and|with|my|the|is|it['\u2019]?s|uk|post ?code|e?-?mail|address|number)\b[\s:]*)*"
_ASIDE: Final = re.compile(
    rf"(?:^|(?<=[\d>])\s+|\s*[,;(\u2013-]\s*{_NAMING}){PLACEHOLDER.pattern}\)?(?=\W|$)", re.IGNORECASE
)
_FEWEST_WORDS: Final = 3  # after an opening, for the rest to be read by itself
_CLEAR: Final = 0.8
_HARDLY: Final = 0.1
_WORD: Final = re.compile(r"[^\W\d_]+")


def parts_of(text: ScrubbedText, read: Callable[[ScrubbedText], Understanding]) -> tuple[Part, ...]:
    """The clauses of a message, none where it does not fall into at least two that are each understood.

    A clause that only gives values, such as an address, needs no understanding, and is left out: what it answers to is
    known from the conversation. So one clause may remain.

    Args:
        text: the message.
        read: reads a clause as if it were a message.
    """
    parts: list[Part] = []
    last: list[Part] = []  # of the text from `start` on: one, or none where it only gives values
    start = 0
    for boundary in _boundaries(text):
        sides = [_part(text[start : boundary.start()], read), _part(text[boundary.end() :], read)]
        if all(side.sure or side.gives for side in sides) and any(side.sure for side in sides):
            left, right = ([side.part] if side.sure else [] for side in sides)
            parts, last = [*parts, *left], right
            start = boundary.end()
    return (*parts, *last)


def carried(text: ScrubbedText, whole: Understanding, read: Callable[[ScrubbedText], Understanding]) -> Understanding:
    """What a message means without what only stands beside it, where the rest is clear.

    "No wait, I'd rather change the address" is read as a no by its beginning; it is a request. "Exchange 1016, BS5 0TX"
    is read as a change of address for its postcode; that only proves whose order it is.

    Args:
        text: the message.
        whole: its reading.
        read: reads a part as if it were a message.
    """
    bare = _bare(text)
    if bare is not None and (_is_clear(found := read(bare)) or _contradicts(found, whole)):
        return _meaning(whole, found)
    opened = _opened(text)
    if opened is None:
        return whole
    first, rest = (read(part) for part in opened)
    if not _is_clear(rest) or whole.intent.name not in (first.intent.name, rest.intent.name):
        return whole
    return _meaning(whole, rest)


def _is_clear(found: Understanding) -> bool:
    return min(found.intent.confidence, found.in_scope) >= _CLEAR


def _contradicts(rest: Understanding, whole: Understanding) -> bool:
    """Whether the rest means something, and hardly what the whole does: it is the values that made it sound so."""
    same = sum(each.confidence for each in rest.intents if each.name == whole.intent.name)
    return min(rest.intent.confidence, rest.in_scope) >= SURE and same < _HARDLY


def _meaning(whole: Understanding, rest: Understanding) -> Understanding:
    return replace(whole, intents=rest.intents, in_scope=max(whole.in_scope, rest.in_scope))


def _bare(text: ScrubbedText) -> ScrubbedText | None:
    """A message without personal values that stand in it by themselves, if it has any and words beside them."""
    bare = ScrubbedText(_ASIDE.sub(" ", text).strip())
    return bare if bare != text.strip() and _WORD.search(PLACEHOLDER.sub("", bare)) else None


def to_be_read(text: ScrubbedText) -> list[ScrubbedText]:
    """The message and what `carried` and `parts_of` most likely ask to be read of it."""
    bare = _bare(text)
    found, start = [text, *([bare] if bare else []), *(_opened(text) or ())], 0
    for boundary in _boundaries(text):
        sides = text[: boundary.start()], text[start : boundary.start()], text[boundary.end() :]
        found += map(_clause, sides)
        start = boundary.end()
    return list(dict.fromkeys(found))


def _opened(text: ScrubbedText) -> tuple[ScrubbedText, ScrubbedText] | None:
    """The words of courtesy or assent that a message opens with, and a rest of some words."""
    opening = _OPENING.match(text)
    if opening is None or len(_WORD.findall(text[opening.end() :])) < _FEWEST_WORDS:
        return None
    return ScrubbedText(opening[0]), ScrubbedText(text[opening.end() :])


def _clause(text: str) -> ScrubbedText:
    return ScrubbedText(_LEAD.sub("", text.strip()))


def _boundaries(text: str) -> Iterator[re.Match[str]]:
    yield from list(_BOUNDARY.finditer(text))[:_MOST]


@dataclass(frozen=True, slots=True)
class _Side:
    """What stands on one side of a boundary: whether it is understood by itself, or else only gives values."""

    part: Part
    sure: bool
    gives: bool


def _part(text: str, read: Callable[[ScrubbedText], Understanding]) -> _Side:
    clause = _clause(text)
    found = read(clause)
    has_words = _WORD.search(clause) is not None
    sure = has_words and min(found.intent.confidence, found.in_scope) >= SURE
    return _Side(Part(clause, found), sure, not sure and _words_beside(clause, found) <= _FEW)


def _words_beside(clause: str, found: Understanding) -> float:
    """How many words stand beside the entities of a clause; beside none, too many."""
    if not found.entities:
        return inf
    spans = [(entity.start, entity.end) for entity in found.entities]
    rest = "".join(" " if any(a <= at < b for a, b in spans) else letter for at, letter in enumerate(clause))
    return len(_WORD.findall(rest))
