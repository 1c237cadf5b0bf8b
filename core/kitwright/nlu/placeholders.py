"""Placeholders of scrubbed text as entities: the value is the placeholder itself."""

from collections.abc import Iterator
from typing import Final

from kitwright.nlu.candidate import Candidate
from kitwright.types import PLACEHOLDER, label_of

_NAMES: Final = {
    "EMAIL_ADDRESS": "email",
    "PHONE_NUMBER": "phone",
    "CA_POSTAL_CODE": "postcode",
    "DE_PLZ": "postcode",
    "IE_EIRCODE": "postcode",
    "IN_PIN_CODE": "postcode",
    "US_ZIP_CODE": "postcode",
}
PERSONAL: Final = frozenset({*_NAMES.values(), "member_number"})
"""Entities that stand in utterances as they are, but in messages as placeholders."""


def placeholder_entities(text: str) -> Iterator[Candidate]:
    """Every placeholder; those without a name of their own are called by their label in lower case."""
    for match in PLACEHOLDER.finditer(text):
        yield Candidate(match.start(), match.end(), _name(label_of(match[0])), match[0], rank=0)


def _name(label: str) -> str:
    return "postcode" if label.endswith("POSTCODE") else _NAMES.get(label, label.lower())
