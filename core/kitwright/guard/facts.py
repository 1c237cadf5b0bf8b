"""Facts that can be checked by looking: numbers with their units, times, prices, dates, links, addresses.

A fact is a normalised key such as `£3.95` or `30 day`. Two wordings of one fact give one key.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from kitwright.guard.rules import FactKind
from kitwright.guard.spelled import in_figures
from kitwright.guard.words import without_placeholders


@dataclass(frozen=True, slots=True)
class Fact:
    """A checkable fact: its kind and its normalised value."""

    kind: FactKind
    key: str


_AMOUNT: Final = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_LIST_NUMBER: Final = re.compile(r"^\s*\d{1,2}[.)](?=\s)", re.M)
_EMAIL: Final = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_LINK: Final = re.compile(
    r"\b(?:https?://|www\.)[^\s<>()\"']+"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|co\.uk|example|io|ie)\b(?:/[^\s<>()\"']*)?",
    re.I,
)
_CURRENCIES: Final = r"pounds?|euros?|dollars?|gbp|eur|usd|quid|p(?!&)|pence"
_PRICE: Final = re.compile(
    rf"([£€$]|\b(?:gbp|eur|usd)\b)\s?({_AMOUNT})|(?<![\w.])({_AMOUNT})(?:\s?(£|€|\$)|[\s-]?({_CURRENCIES})\b)", re.I
)
_PHONE: Final = re.compile(
    r"(?<![\w£€$.,])(?:\+\d{1,3}[ -]?)?\(?\d{3,5}\)?[ -]\d{3,4}[ -]?\d{3,4}\b|(?<!\w)\+(?:[ -]?\(?\d\)?){8,14}\b"
)
_MONTHS: Final = (
    "january february march april may june july august september october november december".split()
)  # fmt: skip
_MONTH: Final = "|".join(f"{month[:3]}(?:{month[3:]})?" if month != "may" else month for month in _MONTHS) + "|sept"
_DATE: Final = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})\b\.?(?:,?\s+(?P<y1>\d{{4}})\b)?"
    rf"|\b(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>\d{{4}})\b)?"
    r"|\b(?P<y3>\d{4})-(?P<n3>\d{2})-(?P<d3>\d{2})(?!\d)"
    r"|\b(?P<d4>\d{1,2})[/.](?P<n4>\d{1,2})[/.](?P<y4>\d{4}|\d{2})\b",
    re.I,
)
_TIME: Final = re.compile(
    r"(?<![\w.:])(?P<h1>[01]?\d|2[0-4]):(?P<n1>[0-5]\d)(?::[0-5]\d)?(?!\d)(?:\s?(?P<half1>[ap])\.?m\b\.?)?"
    r"|(?<![\w.:])(?P<h2>1[0-2]|0?[1-9])(?:[.](?P<n2>[0-5]\d))?\s?(?P<half2>[ap])\.?m\b",
    re.I,
)
_CODE: Final = re.compile(r"\b(?=[A-Z0-9]*\d{2})[A-Z]{3,}[A-Z0-9]*\d[A-Z0-9]*\b")
_UNITS: Final = (
    r"working\s+days?|business\s+days?|calendar\s+days?|days?|weeks?|months?|years?|hours?|hrs?|minutes?|mins?|points?|"
    r"percent|per\s+cent|%|°\s?[cf]|degrees|cm|mm|kg|g|inch(?:es)?|instal?lments?|attempts?|items?|pieces?|times?|"
    r"shops?|stores?"
)
_NUMBER: Final = re.compile(rf"(?<![\w.])({_AMOUNT})(?:(?:st|nd|rd|th)\b)?(?:[\s-]?({_UNITS})(?![a-z]))?", re.I)
_SIGNS: Final = {
    "pound": "£", "gbp": "£", "quid": "£", "euro": "€", "eur": "€", "dollar": "$", "usd": "$"
}  # fmt: skip
_SAME_UNIT: Final = {
    "percent": "%", "per cent": "%", "business day": "working day", "calendar day": "day", "hr": "hour",
    "min": "minute", "inche": "inch", "installment": "instalment", "store": "shop", "degree": "°",
}  # fmt: skip


def facts_of(text: str, kinds: Iterable[FactKind]) -> frozenset[Fact]:
    """The facts of these kinds that a text states.

    Placeholders and the numbers of a list are not facts. Each stretch of text counts once: the 30 of "£30" is
    a price, not a number. Times, and codes such as SAVE20, count as numbers.

    Example:
        >>> sorted(f.key for f in facts_of("Within thirty days, for £3.95", ("number", "price")))
        ['30 day', '£3.95']
    """
    return _facts_of(text, frozenset(kinds))


@lru_cache(maxsize=4096)  # the same passages are looked at again and again
def _facts_of(text: str, wanted: frozenset[FactKind]) -> frozenset[Fact]:
    found: set[Fact] = set()
    rest = in_figures(_LIST_NUMBER.sub(" ", without_placeholders(text)), before=f"{_UNITS}|{_CURRENCIES}")
    for kind, pattern, key in _READERS:
        for match in pattern.finditer(rest):
            if kind in wanted:
                found.add(Fact(kind, key(match)))
        rest = pattern.sub(" ¦ ", rest)
    return frozenset(found)


def is_supported(fact: Fact, evidence: frozenset[Fact]) -> bool:
    """Whether the evidence states the fact.

    What says less is supported by what says more: a bare number by the same number with any unit, in a price
    or as the full hour of a time; degrees by degrees Celsius; a date by the same date with a year.
    """
    if fact in evidence:
        return True
    if fact.kind == "number" and _is_bare(fact.key):
        return any(fact.key in _amounts(other) for other in evidence)
    if fact.kind == "number" and fact.key.endswith("°"):
        return any(other.key.startswith(fact.key) for other in evidence if other.kind == "number")
    return fact.kind == "date" and any(other.key.startswith(f"{fact.key} ") for other in evidence)


def _is_bare(key: str) -> bool:
    return key.replace(".", "", 1).isdigit()


def _amounts(fact: Fact) -> frozenset[str]:
    """The bare numbers that a fact contains."""
    if fact.kind == "date":
        return frozenset(part for part in fact.key.split(" ") if part.isdigit())
    if fact.kind == "number" and fact.key.endswith(":00"):
        hour = int(fact.key.removesuffix(":00"))
        return frozenset({str(hour), str(hour % 12 or 12)})
    return frozenset({fact.key.lstrip("£€$").split(" ")[0]}) if fact.kind in ("number", "price") else frozenset()


def _plain_number(number: str) -> str:
    whole, _, decimals = number.replace(",", "").partition(".")
    decimals = decimals.rstrip("0")
    return f"{Decimal(whole):f}" + (f".{decimals}" if decimals else "")


def _price_key(match: re.Match[str]) -> str:
    before, after, behind, sign, word = match.groups()
    currency = (before or sign or word).lower()
    if currency in ("p", "pence"):
        pounds = Decimal(behind.replace(",", "")) / 100
        return "£" + _plain_number(f"{pounds:f}")
    return _SIGNS.get(currency.rstrip("s"), currency) + _plain_number(after or behind)


def _date_key(match: re.Match[str]) -> str:
    """Day, month in full, and year if it is given; days come first in 3/4/2026 unless they can not."""
    got = {name.rstrip("1234"): value.lower() for name, value in match.groupdict().items() if value}
    day, year = int(got["d"]), got.get("y", "")
    if "n" in got:
        number = int(got["n"])
        day, number = (number, day) if number > 12 else (day, number)
        if not 1 <= number <= 12:
            return match.group()
        month = _MONTHS[number - 1]
    else:
        month = next(name for name in _MONTHS if name.startswith(got["m"][:3]))
    return " ".join(part for part in (str(day), month, f"20{year}" if len(year) == 2 else year) if part)


def _time_key(match: re.Match[str]) -> str:
    hour, half = int(match["h1"] or match["h2"]), (match["half1"] or match["half2"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour}:{match['n1'] or match['n2'] or '00'}"


def _link_key(match: re.Match[str]) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", match.group().lower()).rstrip(".,;:!?*_/")


def _number_key(match: re.Match[str]) -> str:
    number, unit = _plain_number(match.group(1)), match.group(2)
    return f"{number} {_plain_unit(unit)}" if unit else number


def _plain_unit(unit: str) -> str:
    plain = re.sub(r"\s+", " ", unit.lower()).replace("° ", "°").rstrip("s")
    return _SAME_UNIT.get(plain, plain)


_READERS: Final[tuple[tuple[FactKind, re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    ("email", _EMAIL, lambda m: m.group().lower()),
    ("link", _LINK, _link_key),
    ("number", _CODE, lambda m: m.group().lower()),
    ("date", _DATE, _date_key),
    ("number", _TIME, _time_key),
    ("price", _PRICE, _price_key),
    ("phone", _PHONE, lambda m: re.sub(r"\D", "", m.group())),
    ("number", _NUMBER, _number_key),
)
