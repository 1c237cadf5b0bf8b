"""Quasi-identifiers: what names nobody by itself and can, several together, fit one person only.

Found by patterns and by the word lists in `words/`, in English: ages, sex, places, occupations, conditions, origins,
households and dates that a person tells of themselves or their family. Values are already generalised (an age to ten
years, a date to its month, a postcode to its area), so that what is counted is what an export would show at best.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

QuasiKind = Literal["age", "sex", "place", "occupation", "condition", "origin", "household", "date"]

GENERALISE: Final[dict[QuasiKind, str]] = {
    "age": "say adult or child, or bands of twenty years",
    "sex": "leave it out where it does not matter to the answer",
    "place": "leave it out, or name the region or the country",
    "occupation": "name the field of work instead, such as health or transport",
    "condition": "name the group instead, such as a heart condition",
    "origin": "leave it out",
    "household": "leave it out",
    "date": "keep the year only",
}
"""Kind to what to do about it."""

_WORDS: Final = Path(__file__).parent / "words"
_I_AM: Final = r"(?:\bi(?:'m| am| was|m)|\b(?:he|she|who)(?:'s| is| was)|\bmy \w+(?:'s| is| was)) "
_MONTHS: Final = "january february march april may june july august september october november december".split()
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_TENS: Final = "twenties thirties forties fifties sixties seventies eighties nineties".split()
_FEMALE: Final = "woman|female|girl|lady|mother|mum|mom|wife|daughter|grandmother|sister|widow"
_MALE: Final = "man|male|boy|gentleman|father|dad|husband|son|grandfather|brother|widower"
_NOT_AN_AGE: Final = (
    r"(?!\s?(?:%|°|:|\d|[-/.,]\d|am\b|pm\b|cm|mm|m\b|kg|kilos?|lbs?|stone|st\b|ft|feet|inch|in\b|weeks?|months?|days?|"
    r"hours?|minutes?|mins?|pounds?|quid|miles?|km|percent|of\b|in (?:a |your )?(?:size|jeans|dress)|eu\b|uk\b|us\b))"
)

_AGE: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<age>\d{1,3})[ -]?(?:years?|yrs?)[ -]?(?:old|of age)\b",
        r"\b(?P<age>\d{1,3}) ?(?:yo|y/o|y\.o\.?)\b",
        r"\b(?:aged?|turn(?:ed|ing)?) (?P<age>\d{1,3})\b" + _NOT_AN_AGE,
        _I_AM + r"(?:only |now |just |nearly |almost |already )?(?P<age>[1-9]\d?|1[01]\d)\b" + _NOT_AN_AGE,
        r"\b(?P<age>[1-9]\d) ?(?:f|m|female|male)\b(?![\w'])",
        r"\b(?P<decade>" + "|".join(_TENS) + r")\b",
        r"\b(?:in|into) (?:my|his|her|their) (?:early |mid |mid-|late )?(?P<age>[2-9]0)s\b",
    )
)
_SEX: Final = tuple(
    (value, re.compile(pattern, re.IGNORECASE))
    for value, words, letter in (("female", _FEMALE, "f"), ("male", _MALE, "m"))
    for pattern in (
        _I_AM + rf"(?:an? (?:\w+[ -]){{0,2}}(?:{words})|{value})\b(?!')",
        rf"\b\d{{1,3}}[ -]?(?:years?|yrs?)?[ -]?(?:old|yo|y/o)?,? (?:{words})\b",
        rf"\b[1-9]\d ?{letter}\b(?!['\w])|(?<![\w'])\b{letter} ?/? ?[1-9]\d\b",
        rf"\bas an? (?:\w+ ){{0,2}}(?:{words})\b",
    )
)
_PREGNANT: Final = re.compile(
    r"\b(?:i'm|i am|im|my) (?:\d+ \w+ )?(?:pregnan\w+|breastfeeding|menopaus\w+|period)\b", re.IGNORECASE
)
_LIVES: Final = r"(?:i|we|he|she) (?:now |currently )?(?:live|work|stud)(?:s|y|ied|ed)?"
_DWELLS: Final = rf"(?:{_LIVES}|grew up|moved|born|living|based|from|outside|near|in)"
_PLACE: Final = re.compile(
    rf"\b(?i:{_DWELLS} (?:back |here )?(?:in |near |to |at |outside )?)"
    r"(?P<place>[A-Z][a-z'][\w'-]+(?:[ -](?:(?:upon|on|under|le)[ -])?[A-Z][\w'-]+){0,2})"
)
_NO_PLACE: Final = frozenset(
    [*"monday tuesday wednesday thursday friday saturday sunday black easter christmas order".split(), *_MONTHS]
)
_HOUSEHOLD: Final = re.compile(
    r"\b(?:twins|triplets|quadruplets|widow(?:ed|er)?|single (?:mum|mom|mother|dad|father|parent)|"
    r"foster (?:carer|parent)|divorced|adopted|"
    r"(?:mother|mum|mom|father|dad|parent) (?:of|to) (?:two|three|four|five|six|seven|eight|nine|ten|\d+))\b",
    re.IGNORECASE,
)
_DATES: Final = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?:[0-2]\d|3[01])\b"),
    re.compile(r"\b(?:[0-2]?\d|3[01])[/.](?P<month>0?[1-9]|1[0-2])[/.](?P<year>(?:19|20)?\d\d)\b"),
    re.compile(
        rf"\b(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?(?: of)? (?P<name>{_MONTH})\b(?:,? (?P<year>(?:19|20)\d\d))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<name>{_MONTH}) (?:[0-2]?\d|3[01])(?:st|nd|rd|th)?\b(?:,? (?P<year>(?:19|20)\d\d))?", re.IGNORECASE
    ),
)


class Quasi(NamedTuple):
    """A quasi-identifier: its kind and generalised value, e.g. `age`, `40-49`."""

    kind: QuasiKind
    value: str


def quasi_identifiers(text: str, *, places: Iterable[str] = ()) -> frozenset[Quasi]:
    """What a text tells of the person who wrote it.

    Args:
        text: everything that one person said.
        places: towns, postcodes and the like that the scrubber found in it.

    Example:
        >>> sorted(quasi_identifiers("I'm a 43-year-old midwife and I live in Leith"))[:2]
        [Quasi(kind='age', value='40-49'), Quasi(kind='occupation', value='midwife')]
    """
    plain = text.replace("\u2019", "'")
    found = {Quasi(kind, value) for kind, find in _FINDERS.items() for value in find(plain)}
    return frozenset(found | {Quasi("place", area(place)) for place in places})


def area(place: str) -> str:
    """A place as it is counted: a postcode's area, three digits of a ZIP code, and names in small letters."""
    compact = place.strip()
    british = re.fullmatch(r"([A-Za-z]{1,2})\d[A-Za-z\d]? ?\d[A-Za-z]{2}", compact)
    if british:
        return british[1].upper()
    digits = re.fullmatch(r"(\d{3})\d{1,2}(?:-\d{4})?", compact)
    return f"{digits[1]}xx" if digits else " ".join(compact.casefold().split())


