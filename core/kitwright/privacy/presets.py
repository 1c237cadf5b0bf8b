"""Policies to start from: what `preset` in privacy.yaml fills in where the file itself says nothing.

`shop` is the policy as it stands by default. `safe_harbor` follows HIPAA, 45 CFR 164.514(b)(2): all eighteen
identifiers go; of places states and countries stay, of dates the year, of ages those up to 89, of US postcodes three
digits where enough people share them, and of other countries' postcodes nothing.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

Preset = Literal["shop", "safe_harbor"]

_NOT_IDENTIFYING: Final = ("NRP", "ORGANIZATION", "REGION")


def filled(given: Mapping[str, Any], labels: tuple[str, ...]) -> dict[str, Any]:
    """What a privacy.yaml gives, with its preset behind it; an unknown preset is left for validation to name.

    Args:
        given: the file.
        labels: all that can be found, in the order in which they name a finding.
    """
    if given.get("preset") != "safe_harbor":
        return dict(given)
    hidden = [label for label in labels if label not in _NOT_IDENTIFYING]
    preset: dict[str, Any] = {
        "entities": {"replace": hidden, "keep": list(_NOT_IDENTIFYING)},
        "generalise": {"AGE": "over_89", "DATE_TIME": "year", "DATE_OF_BIRTH": "year", "US_ZIP_CODE": "region"},
    }
    return {**preset, **given}
