"""Slot filling: which slots one message fills, from its entities, its intent, or its whole text."""

import math
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Final

from kitwright.dialogue.cues import doubts, lacks, yes_or_no
from kitwright.dialogue.domain import Domain, Slot, SlotMapping
from kitwright.types import Entity, ScrubbedText, Understanding


def slots_filled(
    domain: Domain,
    understanding: Understanding,
    text: ScrubbedText,
    asked: str | None,
    *,
    sure: float = 0.0,
    flows: frozenset[str] = frozenset(),
) -> dict[str, object]:
    """The values that this message gives, by slot.

    Entities fill their slots at any time, or while the flow of the mapping's condition is among `flows`, which are
    open or about to start; intents (from the confidence `sure` on) and whole texts only the slot that was asked for.
    Of two slots with the same mapping, such as the ends of a journey, an answer fills the one that was asked for. An
    entity in a role that one slot names is not for another that names none.
    """
    message = _Message(understanding, text, sure, flows, _claims(domain, flows))
    asked_for = domain.slots.get(asked or "", Slot()).mappings
    filled: dict[str, object] = {}
    for name, slot in domain.slots.items():
        if name != asked and slot.mappings == asked_for:
            continue
        typed = _typed(slot, message.value(slot, asked=name == asked))
        if typed is not None:
            filled[name] = typed
    return filled


def _claims(domain: Domain, flows: frozenset[str]) -> frozenset[tuple[str | None, str]]:
    """The entities in roles that slots ask for by name."""
    mappings = (mapping for slot in domain.slots.values() for mapping in slot.mappings)
    return frozenset((m.entity, m.role) for m in mappings if m.role is not None and m.holds(flows))


@dataclass(frozen=True, slots=True)
class _Message:
    """One message as slots look at it."""

    understanding: Understanding
    text: ScrubbedText
    sure: float
    flows: frozenset[str]
    claims: frozenset[tuple[str | None, str]]

    def value(self, slot: Slot, *, asked: bool) -> object:
        if asked and slot.type == "bool" and (lacks(self.text) or yes_or_no(self.text) is not None):
            return yes_or_no(self.text)
        own = {(mapping.entity, mapping.role) for mapping in slot.mappings}
        open_to = [mapping for mapping in slot.mappings if mapping.holds(self.flows)]
        values = (self._mapped(mapping, own, asked=asked) for mapping in self._latest_first(open_to))
        return next((value for value in values if value is not None), None)

    def _latest_first(self, mappings: list[SlotMapping]) -> list[SlotMapping]:
        """Kinds of entities that stand for one another by the last mention: "not jo@a.example, BS5 0TX"."""
        if any(mapping.type != "from_entity" or mapping.role is not None for mapping in mappings):
            return mappings
        last = {entity.name: entity.start for entity in self.understanding.entities}
        return sorted(mappings, key=lambda mapping: -last.get(str(mapping.entity), -1))

    def _mapped(self, mapping: SlotMapping, own: Container[tuple[str | None, str | None]], *, asked: bool) -> object:
        match mapping.type:
            case "from_entity":
                return self._entity(mapping, own)
            case "from_intent" if asked and self._is_sure_of(mapping.intent):
                return None if mapping.value is True and doubts(self.text) else mapping.value
            case "from_text" if asked and self.text.strip() and self._tells():
                return self.text.strip()
            case _:
                return None

    def _tells(self) -> bool:
        """Who names things has said something: "a red hat, no idea whose" describes what came."""
        return bool(self.understanding.entities) or not lacks(self.text)

    def _is_sure_of(self, intent: str | None) -> bool:
        best = self.understanding.intent
        return best.name == intent and best.confidence >= self.sure

    def _entity(self, mapping: SlotMapping, own: Container[tuple[str | None, str | None]]) -> str | None:
        """The last mention wins: in "not 1043, I meant 1044" it is the one that is meant."""
        found = [
            entity.value
            for entity in self.understanding.entities
            if entity.name == mapping.entity
            and (self._is_free(entity, own) if mapping.role is None else entity.role == mapping.role)
        ]
        return found[-1] if found else None

    def _is_free(self, entity: Entity, own: Container[tuple[str | None, str | None]]) -> bool:
        """Whether no other slot has a claim on the entity's role."""
        role = (entity.name, entity.role)
        return role in own or role not in self.claims


def _typed(slot: Slot, value: object) -> object:
    """The value in the slot's type, or None where it does not fit."""
    if value is None:
        return None
    match slot.type:
        case "bool":
            return value if isinstance(value, bool) else _BOOLEANS.get(str(value).casefold())
        case "float":
            return _number(value)
        case "categorical":
            by_name = {choice.casefold(): choice for choice in slot.values}
            return by_name.get(str(value).casefold())
        case _:
            return value


def _number(value: object) -> float | None:
    text = str(value).strip()
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


_THOUSANDS: Final = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_BOOLEANS: Final[Mapping[str, bool]] = {"true": True, "yes": True, "false": False, "no": False}
