"""Policies to start from: what `preset` in privacy.yaml fills in where the file itself says nothing.

`shop` is the policy as it stands by default. `safe_harbor` follows HIPAA, 45 CFR 164.514(b)(2): all eighteen
identifiers go; of places states and countries stay, of dates the year, of ages those up to 89, of US postcodes three
digits where enough people share them, and of other countries' postcodes nothing.
"""

from collections.abc import Mapping, Sequence
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
    hidden = tuple(label for label in labels if label not in _NOT_IDENTIFYING)
    preset: dict[str, Any] = {
        "generalise": {"AGE": "over_89", "DATE_TIME": "year", "DATE_OF_BIRTH": "year", "US_ZIP_CODE": "region"},
    }
    entities = with_defaults(given.get("entities", {}), replace=hidden, keep=_NOT_IDENTIFYING)
    return {**preset, **given, "entities": entities}


def with_defaults(entities: Any, *, replace: Sequence[str], keep: Sequence[str]) -> Any:
    """The two lists of a file's `entities`: one that it gives is added to the default, and taken out of the other.

    Args:
        entities: as given; what is no pair of lists is left for validation to name.
        replace: what is hidden by default.
        keep: what stays by default.
    """
    lists = {"replace": replace, "keep": keep}
    if not isinstance(entities, Mapping) or lists.keys() <= entities.keys():
        return entities
    (name,) = lists.keys() & entities.keys() or {"keep"}
    (other,) = lists.keys() - {name}
    moved = entities.get(name, ())
    if not isinstance(moved, list | tuple):
        return entities
    return {
        **entities,
        name: (*moved, *(label for label in lists[name] if label not in moved)),
        other: tuple(label for label in lists[other] if label not in moved),
    }
