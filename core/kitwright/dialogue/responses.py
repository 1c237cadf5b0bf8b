"""Responses: choosing a variation by its conditions, and filling slots into its text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kitwright.dialogue.domain import ResponseVariation, SlotCondition
from kitwright.types import Button, ScrubbedText

SLOT_IN_TEXT: Final = re.compile(r"\{([A-Za-z_]\w*)\}")


@dataclass(frozen=True, slots=True)
class Said:
    """A response ready to be said."""

    text: ScrubbedText
    buttons: tuple[Button, ...]


def choose(variations: tuple[ResponseVariation, ...], slots: Mapping[str, object]) -> ResponseVariation:
    """The first variation whose conditions all hold; else the first without conditions; else the first."""
    conditional = (v for v in variations if v.condition and all(_holds(c, slots) for c in v.condition))
    plain = (v for v in variations if not v.condition)
    return next(conditional, next(plain, variations[0]))


def render(variation: ResponseVariation, slots: Mapping[str, object]) -> Said:
    """Fill in slots; what is not known becomes empty.

    The text is the kit's own and slot values were scrubbed when they were set, so the result is scrubbed.
    """
    return Said(
        ScrubbedText(_filled(variation.text, slots)),
        tuple(Button(_filled(b.title, slots), _filled(b.payload, slots)) for b in variation.buttons),
    )


def shown(value: object) -> str:
    """A slot's value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return ", ".join(shown(item) for item in value)
    return str(value)


def _filled(template: str, slots: Mapping[str, object]) -> str:
    return SLOT_IN_TEXT.sub(lambda match: shown(slots.get(match.group(1))), template).strip()


def _holds(condition: SlotCondition, slots: Mapping[str, object]) -> bool:
    value = slots.get(condition.name)
    if isinstance(value, bool) or isinstance(condition.value, bool) or condition.value is None:
        return value is condition.value
    return shown(value).casefold() == shown(condition.value).casefold()
