"""Slot filling: which slots one message fills, from its entities, its intent, or its whole text."""

from collections.abc import Mapping

from kitwright.dialogue.domain import Domain, Slot, SlotMapping
from kitwright.types import ScrubbedText, Understanding


def slots_filled(
    domain: Domain, understanding: Understanding, text: ScrubbedText, asked: str | None
) -> dict[str, object]:
    """The values that this message gives, by slot.

    Entities fill their slots at any time; intents and whole texts only the slot that was asked for.
    """
    filled: dict[str, object] = {}
    for name, slot in domain.slots.items():
        value = _first_value(slot, understanding, text, asked=name == asked)
        typed = _typed(slot, value)
        if typed is not None:
            filled[name] = typed
    return filled


def _first_value(slot: Slot, understanding: Understanding, text: ScrubbedText, *, asked: bool) -> object:
    for mapping in slot.mappings:
        value = _mapped(mapping, understanding, text, asked=asked)
        if value is not None:
            return value
    return None


def _mapped(mapping: SlotMapping, understanding: Understanding, text: ScrubbedText, *, asked: bool) -> object:
    match mapping.type:
        case "from_entity":
            return _entity_value(mapping, understanding)
        case "from_intent" if asked and understanding.intent.name == mapping.intent:
            return mapping.value
        case "from_text" if asked and text.strip():
            return text.strip()
        case _:
            return None


def _entity_value(mapping: SlotMapping, understanding: Understanding) -> str | None:
    """The last mention wins: in "not 1043, I meant 1044" it is the one that is meant."""
    found = [
        entity.value
        for entity in understanding.entities
        if entity.name == mapping.entity and (mapping.role is None or entity.role == mapping.role)
    ]
    return found[-1] if found else None


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
    try:
        return float(str(value).replace(",", "."))
    except ValueError:
        return None


_BOOLEANS: Mapping[str, bool] = {"true": True, "yes": True, "false": False, "no": False}
