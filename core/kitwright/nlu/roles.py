"""Roles of values: which one is given up (`from`), and which is wanted (`to`).

Read from the words between two values of one type ("M to L", "L instead of M"), else from the words right before a
value ("for a size L", "the new postcode is"), and else from those that lead to it ("ordered M but need L").
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
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
_WANTED_NEXT: Final = re.compile(
    r"\bnew\b(?:\s[\w'\u2019]+){0,3}[\s:]*$|\b(?:to|into|for)\s+(?:(?:an?|the|my|one|in|size)\s+)*$"
    rf"|\b{_EXCHANGE}\b[^.!?]*\b(?:to|into|for|with){_FILL}$",
    re.IGNORECASE,
)
_OWNED_NEXT: Final = re.compile(r"\b(?:old|previous|former|current)\b(?:\s[\w'\u2019]+){0,3}[\s:]*$", re.IGNORECASE)
_BESIDE: Final = re.compile(r"[\s,]*")
_WINDOW: Final = 60  # characters in which a word before a value counts for it


def with_roles(text: str, entities: Sequence[Entity], compared: Collection[str] = ()) -> tuple[Entity, ...]:
    """The entities, with `from` and `to` where a value is given up or wanted.

    Args:
        text: where they stand.
        entities: in order of position.
        compared: entity types for which all the words that lead to a value are read, not only those right before it.
    """
    return tuple(_alone(text, _in_pairs(text, entities, compared), compared))


def _in_pairs(text: str, entities: Sequence[Entity], compared: Collection[str]) -> list[Entity]:
    """The entities, those with a role that are changed for another of their type."""
    marked = list(entities)
    places: dict[str, list[int]] = {}
    for n, entity in enumerate(entities):
        places.setdefault(entity.name, []).append(n)
    for name, found in places.items():
        for first, second in pairwise(found):
            roles = _of_pair(text, marked[first], marked[second], led=name in compared)
            for place, role in zip((first, second), roles or (), strict=False):
                marked[place] = replace(marked[place], role=role)
    return marked


def _alone(text: str, entities: Sequence[Entity], compared: Collection[str]) -> Iterator[Entity]:
    """The entities with the roles that the words before each give; what stands right beside one shares its role."""
    counts = Counter(entity.name for entity in entities)
    changing = _CHANGING.search(text) is not None
    last: Entity | None = None
    for entity in entities:
        before = text[last.end if last else 0 : entity.start]
        role = entity.role or _beside(last, before, entity)
        if role is None and changing and entity.name in compared and counts[entity.name] == 1:
            role = _leading(_before(text, entity))
        last = replace(entity, role=role)
        yield last


def _beside(last: Entity | None, before: str, entity: Entity) -> str | None:
    """The role that the entity before it, or the words right before it, give an entity."""
    if last is not None and _BESIDE.fullmatch(before):
        return last.role or _right_before(before)
    is_range = last is not None and (last.name, last.role) == (entity.name, None) and _TO.fullmatch(before)
    return None if is_range else _right_before(before)


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


def _right_before(before: str) -> str | None:
    """The role that the words right before a value give."""
    if _WANTED_NEXT.search(before[-_WINDOW:]):
        return "to"
    return "from" if _OWNED_NEXT.search(before[-_WINDOW:]) else None


def _before(text: str, entity: Entity) -> str:
    return text[max(0, entity.start - _WINDOW) : entity.start]


def _leading(before: str) -> str | None:
    """The role that the last of the leading words gives."""
    return next((match.lastgroup for match in reversed(list(_LEADING.finditer(before)))), None)
