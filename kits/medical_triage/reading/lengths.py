"""Lengths: values of findings that mean a length of time, by their names (`over_three_weeks`)."""

import re
from functools import lru_cache
from typing import Final

_COUNTS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10,
    "twelve": 12, "fifteen": 15, "20": 20, "12": 12, "48": 48, "24": 24, "72": 72,
}  # fmt: skip
_UNITS: Final = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.0, "year": 8760.0}
_DAY: Final = 24.0
_LONGEST_SPELL: Final = 72.0  # "for four months" is no spell of over fifteen minutes
_BOUND: Final = re.compile(r"^(over|under|within)_(\w+?)_(minute|hour|day|week|month|year)s?$")
_BAND: Final = re.compile(r"^(\w+?)_to_(\w+?)_(hour|day|week|month|year)s$")
_LOOSE: Final[dict[str, tuple[float, float]]] = {
    "few_days": (0, 170), "recent_days": (0, 240), "for_weeks": (336, 1e9), "weeks_or_more": (336, 1e9),
    "over_weeks": (336, 1e9), "two_weeks_or_more": (336, 1e9), "for_months": (1440, 1e9), "over_months": (1440, 1e9),
    "months": (1440, 1e9), "long_standing": (2200, 1e9), "long_lasting": (2200, 1e9), "for_years": (8760, 1e9),
}  # fmt: skip


@lru_cache(maxsize=4096)
def length_meant(value: str) -> tuple[float, float] | None:
    """The shortest and the longest time in hours that a value means, from its name; None where it means none."""
    if value in _LOOSE:
        return _LOOSE[value]
    bound = _BOUND.match(value)
    if bound and bound[2] in _COUNTS:
        hours = _COUNTS[bound[2]] * _UNITS[bound[3]]
        longest = _LONGEST_SPELL if hours < _DAY else 1e9
        return (hours, longest) if bound[1] == "over" else (0.0, hours)
    band = _BAND.match(value)
    if band and band[1] in _COUNTS and band[2] in _COUNTS:
        return _COUNTS[band[1]] * _UNITS[band[3]], _COUNTS[band[2]] * _UNITS[band[3]]
    return None


def fits(value: str, hours: float) -> bool:
    """Whether a length of time fits what a value means."""
    meant = length_meant(value)
    return meant is not None and meant[0] <= hours <= meant[1]
