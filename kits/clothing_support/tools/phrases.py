"""Days, money and lists in the words a customer reads, and the clock of the UK."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

_WORKING_DAYS_A_WEEK = 5


def uk_time(now: datetime) -> datetime:
    """Return a moment in UK clock time: an hour ahead of UTC from the last Sunday of March to that of October.

    Written out because a slim container has no time-zone data, and a kit asks for nothing but httpx.
    """
    utc = now.replace(tzinfo=UTC) if now.tzinfo is None else now.astimezone(UTC)
    summer = _last_sunday(utc.year, 3) <= utc < _last_sunday(utc.year, 10)
    return (utc + timedelta(hours=1 if summer else 0)).replace(tzinfo=None)


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def day(value: date, today: date) -> str:
    """Return `Tuesday 24 November`, with the year only where it is not this year's."""
    year = f" {value.year}" if value.year != today.year else ""
    return f"{value:%A} {value.day} {value:%B}{year}"


def on_day(value: date, today: date, *, word: str = "on") -> str:
    """Return `on Tuesday 24 November`, or `tomorrow, Monday 23 November` where such a word says more.

    Args:
        value: The day.
        today: The day in the UK.
        word: The preposition, `on` or `by`; `by` stays before today and tomorrow too.
    """
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((value - today).days)
    if near is None:
        return f"{word} {day(value, today)}"
    return f"{'' if word == 'on' else word + ' '}{near}, {day(value, today)}"


def working_days_after(start: date, count: int) -> date:
    """Return the working day (Monday to Friday) that comes `count` working days after `start`."""
    current = start
    while count > 0:
        current += timedelta(days=1)
        count -= current.weekday() < _WORKING_DAYS_A_WEEK
    return current


def money(amount: Decimal) -> str:
    """Return `£45` or `£58.95`."""
    return f"£{amount:.0f}" if amount == amount.to_integral_value() else f"£{amount:.2f}"


def listed(items: Sequence[str], *, last: str = "and") -> str:
    """Return `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
