"""What a page looks at: which bots, and which days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Depends, Query, Request

from kitwright.bot import Bot
from kitwright.serve.console.parts import console_of

DAYS: Final = 7
_MOST_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Scope:
    """Bots and days.

    Args:
        bots: those that are looked at.
        names: titles of all bots that are served, by name.
        chosen: the name of the one that was chosen; empty for all.
        first: first day, in UTC.
        last: last day, which counts whole.
    """

    bots: tuple[Bot, ...]
    names: Mapping[str, str]
    chosen: str
    first: date
    last: date

    @property
    def since(self) -> datetime:
        """When the first day begins."""
        return datetime.combine(self.first, time(), UTC)

    @property
    def until(self) -> datetime:
        """When the last day ends."""
        return datetime.combine(self.last, time(), UTC) + timedelta(days=1)

    def query(self, **more: str) -> str:
        """The scope as it stands in an address."""
        given = {"bot": self.chosen, "first": self.first.isoformat(), "last": self.last.isoformat(), **more}
        return urlencode({name: value for name, value in given.items() if value})


def scope_of(
    request: Request,
    bot: Annotated[str, Query(max_length=80)] = "",
    first: Annotated[str, Query(max_length=10)] = "",
    last: Annotated[str, Query(max_length=10)] = "",
) -> Scope:
    """The scope that an address asks for; days that are none, or too many, are the latest seven."""
    bots = console_of(request).desk.bots
    today = datetime.now(UTC).date()
    end = _day(last) or today
    begin = _day(first) or end - timedelta(days=DAYS - 1)
    if not timedelta() <= end - begin < timedelta(days=_MOST_DAYS):
        begin, end = today - timedelta(days=DAYS - 1), today
    chosen = bot if bot in bots else ""
    seen = (bots[chosen],) if chosen else tuple(bots.values())
    return Scope(seen, {name: each.title for name, each in bots.items()}, chosen, begin, end)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 3000 else None


Scoped = Annotated[Scope, Depends(scope_of)]
