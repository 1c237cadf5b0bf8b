"""Measures: numbers with units that people write, in the units that rules use."""

import re
from typing import Final

_NUMBER: Final = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_BETWEEN: Final = (
    r"(?:\s*(?:is|are|was|were|of|at|:|=|about|around|reading|reads|today|now|reached|hit|up to|went up to|went to|"
    r"has been|been|level|rate|got to|over|above|below|under|only|just|down to|-|—)){0,4}\s*"
)
_DEGREE: Final = r"(?:°|º|deg(?:rees?)?)"
_SCALE: Final = r"(c|f|celsius|fahrenheit)"


def _form(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_TEMPERATURE: Final = _form(
    rf"(?:temp(?:erature)?|fever|febrile|thermometer|tmax){_BETWEEN}{_NUMBER}\s*{_DEGREE}?\s*{_SCALE}?\b",
    rf"{_NUMBER}\s*{_DEGREE}\s*{_SCALE}?(?!\w)",
    rf"{_NUMBER}\s*{_SCALE}\b",
)
_PRESSURE: Final = _form(
    r"(?:\bbp\b|blood pressure|pressure)\D{0,25}?(\d{2,3})\s*(?:/|over|\\)\s*(\d{2,3})",
    r"\b(\d{2,3})\s*/\s*(\d{2,3})\s*mm\s*hg",
    r"\b((?:8|9|1\d|2[0-4])\d)/([4-9]\d|1[0-4]\d)\b(?!\d|/)",
)
_HEART: Final = _form(
    rf"(?:heart rate|heart ?beat|pulse|\bhr\b|bpm){_BETWEEN}(\d{{2,3}})\b(?!\s*/)",
    r"\b(\d{2,3})\s*(?:bpm|beats (?:a|per) min)",
)
_OXYGEN: Final = _form(
    rf"(?:oxygen(?: saturation| level| sats)?|\bo2(?: sats?)?|sp ?o2|\bsats?\b|saturation){_BETWEEN}(\d{{2,3}})\s*%?",
    r"\b(\d{2,3})\s*%\s*(?:on (?:room )?air|oxygen|o2|sats?)",
)
_BREATHS: Final = _form(
    rf"(?:respiratory rate|breathing rate|resp(?:s| rate)?|\brr\b){_BETWEEN}(\d{{1,3}})\b", r"\b(\d{2,3})\s*breaths"
)
_GLUCOSE: Final = _form(
    rf"(?:glucose|blood sugar|sugars?(?: level)?|\bbm\b|\bcbg\b){_BETWEEN}{_NUMBER}\s*(mg|mmol)?",
    rf"{_NUMBER}\s*(mmol|mg\s*/?\s*dl)",
)
_PAIN: Final = _form(
    r"\b(\d{1,2})\s*(?:/|out of)\s*(?:10|ten)\b",
    r"pain (?:score|scale|level|is|at)?\s*(?:of|is|about|a|at)?\s*(\d{1,2})\b(?=\s*(?:/|out|$|[.,;]))",
)
_WEEKS: Final = _form(
    r"\b(\d{1,2})(?:\s*\+\s*\d)?\s*-?\s*(?:weeks?|wks?)\s*(?:and \d days? )?-?\s*"
    r"(?:pregnant|preg|gone|gestation|gestational|along|into (?:my|the|her) pregnancy)",
    r"pregnan\w*\s*(?:at|,|\(|of|-|about|for|\s)*\s*(\d{1,2})\s*(?:\+\s*\d\s*)?-?\s*(?:weeks|wks)",
    r"gestation(?:al age)?\s*(?:of|is|at)?\s*(\d{1,2})\s*(?:weeks|wks)",
    r"\b(\d{1,2})\s*/\s*40\b",
)
_MONTHS: Final = _form(r"\b(\d)\s*-?\s*months?\s*(?:pregnant|preg|gone|along)")
_WEEKS_A_MONTH: Final = 4.35
_MG_A_MMOL: Final = 18
_MOST_MMOL: Final = 40


def measures_of(text: str) -> dict[str, float]:
    """What a message measures.

    Returns:
        `temperature_c` (°C), `systolic`, `diastolic` (mmHg), `heart_rate`, `breaths` (a minute), `oxygen` (%),
        `glucose` (mmol/l), `pain` (0 to 10), `weeks_pregnant`; only what is named and can be.
    """
    found: dict[str, float] = {}
    _keep(found, "temperature_c", _temperature(text), 25, 45)
    pressure = _PRESSURE.search(text)
    if pressure:
        upper, lower = [float(each) for each in pressure.groups() if each][:2]
        if upper > lower:
            _keep(found, "systolic", upper, 40, 300)
            _keep(found, "diastolic", lower, 20, 200)
    _keep(found, "heart_rate", _first(_HEART, text), 20, 300)
    _keep(found, "oxygen", _first(_OXYGEN, text), 40, 100)
    _keep(found, "breaths", _first(_BREATHS, text), 3, 120)
    _keep(found, "glucose", _glucose(text), 0.5, 60)
    _keep(found, "pain", _first(_PAIN, text), 0, 10)
    months = _first(_MONTHS, text)
    _keep(found, "weeks_pregnant", _first(_WEEKS, text) or (months and round(months * _WEEKS_A_MONTH)), 2, 44)
    return found


def without_measures(text: str) -> str:
    """The text with each measure blanked out, its length kept: "pulse 72" names no finding by its words."""
    for form in (_PRESSURE, _HEART, _OXYGEN, _BREATHS, _GLUCOSE, _TEMPERATURE):
        text = form.sub(lambda match: " " * len(match[0]), text)
    return text


def _keep(found: dict[str, float], name: str, value: float | None, *bounds: float) -> None:
    if value is not None and bounds[0] <= value <= bounds[1]:
        found[name] = value


def _first(pattern: re.Pattern[str], text: str) -> float | None:
    match = pattern.search(text)
    return next((_value(each) for each in match.groups() if each), None) if match else None


def _value(digits: str) -> float:
    return float(digits.replace(",", "."))


def _temperature(text: str) -> float | None:
    """The highest temperature, in °C; a number that can only be one in °F is taken as that."""
    read: list[float] = []
    for match in _TEMPERATURE.finditer(text):
        given = [each for each in match.groups() if each]
        value, unit = _value(given[0]), (given[1][0].lower() if len(given) > 1 else "")
        if unit == "f" or (not unit and 80 <= value <= 110):
            value = (value - 32) / 1.8
        if 25 <= value <= 45:
            read.append(round(value, 1))
    return max(read, default=None)


def _glucose(text: str) -> float | None:
    """In mmol/l; a number in mg/dl, or one too high for mmol/l, is divided by 18."""
    match = _GLUCOSE.search(text)
    if not match:
        return None
    given = [each for each in match.groups() if each]
    value, unit = _value(given[0]), (given[1].lower() if len(given) > 1 else "")
    return round(value / _MG_A_MMOL, 1) if unit.startswith("mg") or value > _MOST_MMOL else value
