"""What a kit scrubs and what it keeps: the `privacy.yaml` of a kit, with defaults for any domain, which are strict."""

from collections.abc import Mapping
from typing import Any, Final, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from kitwright.privacy.generalise import How
from kitwright.privacy.presets import Preset, filled, with_defaults
from kitwright.types import placeholder

Country = Literal["au", "ca", "de", "fr", "ie", "in", "uk", "us"]

Label = Literal[
    "ABA_ROUTING_NUMBER",
    "AGE",
    "AU_MEDICARE",
    "AU_POSTCODE",
    "AU_TFN",
    "CA_POSTAL_CODE",
    "CA_SIN",
    "CITY",
    "CREDIT_CARD",
    "DATE_OF_BIRTH",
    "DATE_TIME",
    "DEVICE_ID",
    "DE_PLZ",
    "DE_SOCIAL_SECURITY",
    "DE_TAX_ID",
    "EMAIL_ADDRESS",
    "FACILITY",
    "FINANCE",
    "FR_NIR",
    "FR_POSTCODE",
    "IBAN_CODE",
    "ID",
    "IE_EIRCODE",
    "IE_PPS",
    "IN_AADHAAR",
    "IN_PAN",
    "IN_PIN_CODE",
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
    "POSTCODE",
    "PRESCRIPTION_NUMBER",
    "REGION",
    "SECRET",
    "STREET_ADDRESS",
    "SWIFT_CODE",
    "UK_DRIVING_LICENCE",
    "UK_NHS",
    "UK_NINO",
    "UK_PASSPORT",
    "UK_POSTCODE",
    "UK_SORT_CODE",
    "URL",
    "USERNAME",
    "US_BANK_NUMBER",
    "US_DRIVER_LICENSE",
    "US_ITIN",
    "US_MBI",
    "US_NPI",
    "US_SSN",
    "US_ZIP_CODE",
    "VEHICLE_PLATE",
    "VIN",
]
"""What can be found; Presidio's names where it has one. CITY, REGION, LOCATION, POSTCODE, ID, FINANCE, NRP and
ORGANIZATION need a tagger."""

_REPLACE: Final[tuple[Label, ...]] = (
    "SECRET",
    "EMAIL_ADDRESS",
    "CREDIT_CARD",
    "IBAN_CODE",
    "UK_NHS",
    "US_SSN",
    "US_ITIN",
    "UK_NINO",
    "US_MBI",
    "CA_SIN",
    "AU_MEDICARE",
    "AU_TFN",
    "IE_PPS",
    "DE_TAX_ID",
    "DE_SOCIAL_SECURITY",
    "FR_NIR",
    "IN_AADHAAR",
    "IN_PAN",
    "MEDICAL_RECORD_NUMBER",
    "PRESCRIPTION_NUMBER",
    "DATE_OF_BIRTH",
    "UK_PASSPORT",
    "UK_DRIVING_LICENCE",
    "US_DRIVER_LICENSE",
    "US_BANK_NUMBER",
    "UK_SORT_CODE",
    "ABA_ROUTING_NUMBER",
    "SWIFT_CODE",
    "DEVICE_ID",
    "VIN",
    "VEHICLE_PLATE",
    "MEMBER_NUMBER",
    "PHONE_NUMBER",
    "IP_ADDRESS",
    "MAC_ADDRESS",
    "USERNAME",
    "PERSON",
    "STREET_ADDRESS",
    "UK_POSTCODE",
    "IE_EIRCODE",
    "US_ZIP_CODE",
    "CA_POSTAL_CODE",
    "AU_POSTCODE",
    "DE_PLZ",
    "FR_POSTCODE",
    "IN_PIN_CODE",
    "POSTCODE",
    "US_NPI",
    "MEDICAL_LICENSE",
    "AGE",
    "FACILITY",
    "CITY",
    "REGION",
    "LOCATION",
    "ID",
    "FINANCE",
    "URL",
    "DATE_TIME",
)
_KEEP: Final[tuple[Label, ...]] = ("ORDER_NUMBER", "ORGANIZATION", "NRP")


class Entities(BaseModel):
    """Which kinds of findings become placeholders and which stay.

    A kit that gives only one of the lists adds it to that list's defaults and takes its labels out of the other.

    Args:
        replace: labels that are hidden; where two findings are equally sure and long, the earlier label names it.
        keep: labels that stay; they are looked for all the same, so that a labelled "order" beats a weak "phone".

    Example:
        >>> "CITY" in Entities(keep=("CITY",)).replace
        False
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    replace: tuple[Label, ...] = _REPLACE
    keep: tuple[Label, ...] = _KEEP

    @model_validator(mode="before")
    @classmethod
    def _moved(cls, given: Any) -> Any:
        return with_defaults(given, replace=_REPLACE, keep=_KEEP)

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
            is a SECRET that is called one. They see straight quotes and dashes and ASCII digits. A kit names its
            own addresses and phone numbers here, so that its passages keep them. An empty pattern under the name
            of what is kept by itself, such as `money` or `eponyms`, takes that away.
        keep_terms: products, brands and other words of the domain that stay, in any case and spelling of 's. They
            win over learned and weak findings only.
        keep_lists: files of such terms, one a line, in the kit's folder.
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
    keep_patterns: dict[str, str] = Field(default_factory=dict)
    keep_terms: tuple[str, ...] = ()
    keep_lists: tuple[str, ...] = ()
    replace_patterns: dict[str, str] = Field(default_factory=dict)
    minimum_score: float = Field(default=0.4, ge=0, le=1)
    countries: tuple[Country, ...] = ("uk", "ie", "us", "ca", "au", "de", "fr", "in")
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
