"""Levels: how soon somebody is to be seen, from 1 to 5 (MEDICAL: a scheme of five, mapped to published ones)."""

from enum import IntEnum


class Level(IntEnum):
    """How urgent; more is more urgent."""

    self_care = 1
    routine = 2
    urgent = 3
    emergency = 4
    emergency_ambulance = 5


def level_named(name: str) -> Level:
    """The level of a name.

    Raises:
        ValueError: there is none; the message names the choices.
    """
    try:
        return Level[name]
    except KeyError:
        raise ValueError(f"must be one of {', '.join(level.name for level in Level)}") from None
