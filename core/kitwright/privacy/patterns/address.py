"""Street addresses and post boxes."""

from typing import Final

from kitwright.privacy.patterns.shape import Shape

_UNIT: Final = r"(?:(?:flat|apartment|apt|unit|suite)\s{1,2}\w{1,5},?\s{1,2})?"
_HOUSE: Final = r"(?<![\w#£$€.-])\d{1,5}[a-z]?(?:-\d{1,4})?,?\s{1,2}"
_SURE: Final = r"street|road|rd|avenue|ave|lane|crescent|terrace|gardens|grove|mews|boulevard|blvd|parade|highway"
_UNSURE: Final = r"st|row|drive|close|court(?!\s+shoe)|place|square|way|hill|park|walk|quay|parkway|dr|ct"
_COMMON: Final = r"(?!(?:on|the|in|my|at|for|of|to|from|and|a|an|this|your|down|off|per|by|is|are|or|days?)\b)"

ADDRESSES: Final[tuple[Shape, ...]] = (
    Shape(
        label="STREET_ADDRESS",
        name="capitalised street",
        regex=rf"\b{_UNIT}{_HOUSE}(?:(?-i:[A-Z])[\w'.]{{1,24}}[\s-]{{1,2}}){{1,3}}"
        rf"(?=(?-i:[A-Z]))(?:{_SURE}|{_UNSURE})\b",
        score=0.7,
    ),
    Shape(
        label="STREET_ADDRESS",
        name="street in any case",
        regex=rf"\b{_UNIT}{_HOUSE}(?:{_COMMON}[a-z][\w'.]{{1,24}}\s{{1,2}}){{1,2}}(?:{_SURE})\b",
        score=0.6,
    ),
    Shape(
        label="STREET_ADDRESS",
        name="street after a label",
        regex=r"\b(?:live at|live on|address(?:\s+is)?:?|deliver(?:ed)? to|send it to|post it to|moved to)\s{1,3}\K"
        rf"{_UNIT}{_HOUSE}(?:{_COMMON}[a-z][\w'.]{{1,24}}\s{{1,2}}){{1,3}}(?:{_SURE}|{_UNSURE})\b",
        score=0.7,
    ),
    Shape(label="STREET_ADDRESS", name="post box", regex=r"\bP\.?\s?O\.?\s?Box\s{1,2}\d{1,6}\b", score=0.7),
)
