"""What goes on in the conversations of a bot, seen from above: who waits, who answers, what was said; and search."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, cast

import sqlalchemy as sa

from kitwright.store.room import Room, bound
from kitwright.store.tables import EVENTS
from kitwright.types import ScrubbedText

State = Literal["waiting", "agent", "bot"]
SAID: Final = ("user", "bot", "agent", "note")
_ID_BEGINS: Final = 6  # characters of an id that are enough to look for it
_ENDED: Final = ("handed_back", "restarted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation from above.

    Args:
        state: who answers; as `bot.mode_of` reads it off the events.
        agent: name of the person who answers.
        waiting_since: when the visitor began to wait for a person.
        sent: how many messages the visitor sent.
        was_handed_over: whether a person was asked for, ever.
        was_joined: whether a person came, ever.
        said: the last thing that was said, and by whom.
    """

    bot: str
    id: str
    state: State
    began: datetime
    last: datetime
    last_event: int
    sent: int
    agent: str | None = None
    waiting_since: datetime | None = None
    was_handed_over: bool = False
    was_joined: bool = False
    said: ScrubbedText | None = None
    said_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that was said and holds the words looked for."""

    conversation_id: str
    event_id: int
    kind: str
    at: datetime
    text: ScrubbedText


class Activity(Room):
    """Reads across the conversations of a database."""

    def talks(
        self, bot: str, since: datetime, until: datetime, *, state: State | None = None, limit: int | None = 200
    ) -> tuple[Talk, ...]:
        """Conversations in which something happened in a time; those who wait first, then the latest.

        Raises:
            StoreFailed: the store can not be read.
        """
        query = _overview(bot, since, until, state).limit(limit)
        with self.reading() as connection:
            rows = connection.execute(query).mappings().all()
            told = _events(connection, [row["said"] for row in rows] + [row["joined"] for row in rows])
            waits = _waits(connection, bot, [row for row in rows if row["state"] == "waiting"])
        return tuple(_talk(bot, row, told, waits) for row in rows)

    def search(self, bot: str, words: str, since: datetime, until: datetime, *, limit: int = 200) -> tuple[Found, ...]:
        """What was said in a time and holds all these words, newest first; nothing where no word is given.

        One word that begins the id of a conversation finds all that was said in it.

        Raises:
            StoreFailed: the store can not be read.
        """
        parts = words.split()[:8]
        if not parts:
            return ()
        holds = sa.and_(*(_holds(part) for part in parts))
        begins = EVENTS.c.conversation_id.startswith(parts[0], autoescape=True) if _may_be_id(parts) else sa.false()
        which = (EVENTS.c.bot == bot, EVENTS.c.kind.in_(SAID), *_within(since, until), sa.or_(holds, begins))
        columns = sa.select(EVENTS.c.conversation_id, EVENTS.c.id, EVENTS.c.kind, EVENTS.c.at, EVENTS.c.data)
        with self.reading() as connection:
            rows = connection.execute(columns.where(*which).order_by(EVENTS.c.id.desc()).limit(limit * 2)).all()
        found = [
            Found(conversation_id=name, event_id=number, kind=kind, at=datetime.fromisoformat(at), text=_text(data))
            for name, number, kind, at, data in rows
        ]
        wanted = [part.casefold() for part in parts]
        return tuple(
            each
            for each in found
            if all(part in each.text.casefold() for part in wanted)
            or (_may_be_id(parts) and each.conversation_id.startswith(parts[0]))
        )[:limit]


def _may_be_id(parts: Sequence[str]) -> bool:
    return len(parts) == 1 and len(parts[0]) >= _ID_BEGINS


def _holds(part: str) -> sa.ColumnElement[bool]:
    return sa.or_(*(EVENTS.c.data.icontains(_as_kept(form), autoescape=True) for form in _forms(part)))


def _overview(bot: str, since: datetime, until: datetime, state: State | None) -> sa.Select[Any]:
    active = sa.select(EVENTS.c.conversation_id).where(EVENTS.c.bot == bot, *_within(since, until)).distinct()
    ended, joined, handed = _newest(*_ENDED), _newest("agent_joined"), _newest("handoff")
    now = sa.case((joined > ended, "agent"), (handed > ended, "waiting"), else_="bot")
    query = (
        sa.select(
            EVENTS.c.conversation_id.label("id"),
            sa.func.min(EVENTS.c.at).label("began"),
            sa.func.max(EVENTS.c.at).label("last"),
            sa.func.max(EVENTS.c.id).label("last_event"),
            sa.func.sum(sa.case((EVENTS.c.kind == "user", 1), else_=0)).label("sent"),
            _newest(*SAID[:3]).label("said"),
            ended.label("ended"),
            joined.label("joined"),
            handed.label("handed"),
            now.label("state"),
        )
        .where(EVENTS.c.bot == bot, EVENTS.c.conversation_id.in_(active))
        .group_by(EVENTS.c.conversation_id)
        .order_by(sa.case((now == "waiting", 0), else_=1), sa.func.max(EVENTS.c.id).desc())
    )
    return query.having(now == state) if state else query


def _newest(*kinds: str) -> sa.ColumnElement[int]:
    """The number of the newest event of some kinds; 0 where there is none."""
    return sa.func.coalesce(sa.func.max(sa.case((EVENTS.c.kind.in_(kinds), EVENTS.c.id))), 0)


def _within(since: datetime, until: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return EVENTS.c.at >= bound(since), EVENTS.c.at < bound(until)


def _events(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, tuple[str, dict[str, Any]]]:
    found: dict[int, tuple[str, dict[str, Any]]] = {}
    wanted = sorted({number for number in numbers if number})
    for start in range(0, len(wanted), 500):  # databases limit how many values a query may have
        columns = sa.select(EVENTS.c.id, EVENTS.c.kind, EVENTS.c.data)
        rows = connection.execute(columns.where(EVENTS.c.id.in_(wanted[start : start + 500]))).all()
        found |= {number: (kind, json.loads(data)) for number, kind, data in rows}
    return found


def _waits(connection: sa.Connection, bot: str, waiting: Sequence[Any]) -> dict[str, datetime]:
    """When each of those who wait began to: at the first hand-over since they last came back to the bot."""
    begun: dict[str, datetime] = {}
    for row in waiting:
        which = (EVENTS.c.bot == bot, EVENTS.c.conversation_id == row["id"], EVENTS.c.id > row["ended"])
        at = connection.execute(sa.select(sa.func.min(EVENTS.c.at)).where(*which, EVENTS.c.kind == "handoff")).scalar()
        begun[row["id"]] = datetime.fromisoformat(str(at))
    return begun


def _talk(bot: str, row: Any, told: dict[int, tuple[str, dict[str, Any]]], waits: dict[str, datetime]) -> Talk:
    kind, data = told.get(row["said"], ("", {}))
    joined = told.get(row["joined"], ("", {}))[1]
    return Talk(
        bot=bot,
        id=row["id"],
        state=cast("State", row["state"]),
        began=datetime.fromisoformat(row["began"]),
        last=datetime.fromisoformat(row["last"]),
        last_event=row["last_event"],
        sent=int(row["sent"]),
        agent=str(joined.get("agent", "")) if row["state"] == "agent" else None,
        waiting_since=waits.get(row["id"]),
        was_handed_over=bool(row["handed"]),
        was_joined=bool(row["joined"]),
        said=data.get("text"),
        said_by=kind,
    )


def _text(data: str) -> Any:
    """The words of an event, which were scrubbed before they were kept."""
    return json.loads(data).get("text") or ""


def _as_kept(part: str) -> str:
    """A word as it stands in the JSON of an event, which is ASCII."""
    return json.dumps(part)[1:-1]


def _forms(part: str) -> set[str]:
    """A word in the ways it may be written: databases compare only ASCII letters without their case."""
    return {part, part.lower(), part.upper(), part.capitalize()} if not part.isascii() else {part}
