"""Body girths estimated from height and weight.

Volume goes with weight, so the girth of a body of given height goes with the square root of weight over height.
The constants were fitted by least squares to the public data of ANSUR II (Gordon et al., 2012 Anthropometric Survey of
U.S. Army Personnel, NATICK/TR-15/007, 2014: 4082 men, 1986 women): `chestcircumference`, `buttockcircumference` and
`waistcircumference` (at the navel) over s = sqrt(kg / cm). Standard error on that data, in cm: men chest 3.2, hip 2.7,
waist 4.4; women bust 4.2, hip 3.0, waist 4.9. Soldiers are fitter than customers, so the true error is a little larger:
half a size or more, which is why every answer names the neighbouring size.
"""

import math
import re
from dataclasses import dataclass
from typing import Literal

Sex = Literal["men", "women"]

MIN_HEIGHT_CM, MAX_HEIGHT_CM = 90.0, 220.0
MIN_WEIGHT_KG, MAX_WEIGHT_KG = 12.0, 200.0
# Intercept in cm and slope in cm per sqrt(kg/cm), for chest, waist, hip.
_GIRTHS: dict[Sex, tuple[tuple[float, float], ...]] = {
    "men": ((0.0, 152.3), (-42.0, 195.7), (0.0, 146.6)),
    "women": ((0.0, 147.3), (-35.5, 189.2), (0.0, 158.8)),
}
# Trouser leg over height: the crotch height of ANSUR II men (48% of stature) less 4 cm above the floor.
_LEG_OF_HEIGHT = 0.457
_CM_PER_INCH, _CM_PER_FOOT, _KG_PER_POUND, _KG_PER_STONE = 2.54, 30.48, 0.45359237, 6.35029318


@dataclass(frozen=True, slots=True)
class Body:
    """Estimated girths and inside leg, in cm."""

    height: float
    chest: float
    waist: float
    hip: float
    leg: float


def estimate(height_cm: float, weight_kg: float, sex: Sex) -> Body:
    """Return the girths to expect for a height and a weight."""
    root = math.sqrt(weight_kg / height_cm)
    chest, waist, hip = (base + slope * root for base, slope in _GIRTHS[sex])
    return Body(height=height_cm, chest=chest, waist=waist, hip=hip, leg=_LEG_OF_HEIGHT * height_cm)


def read_height(text: str) -> float | None:
    """Return a height in cm from `178`, `178 cm`, `1.78 m` or `5 ft 10`, or None when it is none a person has."""
    lowered = text[:40].casefold().replace(",", ".")
    if feet := re.search(r"\b([3-7])\s*(?:ft|feet|foot|')\s*(\d{1,2})?", lowered):
        return _within(int(feet[1]) * _CM_PER_FOOT + int(feet[2] or 0) * _CM_PER_INCH, MIN_HEIGHT_CM, MAX_HEIGHT_CM)
    if metres := re.search(r"\b([12])\s*m\s*(\d\d)\b", lowered):
        return _within(100.0 * int(metres[1]) + int(metres[2]), MIN_HEIGHT_CM, MAX_HEIGHT_CM)
    number = _number(lowered)
    return None if number is None else _within(number * 100 if number < 3 else number, MIN_HEIGHT_CM, MAX_HEIGHT_CM)


def read_weight(text: str) -> float | None:
    """Return a weight in kg from `74`, `74 kg`, `160 lbs` or `11 stone 6`, or None when it is none a person has."""
    lowered = text[:40].casefold().replace(",", ".")
    if stone := re.search(r"(\d{1,2}(?:\.\d)?)\s*(?:stone|st)\b\s*(\d{1,2})?", lowered):
        pounds = int(stone[2] or 0) * _KG_PER_POUND
        return _within(float(stone[1]) * _KG_PER_STONE + pounds, MIN_WEIGHT_KG, MAX_WEIGHT_KG)
    number = _number(lowered)
    if number is None:
        return None
    in_pounds = re.search(r"\d\s*(?:lbs?|pounds?)\b", lowered)
    return _within(number * _KG_PER_POUND if in_pounds else number, MIN_WEIGHT_KG, MAX_WEIGHT_KG)


def _number(text: str) -> float | None:
    found = re.search(r"(?<![\d.-])[0-9]{1,3}(?:\.[0-9]{1,2})?(?![\d.])", text)
    return float(found[0]) if found else None


def _within(value: float, low: float, high: float) -> float | None:
    return value if low <= value <= high else None
