"""Times: when something was there, and how long for."""

import re
from collections.abc import Sequence
from typing import Final, Literal

from ..reading.lexicon import Mention
from ..reading.phrases import cues
from ..reading.tokens import Token

When = Literal["now", "resolved", "past"]

_PAST: Final = cues("past")
_RESOLVED: Final = cues("resolved")
_RECENT: Final = cues("not_past")
_UNITS: Final = {
    "second": 1 / 3600, "sec": 1 / 3600, "minute": 1 / 60, "min": 1 / 60, "hour": 1, "hr": 1, "day": 24, "night": 24,
    "week": 168, "wk": 168, "month": 730, "mth": 730, "year": 8760, "yr": 8760,
}  # fmt: skip
_COUNTS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "few": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "several": 5, "nine": 9, "ten": 10, "twelve": 12, "half": 0.5, "fortnight": 2,
}  # fmt: skip
_LENGTH: Final = re.compile(
    r"(?P<count>\d+(?:\.\d+)?|\b(?:a couple of|a few|an?|one|two|couple of|three|few|four|five|six|seven|eight|several|"
    r"nine|ten|twelve|half an?))(?:\s*(?:-|to|or)\s*(?P<more>\d+|two|three|four|five|six|seven))?\s*-?\s*"
    r"(?P<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|wks?|months?|mths?|years?|yrs?)\b"
    r"(?!\s*-?\s*(?:old|of age|pregnant|gone|gestation|postpartum))",
)
_SINCE: Final = {
    "just now": 0.2, "just started": 0.5, "this morning": 5, "this afternoon": 4, "this evening": 3, "tonight": 3,
    "today": 8, "last night": 14, "overnight": 10, "since yesterday": 24, "yesterday": 24, "the other day": 60,
    "the weekend": 72, "last week": 168, "fortnight": 336, "last month": 730, "all week": 120, "for ages": 1500,
    "since monday": 72, "since tuesday": 72, "since wednesday": 72, "since thursday": 72, "since friday": 72,
    "since saturday": 72, "since sunday": 72, "for weeks": 500, "for months": 2200, "for years": 17520, "for days": 96,
    "for hours": 6, "all day": 12, "all my life": 87600, "since childhood": 87600, "for a while": 500,
}  # fmt: skip


def when_of(tokens: Sequence[Token], mention: Mention) -> When:
    """When the mentioned finding was there: `past` is long over, `resolved` was there lately and is over."""
    sentence = tokens[mention.first].sentence
    begin = end = mention.first
    while begin and tokens[begin - 1].sentence == sentence:
        begin -= 1
    while end + 1 < len(tokens) and tokens[end + 1].sentence == sentence:
        end += 1
    before = max(begin, mention.first - 8)
    near = min(end, mention.last + 8)
    recent = {start for _, start in _RECENT.places(tokens, before - 1, mention.first)}
    past = [place for place in _PAST.places(tokens, before, near) if place[1] not in recent]
    if any(_counts(tokens, place, mention) for place in past):
        return "past"
    resolved = _RESOLVED.places(tokens, mention.first, end) or _RESOLVED.places(tokens, before, mention.first)
    if not resolved and end + 1 < len(tokens):
        resolved = [place for place in _RESOLVED.places(tokens, end + 1, end + 4) if _refers(tokens, end + 1, place)]
    return "resolved" if resolved else "now"


def _counts(tokens: Sequence[Token], place: tuple[int, int], mention: Mention) -> bool:
    """Whether a cue of the past belongs to the mention: nothing between them begins anew."""
    first, last = (place[1], mention.first) if place[1] < mention.first else (mention.last, place[0])
    between = {tokens[index].text for index in range(first + 1, last)}
    if place[0] > mention.last and tokens[place[0]].text in {"history", "previous", "prior", "pmh", "past", "hx"}:
        return False  # "chest pain, history of diabetes"
    return not between & {"but", "now", "today", ",", "again", "presents", "with", "since", "when"}


def _refers(tokens: Sequence[Token], begin: int, place: tuple[int, int]) -> bool:
    """Whether the next sentence starts with what is over: "It has gone now"."""
    return place[0] <= begin + 2 and tokens[begin].text in {
        "it",
        "that",
        "this",
        "they",
        "now",
        "all",
        "has",
        "went",
        "gone",
    }


def hours_of(text: str) -> float | None:
    """The longest time that a stretch of text names, in hours; None where it names none."""
    found = [hours for hours, _ in lengths_in(text)]
    return max(found, default=None)


def lengths_in(text: str) -> list[tuple[float, int]]:
    """Each length of time with the place of its first character; "this morning" only where no number is given."""
    lower = text.lower()
    found: list[tuple[float, int]] = []
    for match in _LENGTH.finditer(lower):
        count = _number(match["more"] or match["count"])
        unit = match["unit"].rstrip("s") if match["unit"] not in {"s"} else match["unit"]
        found.append((count * _UNITS.get(unit, 24), match.start()))
    if found:
        return found
    for words, hours in _SINCE.items():
        place = lower.find(words)
        if place >= 0:
            found.append((float(hours), place))
    return found


def _number(words: str) -> float:
    try:
        return float(words)
    except ValueError:
        last = words.removesuffix(" of").removesuffix(" an").removesuffix(" a").split()[-1]
        return float(_COUNTS.get(last, 1))
