"""Ages: how old somebody is by what a message says, and words that only one sex says of its own body."""

import re
from typing import Final, Literal

_COUNT: Final = r"(?P<count>\d{1,3}(?:\.5)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_UNIT: Final = r"(?P<unit>days?|weeks?|wks?|months?|mths?|mo|years?|yrs?|y)"
_SHORT_UNIT: Final = r"(?P<unit>days?|weeks?|wks?|months?|mths?|years?|yrs?)"
_YOUNG: Final = r"(?:baby|babe|newborn|infant|toddler|bub|little one|son|daughter|boy|girl|twins?|he|she)"
_IS: Final = r"(?:i am|i'm|im|(?:he|she|who) is|he's|hes|she's|shes|who's|is|turned|just turned|being)"
_NO_AGE: Final = r"(?!\s*(?:/|%|°|weeks|days|hours|months|kg|lb|st\b|c\b|f\b|pregnan))"
_AFTER_AGE: Final = r"(?=\s*(?:,|\.|and\b|year|yrs|male|female|man|woman|with|but|so|$|now\b|\())"
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_COUNT}[\s-]*{_UNIT}[\s-]*(?:old|of age|o\b)",
        r"\b(?P<count>\d{1,3})\s*-?\s*(?:yo|y\.o\.?|y/o|yrs?old)\b",
        rf"\b(?:aged?|age is|age:)\s*{_COUNT}\s*{_UNIT}?\b",
        rf"\b{_IS}\s*,?\s*(?P<count>\d{{1,3}}){_AFTER_AGE}{_NO_AGE}",
        r"(?:^|[\s(,])(?:(?P<before>[mf])\s*/?\s*(?P<count>\d{1,3}))(?=[\s),.:;]|$)",
        r"(?:^|[\s(,])(?:(?P<count>\d{1,3})\s*/?\s*(?P<behind>[mf]))(?=[\s),.:;]|$)",
        r"\bin (?:my|her|his) (?:early |mid |late |mid-|late-)?(?P<decade>\d)0s\b",
        r"\b(?P<count>\d{1,3})[- ](?:year|yr)s?\b(?!\s*(?:ago|history|now|later|of\b|pack|and))",
        r"\b[a-z]+ \((?P<count>\d{1,3})(?:\s*(?:yrs?|years?|yo|y/o))?\)",
        r"\bmy (?P<count>\d{1,2}) ?(?P<unit>month|mo|mth)s?\b(?! ago)",
        rf"\b{_YOUNG}(?:'s|s| is| are|,)? (?:only |just |about |now |nearly )*{_COUNT} ?-?{_SHORT_UNIT}\b(?! ago)",
        rf"\b{_COUNT} ?-?{_SHORT_UNIT}[\s-]+(?:baby|boy|girl|son|daughter|infant|newborn|twins?)\b",
    )
)
_SHORT: Final = _FORMS[4:6]
_PER_MONTH: Final = {"d": 1 / 30.4, "w": 1 / 4.35, "m": 1.0, "y": 12.0}
_NUMBERS: Final = "one two three four five six seven eight nine ten eleven twelve"
_WORDS: Final = {word: number for number, word in enumerate(_NUMBERS.split(), start=1)}
_NEWBORN: Final = re.compile(r"\b(?:newborn|neonate)\b", re.IGNORECASE)
_NEWBORN_MONTHS: Final = 0.3
_OLDEST: Final = 120 * 12

FEMALE_ONLY: Final = re.compile(
    r"\b(?:pregnan\w*|my periods?|my vagina\w*|gave birth|menopaus\w*|uterus|gravida|postpartum|my womb|"
    r"breastfeeding)\b",
    re.IGNORECASE,
)
MALE_ONLY: Final = re.compile(
    r"\bmy (?:penis|testic\w*|balls|scrotum|prostate|foreskin|willy|bollock\w*)\b", re.IGNORECASE
)


def age_in(text: str) -> float | None:
    """The age that a message gives first, in months; None where it gives none."""
    best: tuple[int, float] | None = None
    for form in _FORMS:
        match = form.search(text)
        months = _months(match) if match else None
        if match and months is not None and months <= _OLDEST and (best is None or match.start() < best[0]):
            best = (match.start(), months)
    if best:
        return best[1]
    return _NEWBORN_MONTHS if _NEWBORN.search(text) else None


def sex_beside_age(text: str) -> Literal["female", "male"] | None:
    """The sex of "34f" and "M 61"."""
    for form in _SHORT:
        match = form.search(text)
        if match:
            letter = match.groupdict().get("before") or match.groupdict().get("behind") or ""
            return "female" if letter.lower() == "f" else "male"
    return None


def _months(match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    if groups.get("decade"):
        return (int(groups["decade"]) * 10 + 5) * 12.0
    count = groups["count"].lower()
    number = float(_WORDS.get(count, 0) or count)
    return number * _PER_MONTH[(groups.get("unit") or "year")[0].lower()]
