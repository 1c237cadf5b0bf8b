"""Fernhill's size charts, and where a body falls on one.

Women's and men's tables stand in FACTS.md. Children's sizes go by age there; the heights used here are the middle
heights of the European size designation of clothes by height (EN 13402-3, steps of 6 cm).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .body import Body

_MEN_CHEST = {"XS": 88.5, "S": 93.5, "M": 99.0, "L": 105.0, "XL": 112.0, "2XL": 120.0, "3XL": 128.0}
_WOMEN_BUST = {"6": 78, "8": 82, "10": 86, "12": 91, "14": 96, "16": 101, "18": 107, "20": 113, "22": 119}
_WOMEN_HIPS = {"6": 86, "8": 90, "10": 94, "12": 99, "14": 104, "16": 109, "18": 115, "20": 121, "22": 127}
_CHILD_HEIGHT = {
    "2-3": 95,
    "3-4": 101,
    "4-5": 107,
    "5-6": 113,
    "7-8": 125,
    "9-10": 137,
    "11-12": 149,
    "13-14": 161,
}
# A waistband sits well when it measures this much more than the waist at the navel.
_WAISTBAND_EASE_CM = 1.0
_OUTSIDE_STEPS = 0.75


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body falls: `position` counts sizes from the smallest, 2.4 lies between the third and the fourth."""

    sizes: tuple[str, ...]
    position: float
    measures: tuple[tuple[str, float], ...]

    @property
    def outside(self) -> bool:
        """Whether the body is well beyond the smallest or largest size."""
        return self.position < -_OUTSIDE_STEPS or self.position > len(self.sizes) - 1 + _OUTSIDE_STEPS


def place(body: Body, scale: str, parts: frozenset[str], waists: Mapping[str, float]) -> Place | None:
    """Return where a body falls among the sizes a product comes in, or None when height and weight cannot tell.

    Args:
        body: The estimated body.
        scale: A size scale of the product table.
        parts: Which girths the garment has: chest, hip, waist.
        waists: The waist in cm of the garment in each size it comes in, 0 where it has none, smallest size first; for
            waist and leg the sizes are those of the waist.
    """
    sizes = tuple(waists)
    measures = _measures(body, scale, parts, waists)
    positions = [
        _position({size: float(chart[size]) for size in sizes if size in chart}, value) for chart, _, value in measures
    ]
    if not positions or any(position is None for position in positions):
        return None
    known = [position for position in positions if position is not None]
    return Place(sizes, sum(known) / len(known), tuple((name, value) for _, name, value in measures))


def _measures(
    body: Body, scale: str, parts: frozenset[str], waists: Mapping[str, float]
) -> list[tuple[dict[str, float], str, float]]:
    if not parts and scale != "children_years":
        return []
    if scale in {"men_alpha", "unisex_alpha"}:
        return [(_MEN_CHEST, "a chest", body.chest)]
    if scale == "children_years":
        return [(_floats(_CHILD_HEIGHT), "a height", body.height)]
    if scale == "waist_inch":
        return [({size: waist - _WAISTBAND_EASE_CM for size, waist in waists.items()}, "a waist", body.waist)]
    if scale == "women_uk":
        bust = [(_floats(_WOMEN_BUST), "a bust", body.chest)] if "chest" in parts else []
        return bust + ([(_floats(_WOMEN_HIPS), "hips", body.hip)] if "hip" in parts or not bust else [])
    return []


def _floats(chart: dict[str, int]) -> dict[str, float]:
    return {size: float(value) for size, value in chart.items()}


def _position(chart: dict[str, float], value: float) -> float | None:
    """Return the place of a value on a chart as a fractional index, carried on beyond both ends."""
    marks = list(chart.values())
    if len(marks) < 2:
        return None
    upper = next((index for index, mark in enumerate(marks) if mark >= value), len(marks) - 1)
    upper = max(upper, 1)
    return upper - 1 + (value - marks[upper - 1]) / (marks[upper] - marks[upper - 1])
