"""What a kit scrubs and what it keeps: the `privacy.yaml` of a kit, with defaults that suit a shop."""

from collections.abc import Mapping
from typing import Any, Final, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from kitwright.privacy.generalise import How
from kitwright.privacy.presets import Preset, filled
from kitwright.types import placeholder

Country = Literal["au", "ca", "de", "fr", "ie", "uk", "us"]

Label = Literal[
    "AGE",
    "AU_POSTCODE",
    "CA_POSTAL_CODE",
    "CITY",
    "CREDIT_CARD",
    "DATE_OF_BIRTH",
    "DATE_TIME",
    "DE_PLZ",
    "EMAIL_ADDRESS",
    "FR_POSTCODE",
    "IBAN_CODE",
    "IE_EIRCODE",
    "IP_ADDRESS",
    "LOCATION",
    "MAC_ADDRESS",
    "MEDICAL_LICENSE",
    "MEDICAL_RECORD_NUMBER",
    "MEMBER_NUMBER",
    "NRP",
    "ORDER_NUMBER",
    "ORGANIZATION",
    "PERSON",
    "PHONE_NUMBER",
    "SECRET",
    "STREET_ADDRESS",
    "UK_NHS",
    "UK_NINO",
    "UK_PASSPORT",
    "UK_POSTCODE",
    "UK_SORT_CODE",
    "URL",
    "US_BANK_NUMBER",
    "US_DRIVER_LICENSE",
    "US_SSN",
    "US_ZIP_CODE",
]
"""What can be found; Presidio's names where it has one. LOCATION, NRP, ORGANIZATION and CITY need a tagger."""

_REPLACE: Final[tuple[Label, ...]] = (
    "SECRET",
    "EMAIL_ADDRESS",
    "CREDIT_CARD",
    "IBAN_CODE",
    "UK_NHS",
    "US_SSN",
    "UK_NINO",
    "MEMBER_NUMBER",
    "PHONE_NUMBER",
    "IP_ADDRESS",
    "MAC_ADDRESS",
    "PERSON",
    "STREET_ADDRESS",
    "UK_POSTCODE",
    "IE_EIRCODE",
    "US_ZIP_CODE",
    "CA_POSTAL_CODE",
    "AU_POSTCODE",
    "DE_PLZ",
    "FR_POSTCODE",
    "UK_PASSPORT",
    "UK_SORT_CODE",
    "US_BANK_NUMBER",
    "US_DRIVER_LICENSE",
    "MEDICAL_LICENSE",
    "MEDICAL_RECORD_NUMBER",
    "DATE_OF_BIRTH",
    "AGE",
    "LOCATION",
)
_KEEP: Final[tuple[Label, ...]] = ("ORDER_NUMBER", "DATE_TIME", "URL", "CITY", "ORGANIZATION", "NRP")

_NUMBER: Final = r"(?<![\d.,-])\d{1,4}(?:[.,]\d{1,3})?"
_UNIT: Final = r"(?:cm|mm|m|km|inch(?:es)?|ins?|ft|feet|kg|kilos?|g|lbs?|stone|st|years?|days?|weeks?|%|°\s?C)"
_CURRENCY: Final = r"(?:pounds?|quid|euros?|dollars?|GBP|EUR|USD)"
_KEEP_PATTERNS: Final[dict[str, str]] = {
    "order_number": r"\bFH-?\d{4}\b|(?<![\d.,-])#?1\d{3}(?![\d-])",
    "labelled_order": (
        r"\b(?:orders?|parcel|tracking|invoice|return|item|product|style|sku)"
        r"(?:\s{0,2}(?:number|numbers|no\.?|nr\.?|num|code|id|ref(?:erence)?|is|was|[:=#]|and|,)){0,4}"
        r"\s{0,2}#?[A-Z]{0,3}-?(?!0)(?:\d-?){2,11}\d(?![\d@-])"
    ),
    "money": rf"[£$€]\s?\d[\d,]{{0,9}}(?:\.\d{{1,2}})?(?!\d)|{_NUMBER}\s?{_CURRENCY}\b",
    "measure": rf"{_NUMBER}\s?{_UNIT}(?!\w)|{_NUMBER}\s?'\s?\d{{1,2}}(?:\"|'')?",
    "size": r"\bsizes?(?:\s{1,2}(?:is|are|eu|uk|us))?(?:[\s,/&-]{1,3}(?:and|or|to|\d{1,3}|[2-6]?x{0,3}[sml])){1,12}\b",
    "brand": r"\b(?:Dr\.?\s?Martens?|Miss\s+Selfridge|Mr\.?\s+Porter|Ms\s+Marvel)\b",
}


