"""The dashboard: how much there is to do, how much of it needs no person, how fast, how well liked, what is missing."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from kitwright.pages import bar_chart, day_chart
from kitwright.serve.console.clusters import MOST, Group, grouped
from kitwright.serve.console.door import ConsoleRoute, Reviewing
from kitwright.serve.console.page import page
from kitwright.serve.console.parts import Console, console_of
from kitwright.serve.console.ratings import ratings_of
from kitwright.serve.console.scope import Scope, Scoped
from kitwright.store import Activity, Figures, Rating, Talk, Timing, Unanswered

router = APIRouter(route_class=ConsoleRoute)
_INTENTS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Numbers of the days looked at; shares are None where there is nothing to share.

    Args:
        conversations: in which the visitor wrote something.
        turns: messages that the bot answered.
        alone: share of conversations in which no person was asked for, or came.
        handed_over: share of conversations in which a person was asked for.
        liked: share of ratings that are good.
        unanswered: share of turns without an answer.
        p50: milliseconds.
        p95: milliseconds.
    """

    conversations: int
    turns: int
    alone: float | None
    handed_over: float | None
    liked: float | None
    unanswered: float | None
    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Material:
    """What the numbers and charts are made of."""

    talks: Sequence[Talk]
    timings: Sequence[Timing]
    intents: Mapping[str, int]
    ratings: Sequence[Rating]
    unanswered: Sequence[tuple[str, Unanswered]]


@router.get("/dashboard")
async def dashboard_page(request: Request, session: Reviewing, scope: Scoped) -> Response:
    """Numbers and charts of the days looked at."""
    numbers, charts = await console_of(request).desk.io(_drawn, scope)
    return page(request, "dashboard", session, scope=scope, numbers=numbers, charts=charts)


@router.get("/dashboard/unanswered")
async def unanswered_part(request: Request, session: Reviewing, scope: Scoped) -> Response:
    """The messages without an answer, grouped by meaning; a part of its own, since the model may have to be loaded."""
    found, groups = await console_of(request).desk.io(_groups, console_of(request), scope)
    return page(request, "unanswered", session, found=found, groups=groups, most=MOST)


def numbers_of(material: Material) -> Numbers:
    """The numbers."""
    talks = [talk for talk in material.talks if talk.sent]
    took = sorted(timing.ms for timing in material.timings)
    return Numbers(
        conversations=len(talks),
        turns=len(took),
        alone=_share(not (talk.was_handed_over or talk.was_joined) for talk in talks),
        handed_over=_share(talk.was_handed_over for talk in talks),
        liked=_share(rating.value > 0 for rating in material.ratings),
        unanswered=len(material.unanswered) / len(took) if took else None,
        p50=percentile(took, 50),
        p95=percentile(took, 95),
    )


def percentile(values: Sequence[float], percent: int) -> float | None:
    """A percentile of sorted values.

    Example:
        >>> percentile([1.0, 2.0, 3.0], 50)
        2.0
    """
    if len(values) < 2:
        return values[0] if values else None
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _material(scope: Scope) -> Material:
    between = (scope.since, scope.until)
    intents: Counter[str] = Counter()
    talks: list[Talk] = []
    timings: list[Timing] = []
    unanswered: list[tuple[str, Unanswered]] = []
    for bot in scope.bots:
        figures = Figures(bot.store.engine)
        talks += Activity(bot.store.engine).talks(bot.name, *between, limit=None)
        timings += figures.timings(bot.name, *between)
        intents.update(figures.intents(bot.name, *between))
        unanswered += [(bot.name, each) for each in figures.unanswered(bot.name, *between)]
    ratings = [rating for _, rating in ratings_of(scope)]
    return Material(talks, timings, dict(intents.most_common()), ratings, unanswered)


def _drawn(scope: Scope) -> tuple[Numbers, list[tuple[str, Any, str]]]:
    """The numbers, and charts with their headings and a text that says the same."""
    material = _material(scope)
    days = [scope.first + timedelta(days=number) for number in range((scope.last - scope.first).days + 1)]
    began = _by_day(days, (talk.began.date() for talk in material.talks if talk.sent))
    handed = _by_day(days, (talk.began.date() for talk in material.talks if talk.sent and talk.was_handed_over))
    good = _by_day(days, (rating.at.date() for rating in material.ratings if rating.value > 0))
    bad = _by_day(days, (rating.at.date() for rating in material.ratings if rating.value < 0))
    took = _times(days, material.timings)
    intents = dict(list(material.intents.items())[:_INTENTS])
    charts: list[tuple[str, Any, str]] = []
    if any(began.values()):
        lines = {"all": began, "handed over": handed}
        charts.append(("Conversations a day", day_chart("Conversations a day", lines), _said(lines)))
    if material.timings:
        charts.append(("Response time, ms", day_chart("Response time, ms", took, whole=False), _said(took)))
    if material.ratings:
        lines = {"good": good, "bad": bad}
        charts.append(("Ratings a day", day_chart("Ratings a day", lines), _said(lines)))
    if intents:
        said = ", ".join(f"{name} {count}" for name, count in intents.items())
        charts.append(("Top intents", bar_chart("Top intents", intents, unit="messages"), said))
    return numbers_of(material), charts


def _groups(console: Console, scope: Scope) -> tuple[int, list[Any]]:
    found = [(bot.name, each) for bot in scope.bots for each in _unanswered(bot, scope)]
    bots = {id(each): bot for bot, each in found}
    groups = grouped([each for _, each in found], console.encode)
    return len(found), [_with_places(group, bots) for group in groups]


def _with_places(group: Group, bots: Mapping[int, str]) -> Mapping[str, Any]:
    """A group for the page: each text once, with how often it came and the latest place."""
    times = Counter(each.text for each in group.members)
    latest = {each.text: each for each in reversed(group.members)}
    texts = [
        (times[text], bots[id(latest[text])], latest[text]) for text in dict.fromkeys(e.text for e in group.members)
    ]
    return {"name": group.name, "count": len(group.members), "texts": texts}


def _unanswered(bot: Any, scope: Scope) -> Sequence[Unanswered]:
    return Figures(bot.store.engine).unanswered(bot.name, scope.since, scope.until)


def _share(hits: Iterable[bool]) -> float | None:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else None


def _by_day(days: Sequence[date], dates: Iterable[date]) -> dict[date, float]:
    counts = Counter(dates)
    return {day: counts[day] for day in days}


def _times(days: Sequence[date], timings: Iterable[Timing]) -> dict[str, dict[date, float]]:
    by_day: dict[date, list[float]] = defaultdict(list)
    for timing in timings:
        by_day[timing.at.date()].append(timing.ms)
    took = {day: sorted(by_day[day]) for day in days if by_day[day]}
    return {f"p{part}": {day: percentile(took[day], part) or 0.0 for day in took} for part in (50, 95)}


def _said(lines: Mapping[str, Mapping[date, float]]) -> str:
    """Lines of a chart in words, for those who can not see it."""
    return "; ".join(
        f"{name}: " + ", ".join(f"{day:%-d %b} {value:g}" for day, value in values.items() if value)
        for name, values in lines.items()
    )
