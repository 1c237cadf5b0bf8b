"""Lists: several values of one kind in a message, each of which a flow is to run for."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from kitwright.dialogue.domain import Domain
from kitwright.dialogue.program import Program, family
from kitwright.types import Entity

_JOINS: Final = re.compile(r"[,&+]|\b(?:and|or|plus|as well as)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_LITTLE: Final = frozenset("and or plus as well also the my a an one number no nr".split())


def listed(
    domain: Domain, programs: Mapping[str, Program], flow: str, text: str, entities: Sequence[Entity]
) -> tuple[str, tuple[str, ...]] | None:
    """The slot of a flow for which a message lists several values, and the values; None where there is no such list.

    Slots that one kind of entity fills count, unless two share it, as the ends of a journey do.
    """
    collected = [programs[name].required for name in family(programs, flow)]
    kinds = {slot: _kind(domain, slot) for slot in sorted(frozenset[str]().union(*collected))}
    for slot, kind in kinds.items():
        values = _values(domain, text, [entity for entity in entities if entity.name == kind])
        if len(values) > 1 and list(kinds.values()).count(kind) == 1:
            return slot, values
    return None


def _kind(domain: Domain, slot: str) -> str | None:
    """The one entity that a slot is filled from."""
    kinds = {mapping.entity for mapping in domain.slots[slot].mappings if mapping.type == "from_entity"}
    return kinds.pop() if len(kinds) == 1 else None


def _values(domain: Domain, text: str, entities: Sequence[Entity]) -> tuple[str, ...]:
    names = {word for entity in domain.entities for word in entity.split("_")}
    known = _LITTLE | names | {f"{name}s" for name in names}
    for first, second in pairwise(entities):
        between = text[first.end : second.start]
        words = {word.casefold() for word in _WORD.findall(between)}
        if first.role or second.role or not _JOINS.search(between) or not words <= known:
            return ()
    return tuple(dict.fromkeys(entity.value for entity in entities))
