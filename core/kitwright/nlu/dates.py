"""Dates in the ways people write them, as ISO days; dateparser resolves what stands here for a stretch that is one.

Its own search takes "may I" for a month and "a 14" for a year, so the stretches are found by their form. Periods that
are no day ("last week", "in May") are left alone.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from kitwright.nlu.candidate import Candidate

_DAY: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SHORT_DAY: Final = r"(?:mon|tues?|wed|thur?s?|fri|sat|sun)"
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_NTH: Final = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL: Final = rf"{_NTH}(?:st|nd|rd|th)"
_YEAR: Final = r"(?:(?:19|20)\d\d)"
_COUNT: Final = (
    r"(?:\d{1,3}|an?|a\scouple(?:\sof)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twenty|thirty)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_UNIT: Final = r"(?:days?|weeks?|wks?|fortnights?|months?|years?|yrs?)"
_FORMS: Final = (
    rf"{_YEAR}-\d\d-\d\d",
    rf"{_NTH}(?P<mark>[/.-])(?:1[0-2]|0?[1-9])(?P=mark)(?:{_YEAR}|\d\d)",
    rf"(?:{_DAY},?\s)?(?:the\s)?{_NTH}(?:st|nd|rd|th)?\s?(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?",
    rf"(?:{_DAY},?\s)?{_MONTH}\s(?:the\s)?{_NTH}(?:st|nd|rd|th)?(?:,?\s{_YEAR})?",
    r"(?:the\s)?day\s(?:before\syesterday|after\stomorrow)",
    r"today|yesterday|tomorrow|tonight|last\snight|this\s(?:morning|afternoon|evening)",
    rf"{_COUNT}\s{_UNIT}\sago",
    rf"in\s{_COUNT}\s{_UNIT}(?:\stime)?",
    rf"(?:last|next|this)\s(?:{_DAY}|{_SHORT_DAY})",
    rf"(?<=\bon\s){_SHORT_DAY}",
    _DAY,
    rf"(?:(?<=\bon\s)|(?<=\bby\s)|(?<=\bsince\s)|(?<=\buntil\s)|(?<=\btill\s)|(?<=\bbefore\s)|(?<=\bafter\s))"
    rf"the\s{_ORDINAL}|the\s{_ORDINAL}(?=\s*(?:$|[.,;!?)]))",
)
_STRETCH: Final = re.compile(rf"(?<![\w/.-])(?:{'|'.join(_FORMS)})(?!\w|[/.-]\d)", re.IGNORECASE)
_HINT: Final = re.compile(r"day|night|ago|morning|noon|evening|\d|on\s|last|next|in\s|this", re.IGNORECASE)
_ALIASES: Final = (
    (re.compile(r"\ba couple(?: of)?\b"), "2"),
    (re.compile(r"\bwks?\b"), "weeks"),
    (re.compile(r"\byrs?\b"), "years"),
    (re.compile(r"\b(?:tonight|this (?:morning|afternoon|evening))\b"), "today"),
    (re.compile(r"\blast night\b"), "yesterday"),
    (re.compile(r"^(?:on|the) | time$|\bthe "), ""),
    (re.compile(r"\bwed\b"), "wednesday"),
)
_WITH_YEAR: Final = re.compile(rf"{_YEAR}|[/.-]\d\d$")
_NEAR: Final = 60  # characters in which a word before a day tells whether it lies ahead
_CUE: Final = re.compile(
    r"\b(?:(?P<future>by|until|till|before|for|will|won'?t|can|could|shall|next|need|want|going to|gonna|'ll)|"
    r"(?P<past>\w+ed|came|got|bought|was|were|sent|went|had|did|made|paid|since|last|said|told|gone|took))\b",
    re.IGNORECASE,
)


def date_entities(text: str, now: datetime) -> Iterator[Candidate]:
    """Days, normalised to ISO (`2026-11-05`), day before month.

    A day without a year, or a weekday, lies ahead or behind as the words before it tell, else where it is nearer.

    Args:
        text: the message.
        now: what relative dates are counted from.
    """
    if not _HINT.search(text):
        return
    for match in _STRETCH.finditer(text):
        cues = [cue.lastgroup for cue in _CUE.finditer(text, max(0, match.start() - _NEAR), match.start())]
        day = _resolved(match[0], now, cues[-1] if cues else None)
        if day is not None:
            yield Candidate(match.start(), match.end(), "date", day, rank=2)


def _resolved(said: str, now: datetime, direction: str | None) -> str | None:
    """The day, or None where there is no such day (30 February)."""
    said = " ".join(said.lower().replace(",", " ").split())
    for pattern, word in _ALIASES:
        said = pattern.sub(word, said)
    if _WITH_YEAR.search(said):
        direction = "current_period"
    directions = ("past", "future") if direction is None else (direction,)
    days = [day for one in directions if (day := _parsed(said, now, one)) is not None]
    return min(days, key=lambda day: abs(day - now.date())).isoformat() if days else None


def _parsed(said: str, now: datetime, direction: str) -> date | None:
    from dateparser import parse

    settings = {"DATE_ORDER": "DMY", "RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": direction}
    found: datetime | None = parse(said, languages=["en"], settings=settings)
    if found is None:
        return None
    day = found.date()
    if re.fullmatch(_ORDINAL, said):  # dateparser keeps to the month of today
        if direction == "future" and day < now.date():
            return _parsed(said, now.replace(day=1) + timedelta(days=31), "current_period")
        if direction == "past" and day > now.date():
            return _parsed(said, now.replace(day=1) - timedelta(days=1), "current_period")
    return day
