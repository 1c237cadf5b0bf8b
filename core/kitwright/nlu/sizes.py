"""Clothing sizes in the ways people write them: letters, numbers with a country, ages, waist and leg.

A size is often a single letter or a small number, so each form asks for its own evidence around it.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from kitwright.nlu.candidate import Candidate

_WORDS: Final = {
    "xx-small": "XXS", "extra small": "XS", "x small": "XS", "small": "S", "medium": "M", "large": "L", "x large": "XL",
    "extra large": "XL", "xx large": "2XL", "double extra large": "2XL", "extra extra large": "2XL",
    "2x large": "2XL", "3x large": "3XL", "triple extra large": "3XL", "xxl": "2XL", "xxxl": "3XL",
    "double xl": "2XL", "triple xl": "3XL",
}  # fmt: skip
_NUMBERS: Final = {
    "six": "6", "eight": "8", "ten": "10", "twelve": "12", "fourteen": "14", "sixteen": "16", "eighteen": "18",
    "twenty": "20", "twenty two": "22",
}  # fmt: skip
_LETTER: Final = r"(?:xxs|xs|[sml]|[23]\s?xl|x{1,3}l)"
_LONG: Final = (
    r"(?:(?:extra[\s-]?){1,2}(?:small|large)|(?:[23]?x|xx)[\s-]?(?:small|large)|"
    r"(?:double|triple)\s(?:extra[\s-]large|xl))"
)
_NUMBER: Final = r"(?:[4-9]|[1-5]\d)(?:\.5)?"
_USUAL_NUMBER: Final = r"(?:[68]|1[02468]|2[02]|3[0-9]|4[0-4])"  # women's sizes and waists
_NOT_A_SIZE: Final = (
    r"(?!\w|[.,:]\d|['\u2019&%/-]\w|\s*[%\u00b0£€]|\s*(?:am\b|pm\b|o'?clock|percent|degrees|days?|weeks?|months?|years?|yrs?|"
    r"hours?|hrs?|min(?:ute)?s?|seconds?|working|business|pounds?|quid|euros?|cms?|kgs?|kilos?|mm|inch|items?|pieces?|"
    r"pcs|parcels?|orders?|times|people|pairs?|packs?|miles?|points|vouchers?|gift|off\b|of\b|st\b|stone|ft\b|lbs?)\b)"
)
_CHANGE: Final = r"\b(?:chang|swap|exchang|size)\w*\b[^.!?]*?(?<![\w.,-])"
_SPOKEN: Final = (
    r"(?:an?|the|my|size|sized|in|from|to|into|for|get|got|take|took|want|need|wear|wearing|order(?:ed)?|"
    r"usually|normally)"
)
_END: Final = (
    r"(?=\s*(?:$|[.,!?;:)/])|\s+(?:and|or|to|but|is|was|in|for|instead|please|pls|plz|fit|by|from|not|if|as|size|"
    r"when|because|then|would|will|left|available|rather|than)\b)"
)


def _compiled(source: str, *, exact_case: bool = False) -> re.Pattern[str]:
    return re.compile(source, re.NOFLAG if exact_case else re.IGNORECASE)


_FORMS: Final[tuple[re.Pattern[str], ...]] = (
    _compiled(r"\bw\s?(?P<waist>[234]\d)\s?[/x,]?\s?l\s?(?P<leg>[23]\d)\b"),
    _compiled(r"\b(?P<waist>[234]\d)\s?w\s?[/x,]?\s?(?P<leg>[23]\d)\s?l\b"),
    _compiled(r"(?<![\w/.-])(?P<waist>2[6-9]|3\d|4[0-4])\s?[/x]\s?(?P<leg>2[8-9]|3[0-6])(?![\w/.-])"),
    _compiled(r"\bages?\s+(?P<young>\d{1,2})\s?(?:-|\u2013|to)\s?(?P<old>\d{1,2})\b(?:\s?(?:years?|yrs?|y)\b)?"),
    _compiled(r"(?<![\w/-])(?P<young>\d{1,2})\s?(?:-|\u2013|to)\s?(?P<old>\d{1,2})\s?(?:years?|yrs?|y)\b"),
    _compiled(rf"(?<![\w/.-])(?P<young>\d{{1,2}})[-\u2013](?P<old>\d{{1,2}}){_NOT_A_SIZE}"),
    _compiled(rf"\b(?P<country>uk|eu|us|eur|french|german|italian)\s?(?:size\s?)?(?P<number>{_NUMBER}){_NOT_A_SIZE}"),
    _compiled(rf"\bsizes?\s(?P<size>{_LONG}|small|medium|large|{_LETTER}|{'|'.join(_NUMBERS)}|{_NUMBER}){_NOT_A_SIZE}"),
    _compiled(rf"\bsize(?P<size>{_LONG}|xx?s|[23]\s?xl|x{{1,3}}l|[ml]|{_NUMBER}){_NOT_A_SIZE}"),
    _compiled(r"\b[Ss](?i:ize)(?P<size>S)\b", exact_case=True),
    _compiled(rf"(?<![\w'\u2019&/-])(?P<size>{_LONG}|medium|xx?s|[23]\s?xl|x{{1,3}}l)(?![\w'\u2019&-])"),
    _compiled(r"(?<![\w'\u2019&.-])(?P<size>[SML])(?![\w'\u2019&-]|\.\w)", exact_case=True),
    _compiled(rf"\b{_SPOKEN}\s(?P<size>small|large){_END}"),
    _compiled(rf"\b(?:in|in an?|the|to an?|for an?|or an?)\s(?P<size>[sml]){_END}"),
    _compiled(
        rf"^\W*(?:(?:an?|the|in)\s)?(?P<size>small|medium|large|{_LETTER}|{_NUMBER})(?:\s(?:please|pls|thanks))?\W*$"
    ),
    _compiled(rf"\b(?:an?|women'?s|ladies|men'?s)\s(?P<size>{_USUAL_NUMBER}){_NOT_A_SIZE}"),
    _compiled(rf"\b(?:in|waist|leg|bust|usually|normally|wear|take)\s(?P<size>{_USUAL_NUMBER}){_NOT_A_SIZE}{_END}"),
    _compiled(r"(?<![\w.,-])(?P<size>2[6-9]|3[0-9]|4[0-4])(?=\s(?:waist|leg)\b)"),
    _compiled(
        rf"\b{_USUAL_NUMBER}\s(?:or|and)\s(?:an?\s)?(?P<size>{_USUAL_NUMBER})\b(?=\s(?:in|for)\s(?:the|this|your)\b)"
    ),
    _compiled(
        rf"(?<![\w.,-])(?P<size>{_USUAL_NUMBER})(?=\s(?:or|and)\s(?:an?\s)?{_USUAL_NUMBER}\s(?:in|for)\s(?:the|this|your)\b)"
    ),
    _compiled(
        rf"\bfrom\s(?:an?\s)?(?P<size>{_LETTER}|{_NUMBER}|small|large)(?=\s(?:to|for|into)\s(?:an?\s)?(?:{_LETTER}|{_NUMBER}|small|large)\b){_NOT_A_SIZE}"
    ),
    _compiled(
        rf"\b(?:{_LETTER}|{_NUMBER}|small|medium|large)\s(?:to|for|into)\s(?:an?\s)?(?P<size>{_LETTER}|small|large){_END}"
    ),
    _compiled(rf"{_CHANGE}(?P<size>{_USUAL_NUMBER})(?=\s(?:to|for|into)\s(?:an?\s)?{_USUAL_NUMBER}{_NOT_A_SIZE})"),
    _compiled(rf"{_CHANGE}{_USUAL_NUMBER}\s(?:to|for|into)\s(?:an?\s)?(?P<size>{_USUAL_NUMBER}){_NOT_A_SIZE}"),
)
_OPENING: Final = re.compile(r"\b(?:open|close[sd]?|opening|hours|o'?clock|[ap]m)\b", re.IGNORECASE)


def size_entities(text: str) -> Iterator[Candidate]:
    """Sizes, normalised: `M`, `2XL`, `12`, `EU 38`, `5-6`, waist and leg as `32/34`."""
    hours = _OPENING.search(text) is not None
    for form in _FORMS:
        for match in form.finditer(text):
            groups = {name: value for name, value in match.groupdict().items() if value is not None}
            value = next(reader(groups) for name, reader in _READERS.items() if name in groups)
            numeric = "size" in groups and groups["size"].isdigit() and "size" not in match[0].lower().split()[0]
            if value is not None and not (hours and numeric):
                group: int | str = "size" if "size" in groups else 0
                yield Candidate(match.start(group), match.end(group), "size", value, rank=3)


def _age(groups: dict[str, str]) -> str | None:
    young, old = int(groups["young"]), int(groups["old"])
    return f"{young}-{old}" if old == young + 1 and 2 <= young <= 13 else None


def _country(groups: dict[str, str]) -> str:
    country = groups["country"].upper()
    return groups["number"] if country == "UK" else f"{country.replace('EUR', 'EU')} {groups['number']}"


def _plain(groups: dict[str, str]) -> str:
    said = re.sub(r"[\s-]+", " ", groups["size"].lower())
    tight = said.replace(" ", "").upper()
    return _WORDS.get(said) or _NUMBERS.get(said) or _WORDS.get(tight.lower()) or tight


_READERS: Final[dict[str, Callable[[dict[str, str]], str | None]]] = {
    "waist": lambda groups: f"{groups['waist']}/{groups['leg']}",
    "young": _age,
    "country": _country,
    "size": _plain,
}
