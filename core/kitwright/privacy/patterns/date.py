"""Dates with names of months, dates of birth, and ages over 89."""

from typing import Final

from kitwright.privacy.patterns.shape import Shape

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_SPELLED: Final = (
    rf"(?:{_DAY}\s{{1,2}}(?:of\s)?{_MONTH}(?:,?\s{{1,2}}(?:19|20)\d\d)?"
    rf"|{_MONTH}\s{{1,2}}{_DAY}(?:,?\s{{1,2}}(?:19|20)\d\d)?)(?!\w)"
)
_NUMERIC: Final = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\w)"

DATES: Final[tuple[Shape, ...]] = (
    Shape(label="DATE_TIME", name="month in words", regex=rf"(?<!\w){_SPELLED}", score=0.6),
    Shape(
        label="DATE_OF_BIRTH",
        name="after a label",
        regex=r"\b(?:dob|d\.o\.b\.?|date of birth|birth\s?date|birthday|born)(?:\s{0,2}(?:is|was|on|the|[:=-])){0,3}"
        rf"\s{{0,2}}\K(?:{_SPELLED}|{_NUMERIC})",
        score=0.95,
    ),
    # HIPAA Safe Harbor, 45 CFR 164.514(b)(2): ages over 89 single people out.
    Shape(
        label="AGE",
        name="over 89",
        regex=r"(?<![\w.,])(?:9\d|1[01]\d)[\s-]?(?:years?[\s-]?old|yrs?[\s-]?old|y/?o)\b"
        r"|\baged?\s{1,2}\K(?:9\d|1[01]\d)(?![\w.,]?\d)",
        score=0.7,
    ),
)
