"""Body height and weight in the ways people write them, as whole centimetres and kilograms."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from kitwright.nlu.candidate import Candidate

_CM_PER_INCH: Final = 2.54
_KG_PER_POUND: Final = 0.45359237
_POUNDS_PER_STONE: Final = 14
_HEIGHTS: Final = range(70, 231)
_WEIGHTS: Final = range(3, 301)
_PART: Final = r"\b(?:chest|bust|waist|hips?|head|inseam|leg|length|long|sleeves?|shoulders?|collar|neck|wide|width)\b"
_PART_BEFORE: Final = re.compile(rf"{_PART}[^.!?]{{0,15}}$", re.IGNORECASE)
_PART_AFTER: Final = re.compile(rf"\s*(?:around|round|in the|on the|for the|inside)?\s*{_PART}", re.IGNORECASE)

Reader = Callable[[re.Match[str]], float]


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,£$€#]){source}(?!\w|[.,]\d)", re.IGNORECASE)


def _feet(match: re.Match[str]) -> float:
    return (int(match[1]) * 12 + float(match[2] or 0)) * _CM_PER_INCH


def _stone(match: re.Match[str]) -> float:
    return (float(match[1]) * _POUNDS_PER_STONE + float(match[2] or 0)) * _KG_PER_POUND


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))


_HEIGHT: Final[tuple[tuple[re.Pattern[str], Reader], ...]] = (
    (_pattern(r"(\d{2,3}(?:[.,]5)?)\s*(?:cms?|centimet(?:re|er)s?)"), lambda m: _decimal(m[1])),
    (_pattern(r"([12][.,]\d{2})\s*(?:m|met(?:re|er)s?)"), lambda m: _decimal(m[1]) * 100),
    (_pattern(r"([12][.,]\d{2})(?=\s+(?:tall|high|height))"), lambda m: _decimal(m[1]) * 100),
    (_pattern(r"([12])\s?m\s?(\d{2})"), lambda m: int(m[1]) * 100 + int(m[2])),
    (
        _pattern(
            r"([3-7])\s*(?:'|\u2019|\u2032|ft\.?|feet|foot)\s*(?:(\d{1,2})(?:\s*(?:\"|\u201d|\u2033|''|ins?\b|inch(?:es)?))?)?"
        ),
        _feet,
    ),
    (_pattern(r"(1[3-9]\d|20\d)(?=\s+tall\b)"), lambda m: int(m[1])),
    (
        re.compile(
            r"\b(?:height|tall)\b(?:\s+(?:is|of|about|around|:))*[\s:]+(?P<value>1[3-9]\d|20\d)\b(?!\s*(?:kg|kilo|lb))",
            re.IGNORECASE,
        ),
        lambda m: int(m["value"]),
    ),
)
_WEIGHT: Final[tuple[tuple[re.Pattern[str], Reader], ...]] = (
    (_pattern(r"(\d{1,3}(?:[.,]\d)?)\s*(?:kgs?|kilos?|kilogram(?:me)?s?)"), lambda m: _decimal(m[1])),
    (
        _pattern(
            r"(?!(?:1|21|31)st\b)(\d{1,2}(?:\.5)?)\s*(?:stones?|st)(?:\s*(?:and\s+)?(\d{1,2})(?:\s*(?:lbs?|pounds?))?)?"
        ),
        _stone,
    ),
    (_pattern(r"(\d{2,3})\s*lbs?"), lambda m: int(m[1]) * _KG_PER_POUND),
    (
        re.compile(
            r"\bweigh(?:s|t)?\b(?:\s+(?:is|of|about|around|:))*[\s:]+(?P<value>\d{2,3})(?:\s*pounds)\b", re.IGNORECASE
        ),
        lambda m: int(m["value"]) * _KG_PER_POUND,
    ),
    (
        re.compile(
            r"\bweigh(?:s|t)?\b(?:\s+(?:is|of|about|around|:))*[\s:]+(?P<value>\d{2,3})\b(?!\s*(?:lb|pound|st))",
            re.IGNORECASE,
        ),
        lambda m: int(m["value"]),
    ),
)


def measure_entities(text: str) -> Iterator[Candidate]:
    """Heights (value in cm) and weights (value in kg), rounded; body parts' lengths are left alone."""
    for match, value in _found(text, _HEIGHT):
        other = _PART_BEFORE.search(text[: match.start()]) or _PART_AFTER.match(text, match.end())
        if value in _HEIGHTS and not other:
            yield _candidate(match, "height", value)
    for match, value in _found(text, _WEIGHT):
        if value in _WEIGHTS:
            yield _candidate(match, "weight", value)


def _found(text: str, readers: tuple[tuple[re.Pattern[str], Reader], ...]) -> Iterator[tuple[re.Match[str], int]]:
    for pattern, read in readers:
        for match in pattern.finditer(text):
            yield match, round(read(match))


def _candidate(match: re.Match[str], name: str, value: int) -> Candidate:
    group = "value" if "value" in match.re.groupindex else 0
    return Candidate(match.start(group), match.end(group), name, str(value), rank=2)
