"""Facts that can be checked by looking: numbers with their units, prices, dates, links, addresses.

A fact is a normalised key such as `price:£3.95` or `quantity:30 day`. Two wordings of one fact give one key.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from kitwright.guard.rules import FactKind


@dataclass(frozen=True, slots=True)
class Fact:
    """A checkable fact: its kind and its normalised value."""

    kind: FactKind
    key: str


_LINK: Final = re.compile(
    r"\b(?:https?://|www\.)[^\s<>()\"']+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|co\.uk|example|io|ie)\b(?:/\S*)?",
    re.I,
)
_EMAIL: Final = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_PLACEHOLDER: Final = re.compile(r"<[A-Z][A-Z_]*_\d+>")
_PRICE: Final = re.compile(
    r"([£€$])\s?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s?(pounds?|euros?|dollars?|gbp|eur|usd|quid)\b", re.I
)
_PHONE: Final = re.compile(r"(?<![\d£€$.,])(?:\+\d{1,3}[ -]?)?\(?\d{3,5}\)?[ -]\d{3,4}[ -]?\d{3,4}\b")
_MONTHS: Final = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATE: Final = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTHS})\b|\b({_MONTHS})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"|\b(\d{4}-\d{2}-\d{2})\b|\b(\d{1,2}[/.]\d{1,2}[/.]\d{2,4})\b",
    re.I,
)
_UNITS: Final = (
    r"working\s+days?|business\s+days?|days?|weeks?|months?|years?|hours?|minutes?|points?|percent|per\s+cent|%|"
    r"°\s?[cf]|degrees|cm|mm|kg|g|inch(?:es)?|instal?lments?|attempts?|items?|pieces?|times?|shops?|stores?"
)
_NUMBER: Final = re.compile(
    rf"(?<![\w.])(\d[\d,]*(?:\.\d+)?)(?:(?:st|nd|rd|th)\b)?(?:[\s-]?({_UNITS})(?![a-z]))?", re.I
)
_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_TENS: Final = {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90", "hundred": "100"}
_WORDS: Final = {word: str(value) for value, word in enumerate(_SMALL.split())} | _TENS
_SPELLED: Final = re.compile(rf"\b({'|'.join(_WORDS)})\b(?=[\s-]+(?:{_UNITS})(?![a-z]))", re.I)
_CURRENCY: Final = {"pound": "£", "gbp": "£", "quid": "£", "euro": "€", "eur": "€", "dollar": "$", "usd": "$"}


def facts_of(text: str, kinds: Iterable[FactKind]) -> frozenset[Fact]:
    """The facts of these kinds that a text states.

    Placeholders are not facts. Each stretch of text counts once: the 30 of "£30" is a price, not a number.

    Example:
        >>> sorted(f.key for f in facts_of("Within thirty days, for £3.95", ("number", "price")))
        ['30 day', '£3.95']
    """
    wanted = set(kinds)
    found: set[Fact] = set()
    rest = _SPELLED.sub(lambda m: _WORDS[m.group(1).lower()], _PLACEHOLDER.sub(" ", text))
    for kind, pattern, key in _READERS:
        for match in pattern.finditer(rest):
            if kind in wanted:
                found.add(Fact(kind, key(match)))
        rest = pattern.sub(" ¦ ", rest)
    return frozenset(found)


def is_supported(fact: Fact, evidence: frozenset[Fact]) -> bool:
    """Whether the evidence states the fact; a bare number is supported by the same number with any unit."""
    if fact in evidence:
        return True
    if fact.kind == "number" and " " not in fact.key:
        return any(_amount(other.key) == fact.key for other in evidence if other.kind in ("number", "price"))
    return False


def _amount(key: str) -> str:
    return key.lstrip("£€$").split(" ")[0]


def _plain_number(number: str) -> str:
    value = float(number.replace(",", "").rstrip("."))
    return str(int(value)) if value.is_integer() else f"{value:.2f}"


def _price_key(match: re.Match[str]) -> str:
    if match.group(1):
        return match.group(1) + _plain_number(match.group(2))
    return _CURRENCY[match.group(4).lower().rstrip("s")] + _plain_number(match.group(3))


def _date_key(match: re.Match[str]) -> str:
    day, month = match.group(1) or match.group(4), match.group(2) or match.group(3)
    return f"{int(day)} {month.lower()}" if month else match.group(5) or match.group(6)


def _number_key(match: re.Match[str]) -> str:
    number, unit = _plain_number(match.group(1)), match.group(2)
    return f"{number} {_plain_unit(unit)}" if unit else number


def _plain_unit(unit: str) -> str:
    plain = re.sub(r"\s+", " ", unit.lower())
    if plain in ("percent", "per cent"):
        return "%"
    plain = plain.replace("business", "working").replace("installment", "instalment").replace("stores", "shops")
    return "inch" if plain.startswith("inch") else plain if plain == "degrees" else plain.rstrip("s")


_READERS: Final[tuple[tuple[FactKind, re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    ("email", _EMAIL, lambda m: m.group().lower()),
    ("link", _LINK, lambda m: m.group().lower().rstrip(".,;:!?")),
    ("price", _PRICE, _price_key),
    ("phone", _PHONE, lambda m: re.sub(r"\D", "", m.group())),
    ("date", _DATE, _date_key),
    ("number", _NUMBER, _number_key),
)
