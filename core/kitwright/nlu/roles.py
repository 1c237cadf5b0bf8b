"""Roles of two values that are compared: which one is given up (`from`), and which is wanted (`to`).

Read from the words between two values of one type ("M to L", "L instead of M"), and else from the words that lead to
each ("ordered M but need L"). One value alone has a role where it is swapped or changed to.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kitwright.types import Entity

_FILL: Final = r"(?:\W+(?:an?|the|my|one|ones|in|size|sized|colour|color|waist|age|please|pls|number))*\W*"
_THING: Final = r"(?:\W+[\w'\u2019-]+){0,2}?"  # "the green [scarf] for a grey one"
_EXCHANGE: Final = r"(?:swap|exchang|chang|switch|trad|replac|amend|updat|correct|edit|excahng|exchag)\w*"
_TO: Final = re.compile(
    rf"{_FILL}\bout\b{_FILL}|{_FILL}(?:->|\u2192|=>|>)\W*|{_FILL}\b(?:to|into){_FILL}", re.IGNORECASE
)
_FOR: Final = re.compile(rf"{_THING}{_FILL}\b(?:to|into|for|with){_FILL}", re.IGNORECASE)
_INSTEAD: Final = re.compile(
    rf"{_THING}{_FILL}\b(?:inst[ea]+d\s(?:of|off)|rather\sthan|in\splace\sof){_FILL}", re.IGNORECASE
)
_NOT: Final = re.compile(rf"{_THING}{_FILL}\bnot{_FILL}", re.IGNORECASE)
_BUT: Final = re.compile(
    rf"{_FILL}(?:,|\bbut\b)(?:\s+(?:an?|the|i|it|want|need|meant|is|was|sorry))*\W*", re.IGNORECASE
)
_NOT_BEFORE: Final = re.compile(rf"\bnot{_FILL}$", re.IGNORECASE)
_RANGE: Final = re.compile(r"\b(?:sizes|between)\W*$", re.IGNORECASE)
_CHANGING: Final = re.compile(rf"\b{_EXCHANGE}\b|\binst[ea]+d\b|\bwrong\s(?:size|colou?r)\b", re.IGNORECASE)
_WANTED: Final = (
    r"(?:can|could|may)\s(?:i|we)\s(?:please\s)?(?:have|get|swap|exchange)|need(?:ed)?|want(?:ed)?|prefer|would\slike|i'?d\slike|make\s(?:it|that|the)|get|send|give|should(?:'?ve|\shave)?|"
    r"shouldve|meant|change\s(?:it|that|them|this)\sto|instead|swap\w*\sfor"
)
_OWNED: Final = (
    r"order(?:ed)?|got|bought|rec[ei]+ved?|have|had|picked|chose|clicked|took|put|is|was|are|were|wearing|selected|"
    r"arrived|came|currently|sent"
)
_LEADING: Final = re.compile(rf"\b(?:(?P<to>{_WANTED})|(?P<from>{_OWNED}))\b", re.IGNORECASE)
_MISTAKEN: Final = re.compile(
    r"\b(?:sent|got|rec[ei]+ved?|delivered|ordered|picked|chose|clicked|bought|came|selected|arrived)\b", re.IGNORECASE
)
_CHANGED_TO: Final = re.compile(rf"\b{_EXCHANGE}\b[^.!?]*\b(?:to|into|for|with){_FILL}$", re.IGNORECASE)
_WINDOW: Final = 60  # characters in which a word before a value counts for it


def with_roles(text: str, entities: Sequence[Entity], compared: Collection[str] = ()) -> list[Entity]:
    """The entities, with `from` and `to` where a value is changed for another.

    Args:
        text: where they stand.
        entities: in order of position.
        compared: entity types for which the words that lead to a value are read too, not only those between two.
    """
    marked = list(entities)
    places: dict[str, list[int]] = {}
    for n, entity in enumerate(entities):
        places.setdefault(entity.name, []).append(n)
    for name, found in places.items():
        for first, second in pairwise(found):
            roles = _of_pair(text, marked[first], marked[second], led=name in compared)
            for place, role in zip((first, second), roles or (), strict=False):
                marked[place] = replace(marked[place], role=role)
        if len(found) == 1 and name in compared:
            marked[found[0]] = replace(marked[found[0]], role=_of_one(text, marked[found[0]]))
    return marked


def _of_pair(text: str, first: Entity, second: Entity, *, led: bool) -> tuple[str, str] | None:
    between, before = text[first.end : second.start], _before(text, first)
    if first.value == second.value or len(between) > _WINDOW or _RANGE.search(before):
        return None
    if _INSTEAD.fullmatch(between):
        return ("from", "to") if _MISTAKEN.search(before) else ("to", "from")
    if _NOT.fullmatch(between):
        return "to", "from"
    if _TO.fullmatch(between) or (_FOR.fullmatch(between) and _CHANGING.search(before)):
        return "from", "to"
    if _NOT_BEFORE.search(before) and _BUT.fullmatch(between):
        return "from", "to"
    roles = _leading(before), _leading(between)
    return (roles[0], roles[1]) if led and roles[0] and roles[1] and roles[0] != roles[1] else None


def _of_one(text: str, entity: Entity) -> str | None:
    """The role of a value that stands alone in a message about a change."""
    before = _before(text, entity)
    if _CHANGED_TO.search(before):
        return "to"
    return _leading(before) if _CHANGING.search(text) else None


def _before(text: str, entity: Entity) -> str:
    return text[max(0, entity.start - _WINDOW) : entity.start]


def _leading(before: str) -> str | None:
    """The role that the last of the leading words gives."""
    return next((match.lastgroup for match in reversed(list(_LEADING.finditer(before)))), None)