def _ages(text: str) -> Iterator[str]:
    for pattern in _AGE:
        for match in pattern.finditer(text):
            said = match.groupdict()
            age = 10 * (_TENS.index(said["decade"].lower()) + 2) if said.get("decade") else int(said["age"])
            if age <= 115:
                yield "90 and over" if age >= 90 else f"{age // 10 * 10}-{age // 10 * 10 + 9}"


def _sexes(text: str) -> Iterator[str]:
    yield from (value for value, pattern in _SEX if pattern.search(text))
    if _PREGNANT.search(text):
        yield "female"


def _places(text: str) -> Iterator[str]:
    for match in _PLACE.finditer(text):
        if match["place"].split()[0].lower() not in _NO_PLACE:
            yield area(match["place"])


def _dates(text: str) -> Iterator[str]:
    for pattern in _DATES:
        for match in pattern.finditer(text):
            said = match.groupdict()
            name = said.get("name")
            month = int(said["month"]) if name is None else _month(name)
            yield f"{_year(said['year'])}-{month:02}" if said.get("year") else f"{month:02}"


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name.lower()[:3]))


def _year(said: str) -> str:
    return said if len(said) == 4 else f"{'19' if int(said) > 40 else '20'}{said}"


def _households(text: str) -> Iterator[str]:
    yield from (match[0].lower() for match in _HOUSEHOLD.finditer(text))


def _occupations(text: str) -> Iterator[str]:
    yield from (match["word"].lower() for match in _occupation().finditer(text))


def _conditions(text: str) -> Iterator[str]:
    yield from (match["word"].lower() for match in _condition().finditer(text))


def _origins(text: str) -> Iterator[str]:
    yield from (match["word"].lower() for match in _origin().finditer(text))


@cache
def _occupation() -> re.Pattern[str]:
    works = r"\b(?:work(?:s|ed|ing)? as|job (?:is|as)|profession:?|occupation:?|retired|train(?:ing|ed) as)"
    before = rf"(?:{_I_AM}(?:\d{{1,3}}(?:[ -]years?[ -]old)?,? (?:and )?)?an? |{works} (?:an? )?)(?:\S+ ){{0,2}}?"
    return re.compile(rf"{before}(?P<word>{_listed('occupations')})s?\b(?!')", re.IGNORECASE)


@cache
def _condition() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-])(?P<word>{_listed('conditions')})(?![\w-]| of\b)", re.IGNORECASE)


@cache
def _origin() -> re.Pattern[str]:
    person = r"(?: (?:woman|man|person|girl|boy|muslim|jew|family|descent|origin|heritage))?"
    return re.compile(
        rf"{_I_AM}(?:originally |half |an? )?(?P<word>{_listed('origins')}){person}(?=\s*(?:[.,;!?)]|and\b|but\b|\Z))",
        re.IGNORECASE,
    )


def _listed(name: str) -> str:
    """The words of a list as alternatives, the longest first."""
    words = (_WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_FINDERS: Final[dict[QuasiKind, Callable[[str], Iterator[str]]]] = {
    "age": _ages,
    "sex": _sexes,
    "place": _places,
    "occupation": _occupations,
    "condition": _conditions,
    "origin": _origins,
    "household": _households,
    "date": _dates,
}
