"""Roles of single entities: "the new postcode is X", "for a size L", "my old address, X"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kitwright.types import Entity

_TO: Final = re.compile(
    r"\bnew\b(?:\s[\w'’]+){0,3}[\s:]*$|\b(?:to|into|for)\s+(?:(?:an?|the|my|one|in)\s+)*(?:size\s+)?$", re.IGNORECASE
)
_FROM: Final = re.compile(r"\b(?:old|previous|former|current)\b(?:\s[\w'’]+){0,3}[\s:]*$", re.IGNORECASE)
_BESIDE: Final = re.compile(r"[\s,]*")


def with_single_roles(text: str, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities, with the role that the words before them give; what stands right beside one shares its role."""
    return tuple(_marked(text, entities))


def _marked(text: str, entities: Sequence[Entity]) -> Iterator[Entity]:
    end, role = 0, None
    for entity in entities:
        before = text[end : entity.start]
        role = entity.role or (role if end and _BESIDE.fullmatch(before) else _role(before))
        yield replace(entity, role=role)
        end = entity.end


def _role(before: str) -> str | None:
    if _TO.search(before):
        return "to"
    return "from" if _FROM.search(before) else None
