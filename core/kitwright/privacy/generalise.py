"""Values made coarser instead of hidden: an age as a band, a date as its year, a postcode as its area.

What comes out is plain text such as "aged 90 or over", "a day in 2024" or "the BS1 area", which a model reads as what
it is; it is never restored, since it stands for nobody. What can not be read surely is hidden like any other value.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, Literal

How = Literal["age_band", "over_89", "year", "month", "region"]
"""Age in bands of ten years, or only where it is over 89; a date's year or month; the first part of a postcode."""

_OLD: Final = 90
_BAND: Final = 10
_AGE: Final = re.compile(
    r"\W*(?:aged?\W*)?(\d{1,3})(?:[\s-]*(?:years?|yrs?|y\W?o\b|(months?|mths?|mos?\b|weeks?|wks?|days?)).*)?\W*",
    re.I | re.S,
)
_YEAR: Final = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_SHORT_YEAR: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](\d\d)\W*")
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
_MONTH_WORD: Final = re.compile("|".join(rf"\b({name[:3]})[a-z]*" for name in _MONTHS), re.I)

# Three digits of a US postcode are shared by 20,000 people or more, except these (census of 2000 and of 2010).
_FEW_PEOPLE: Final = frozenset(
    "000 036 059 063 102 203 205 369 556 692 753 772 790 821 823 830 831 878 879 884 890 893".split()
)
_REGIONS: Final[Mapping[str, re.Pattern[str]]] = {
    "AU_POSTCODE": re.compile(r"(?<!\d)(\d\d)\d\d(?!\d)"),
    "CA_POSTAL_CODE": re.compile(r"\b([A-Z]\d[A-Z])[ -]?\d[A-Z]\d\b", re.I),
    "DE_PLZ": re.compile(r"(?<!\d)(\d\d)\d\d\d(?!\d)"),
    "FR_POSTCODE": re.compile(r"(?<!\d)(\d\d)\d\d\d(?!\d)"),
    "IE_EIRCODE": re.compile(r"\b([A-Z]\d[\dW])[ -]?[A-Z\d]{4}\b", re.I),
    "UK_POSTCODE": re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)[ -]?\d[A-Z]{2}\b", re.I),
    "US_ZIP_CODE": re.compile(r"(?<!\d)(\d{3})\d\d(?:-\d{4})?(?!\d)"),
}


def generalised(label: str, how: How, value: str, *, today: date) -> str | None:
    """`value` made coarser, or as it is where it says no more than that, or None where it has to be hidden.

    Whatever is changed holds a small letter, so that no placeholder can be made up from it and the text around it.

    Example:
        >>> day = date(2026, 1, 5)
        >>> [generalised("AGE", "over_89", text, today=day) for text in ("93 years old", "aged 93", "45")]
        ['aged 90 or over', 'aged 90 or over', '45']
        >>> generalised("DATE_TIME", "year", "12 May 2024", today=day)
        'a day in 2024'
        >>> generalised("UK_POSTCODE", "region", "bs1 5ja", today=day)
        'the BS1 area'
    """
    return _HOW[how](label, value, today)


def _over_89(_label: str, value: str, _today: date) -> str | None:
    read = _AGE.fullmatch(value)
    if read is None:
        return None
    return _old(read) if _years(read) >= _OLD else value


def _age_band(_label: str, value: str, _today: date) -> str | None:
    read = _AGE.fullmatch(value)
    if read is None:
        return None
    age = _years(read)
    start = age // _BAND * _BAND
    return _old(read) if age >= _OLD else _aged(read, f"{start} to {start + _BAND - 1}")


def _years(read: re.Match[str]) -> int:
    """Years of age; of what is told in months, weeks or days, which only small children are, none."""
    return 0 if read[2] else int(read[1])


def _old(read: re.Match[str]) -> str:
    return _aged(read, "90 or over")


def _aged(read: re.Match[str], band: str) -> str:
    return band if read[0].strip().isdecimal() else f"aged {band}"


def _year(label: str, value: str, today: date) -> str | None:
    year = _year_of(value, today)
    if year is None:
        return None
    if label == "DATE_OF_BIRTH" and today.year - year >= _OLD:
        return "a day 90 or more years ago"  # the year alone would tell an age over 89
    return value if value.strip() == str(year) else f"{'a day in' if _has_day(value) else 'the year'} {year}"


def _month(label: str, value: str, today: date) -> str | None:
    year, month = _year_of(value, today), _month_of(value)
    if year is None or month is None:
        return None
    if label == "DATE_OF_BIRTH" and today.year - year >= _OLD:
        return "a day 90 or more years ago"
    return f"a day in {month} {year}" if _has_day(value) else value


def _has_day(value: str) -> bool:
    return any(map(str.isdigit, _YEAR.sub(" ", value)))


def _year_of(value: str, today: date) -> int | None:
    years = _YEAR.findall(value)
    if len(years) == 1:
        return int(years[0])
    short = _SHORT_YEAR.fullmatch(value.strip())
    if short is None or years:
        return None
    return 2000 + int(short[1]) - (100 if 2000 + int(short[1]) > today.year else 0)


def _month_of(value: str) -> str | None:
    """The month in words; numeric dates tell it only where one reading is possible, as in 2024-05-12."""
    named = _MONTH_WORD.search(value)
    if named is not None:
        return next(name for name in _MONTHS if name[:3].lower() == named[0][:3].lower())
    iso = re.fullmatch(r"\W*\d{4}-(\d\d)-\d\d.*", value, re.S)
    number = int(iso[1]) if iso else 0
    return _MONTHS[number - 1] if 1 <= number <= len(_MONTHS) else None


def _region(label: str, value: str, _today: date) -> str | None:
    pattern = _REGIONS.get(label)
    read = pattern.search(value) if pattern else None
    if read is None or (label == "US_ZIP_CODE" and read[1] in _FEW_PEOPLE):
        return None
    return f"the {read[1].upper()} area"


_HOW: Final[Mapping[How, Callable[[str, str, date], str | None]]] = {
    "age_band": _age_band,
    "over_89": _over_89,
    "year": _year,
    "month": _month,
    "region": _region,
}
