"""Figures about a bot's turns in a time: how long they took, what was asked for, and what was left unanswered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from kitwright.store.room import Room, bound
from kitwright.store.tables import EVENTS, TURNS
from kitwright.types import ScrubbedText

_MOST: Final = 50_000
"""Turns of a time that are looked at, the latest; enough for any percentile."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a turn took, all steps together."""

    at: datetime
    ms: float


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A message that the bot had no answer to, and why."""

    conversation_id: str
    first_event: int
    at: datetime
    text: ScrubbedText
    why: str


class Figures(Room):
    """Counts over the turns in a database."""

    def timings(self, bot: str, since: datetime, until: datetime) -> tuple[Timing, ...]:
        """How long each turn took, the latest first.

        Raises:
            StoreFailed: the store can not be read.
        """
        columns = sa.select(TURNS.c.at, self._json(TURNS.c.trace)["ms"].as_float())
        query = columns.where(*_within(TURNS, bot, since, until)).order_by(TURNS.c.at.desc()).limit(_MOST)
        with self.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(Timing(datetime.fromisoformat(at), float(ms)) for at, ms in rows if ms is not None)

    def intents(self, bot: str, since: datetime, until: datetime) -> Mapping[str, int]:
        """How often each intent was understood, the most frequent first.

        Raises:
            StoreFailed: the store can not be read.
        """
        name = self._json(EVENTS.c.data)["intent"].as_string().label("name")
        count = sa.func.count().label("count")
        query = sa.select(name, count).where(EVENTS.c.kind == "user", *_within(EVENTS, bot, since, until))
        with self.reading() as connection:
            rows = connection.execute(query.group_by(name).order_by(count.desc(), name)).all()
        return {str(intent): int(times) for intent, times in rows if intent}

    def unanswered(self, bot: str, since: datetime, until: datetime, *, limit: int = 1000) -> tuple[Unanswered, ...]:
        """Messages that were not understood, or that nothing the bot knows answers, the latest first.

        Raises:
            StoreFailed: the store can not be read.
        """
        marks = ('"decision": "fallback"', '"kind": "not_understood"')  # as json.dumps writes them; texts are escaped
        is_marked = sa.or_(*(TURNS.c.trace.contains(mark) for mark in marks))
        columns = sa.select(TURNS.c.conversation_id, TURNS.c.first_event, TURNS.c.at, TURNS.c.trace)
        query = columns.where(is_marked, *_within(TURNS, bot, since, until)).order_by(TURNS.c.at.desc()).limit(limit)
        with self.reading() as connection:
            rows = connection.execute(query).all()
        turns = ((name, first, datetime.fromisoformat(at), json.loads(trace)) for name, first, at, trace in rows)
        return tuple(
            Unanswered(name, first, at, trace["text"], why)
            for name, first, at, trace in turns
            if trace.get("text") and (why := why_unanswered(trace))
        )

    def _json(self, column: sa.Column[Any]) -> Any:
        """A column of JSON text as JSON; SQLite reads text, PostgreSQL wants to be told."""
        is_sqlite = self.engine.dialect.name == "sqlite"
        return sa.type_coerce(column, sa.JSON) if is_sqlite else sa.cast(column, sa.JSON)


def why_unanswered(trace: Mapping[str, Any]) -> str | None:
    """Why a turn left its message without an answer; None where it did not."""
    if any(event["kind"] == "not_understood" for event in (trace.get("decision") or {}).get("events", ())):
        return "not understood"
    steps = trace.get("steps", ())
    return next((step["why"] or "no answer" for step in steps if step["decision"] == "fallback"), None)


def _within(table: sa.Table, bot: str, since: datetime, until: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.bot == bot, table.c.at >= bound(since), table.c.at < bound(until)
