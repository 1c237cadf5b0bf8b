"""Values made of digits and letters, as people write them: shapes, dates, prices."""

import random
import string
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = ("January February March April May June July August September October November December").split()
_ORDINALS: Final = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
_SHAPED: Final[Mapping[str, str]] = {"#": string.digits, "?": string.ascii_uppercase, "&": "0123456789abcdef"}


def shaped(shape: str, rng: random.Random) -> str:
    """A shape with digits for `#`, letters for `?` and hexadecimal digits for `&`."""
    return "".join(rng.choice(_SHAPED[sign]) if sign in _SHAPED else sign for sign in shape)


def written_date(rng: random.Random, *, first: int = 2018, last: int = 2026) -> str:
    """A full date, or a day and a month, in one of many ways."""
    day = date(first, 1, 1) + timedelta(days=rng.randrange(366 * (last - first) + 365))
    name = _MONTHS[day.month - 1]
    short, ordinal = name[:3], f"{day.day}{_ORDINALS.get(day.day, 'th')}"
    ways: tuple[Callable[[], str], ...] = (
        lambda: day.strftime("%d/%m/%Y"),
        lambda: f"{day.month}/{day.day}/{day:%y}",
        lambda: f"{day.day}/{day.month}",
        lambda: day.isoformat(),
        lambda: day.strftime("%d.%m.%Y"),
        lambda: day.strftime("%m-%d-%Y"),
        lambda: f"{day.day} {name} {day.year}",
        lambda: f"{name} {day.day}, {day.year}",
        lambda: f"{name} {ordinal}",
        lambda: f"{ordinal} {name}",
        lambda: f"the {ordinal} of {name}",
        lambda: f"{day.day} {short} {day:%y}",
        lambda: f"{short} {day.day}",
        lambda: f"{day.day}-{short}-{day.year}",
        lambda: f"{ordinal} of {name} {day.year}",
        lambda: day.strftime("%d%m%Y"),
        lambda: f"{short} {day.day} {day.year}",
    )
    return rng.choice(ways)()


def money(rng: random.Random) -> str:
    """A price."""
    amount = rng.choice((f"{rng.randint(2, 300)}", f"{rng.randint(2, 300)}.{rng.randint(0, 99):02}"))
    return rng.choice(
        (f"£{amount}", f"${amount}", f"€{amount}", f"{amount} quid", f"{amount} euros", f"{amount} dollars")
    )