class Entities(BaseModel):
    """Which kinds of findings become placeholders and which stay.

    Args:
        replace: labels that are hidden; where two findings are equally sure and long, the earlier label names it.
        keep: labels that stay; they are looked for all the same, so that a surer "date" beats a weak "phone".
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    replace: tuple[Label, ...] = _REPLACE
    keep: tuple[Label, ...] = _KEEP

    @model_validator(mode="after")
    def _apart(self) -> Self:
        both = sorted(set(self.replace) & set(self.keep))
        if both:
            raise ValueError(f"both replaced and kept: {', '.join(both)}")
        return self


class PrivacyPolicy(BaseModel):
    """A kit's `privacy.yaml`.

    Args:
        preset: what holds where the file says nothing: `shop`, or `safe_harbor` for health data.
        entities: labels to replace and to keep.
        generalise: label to how its values are made coarser instead of hidden: `age_band`, `over_89`, `year`, `month`,
            `region`. A value that can not be read surely is hidden. Tools get the coarser value too.
        block: label to the response that is said instead of an answer when a message holds such a value. The value is
            not kept, not even for its owner; the conversation goes on.
        keep_patterns: name to regular expression (any case). A finding that lies inside a match stays, unless it
            is a SECRET. They see straight quotes and dashes and ASCII digits. A kit names its own addresses and
            phone numbers here, so that its passages keep them. The defaults hold beside them; an empty pattern
            under a default's name takes that one away.
        replace_patterns: label to regular expression (any case): the kit's own personal numbers.
        minimum_score: findings less sure than this, 0 to 1, are dropped.
        countries: whose postcodes, phone numbers and identity numbers to look for.
        retention_days: how long scrubbed conversations are kept.

    Example:
        >>> PrivacyPolicy(minimum_score=0.5).retention_days
        30
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    preset: Preset = "shop"
    entities: Entities = Entities()
    generalise: dict[str, How] = {}
    block: dict[str, str] = {}
    keep_patterns: dict[str, str] = Field(default_factory=lambda: dict(_KEEP_PATTERNS))
    replace_patterns: dict[str, str] = Field(default_factory=lambda: {"MEMBER_NUMBER": r"\bFC[ -]?\d{7}\b"})
    minimum_score: float = Field(default=0.4, ge=0, le=1)
    countries: tuple[Country, ...] = ("uk", "ie", "us", "ca", "au", "de", "fr")
    retention_days: int = Field(default=30, ge=1)

    @property
    def kept(self) -> frozenset[str]:
        """Labels whose values stay as they are; what is generalised or blocked is not among them."""
        return frozenset(self.entities.keep) - self.generalise.keys() - self.block.keys()

    @property
    def wanted(self) -> frozenset[str]:
        """All labels to look for."""
        return frozenset({*self.entities.replace, *self.entities.keep, *self.generalise, *self.block})

    @model_validator(mode="before")
    @classmethod
    def _with_preset(cls, given: Any) -> Any:
        order = tuple(dict.fromkeys((*_REPLACE, *get_args(Label))))
        return filled(given, order) if isinstance(given, Mapping) else given

    @model_validator(mode="after")
    def _of_known_labels(self) -> Self:
        known = {*get_args(Label), *self.replace_patterns}
        unknown = sorted((self.generalise.keys() | self.block.keys()) - known)
        both = sorted(self.generalise.keys() & self.block.keys())
        if unknown:
            raise ValueError(f"generalised or blocked, but never found: {', '.join(unknown)}")
        if both:
            raise ValueError(f"both generalised and blocked: {', '.join(both)}")
        return self

    @field_validator("keep_patterns")
    @classmethod
    def _with_defaults(cls, patterns: dict[str, str]) -> dict[str, str]:
        return {**_KEEP_PATTERNS, **patterns}

    @field_validator("keep_patterns", "replace_patterns")
    @classmethod
    def _sound(cls, patterns: dict[str, str]) -> dict[str, str]:
        import regex

        for name, pattern in patterns.items():
            try:
                compiled = regex.compile(pattern)
            except regex.error as error:
                raise ValueError(f"{name} is not a regular expression: {error}") from None
            if pattern and compiled.match("") is not None:
                raise ValueError(f"{name} matches the empty text")
        return patterns

    @field_validator("replace_patterns")
    @classmethod
    def _labelled(cls, patterns: dict[str, str]) -> dict[str, str]:
        for label in patterns:
            placeholder(label, 1)
        return patterns
