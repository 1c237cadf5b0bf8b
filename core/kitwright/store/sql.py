"""The conversation store: append-only events in SQL, by SQLAlchemy Core; SQLite in WAL mode by default.

What is deleted is gone from the files too, where the database is SQLite: deleted cells are overwritten, and the
write-ahead log, which still holds them, is emptied.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, cast

import sqlalchemy as sa

from kitwright.errors import Fault, StoreFailed, TurnOvertaken
from kitwright.protocols import Deletion, KeptTurn, TurnRecord, Watch, Watcher
from kitwright.store.engine import FAILURES, open_engine, store_failed
from kitwright.store.locks import AdvisoryLocks, lock_appends
from kitwright.store.schema import prepare
from kitwright.store.tables import EVENTS, TABLES, TURNS
from kitwright.store.watching import Watching, announce
from kitwright.types import Event, EventKind

_READ: Final = "can not be read"
_WRITTEN: Final = "can not be written"


class SqlStore:
    """Keeps the events of conversations.

    Args:
        url: SQLAlchemy URL, e.g. `sqlite:////var/lib/kitwright/shop.sqlite` or `postgresql://kitwright@db/kitwright`;
            `sqlite://` keeps all in memory.

    Raises:
        StoreFailed: the database can not be opened.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        try:
            self.engine = open_engine(url)
            prepare(self.engine)
        except (sa.exc.SQLAlchemyError, OSError, ImportError, ValueError) as error:
            raise self._failed("can not be opened", error) from error
        self._is_server = self.engine.dialect.name == "postgresql"
        self._locks = AdvisoryLocks(url) if self._is_server else None
        self._watching = Watching(self.engine)

    def append(
        self, bot: str, conversation_id: str, events: Sequence[Event], turn: TurnRecord | None = None
    ) -> tuple[Event, ...]:
        """Add events in one transaction, all or none, with the turn they belong to; returns them numbered."""
        if not events:
            return ()
        rows = [_row(bot, conversation_id, event) for event in events]
        insert = EVENTS.insert().returning(EVENTS.c.id, sort_by_parameter_order=True)
        with self._doing(_WRITTEN), self.engine.begin() as connection:
            if self._is_server:
                lock_appends(connection, bot, conversation_id)
            ids = connection.execute(insert, rows).scalars().all()
            if turn is not None:
                _record(connection, bot, conversation_id, turn, (events[0].at, ids[0], ids[-1]))
            announce(connection, {"changed": conversation_id, "bot": bot})
        self._watching.changed(frozenset({(bot, conversation_id)}))
        return tuple(replace(event, id=number) for event, number in zip(events, ids, strict=True))

    def events(self, bot: str, conversation_id: str, *, after: int = 0) -> tuple[Event, ...]:
        """All events of a conversation behind a number, in order."""
        columns = (EVENTS.c.id, EVENTS.c.kind, EVENTS.c.at, EVENTS.c.data)
        query = sa.select(*columns).where(_of(EVENTS, bot, conversation_id), EVENTS.c.id > after).order_by(EVENTS.c.id)
        with self._doing(_READ), self.engine.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Event(cast("EventKind", kind), datetime.fromisoformat(at), json.loads(data), id=number)
            for number, kind, at, data in rows
        )

    def conversations(self, bot: str) -> tuple[str, ...]:
        """The ids of a bot's conversations, in the order in which they began."""
        query = (
            sa.select(EVENTS.c.conversation_id)
            .where(EVENTS.c.bot == bot)
            .group_by(EVENTS.c.conversation_id)
            .order_by(sa.func.min(EVENTS.c.id))
        )
        with self._doing(_READ), self.engine.connect() as connection:
            return tuple(connection.execute(query).scalars())

    def holds(self, bot: str, conversation_id: str) -> bool:
        """Whether anything of a conversation is kept."""
        return self.last_event(bot, conversation_id) > 0

    def last_event(self, bot: str, conversation_id: str) -> int:
        """The number of a conversation's last event; 0 for an unknown one."""
        query = sa.select(sa.func.max(EVENTS.c.id)).where(_of(EVENTS, bot, conversation_id))
        with self._doing(_READ), self.engine.connect() as connection:
            return int(connection.execute(query).scalar() or 0)

    def turn(self, bot: str, conversation_id: str, turn_id: str) -> KeptTurn | None:
        """A turn that was stored."""
        found = self._turns(_of(TURNS, bot, conversation_id), TURNS.c.turn_id == turn_id)
        return found[0] if found else None

    def turns(self, bot: str, conversation_id: str) -> tuple[KeptTurn, ...]:
        """The turns of a conversation in order."""
        return self._turns(_of(TURNS, bot, conversation_id))

    def turn_ids(self, bot: str, conversation_id: str, *, after: int = 0) -> Mapping[int, str]:
        """The id of the turn that an event belongs to, by the number of the turn's first and last event."""
        columns = sa.select(TURNS.c.turn_id, TURNS.c.first_event, TURNS.c.last_event)
        with self._doing(_READ), self.engine.connect() as connection:
            rows = connection.execute(columns.where(_of(TURNS, bot, conversation_id), TURNS.c.last_event > after)).all()
        return {number: str(name) for name, *numbers in rows for number in numbers}

    def hold(self, bot: str, conversation_id: str) -> AbstractContextManager[None]:
        """Hold a conversation against other processes; only PostgreSQL has such locks."""
        return self._locks.held(bot, conversation_id) if self._locks else nullcontext()

    def watch(self, watcher: Watcher) -> Watch:
        """Tell somebody of new events and signals until the watch is closed."""
        return self._watching.add(watcher)

    def tell(self, signal: Mapping[str, str]) -> None:
        """Send a signal to all that watch; to other processes by PostgreSQL alone."""
        if self._is_server:
            with self._doing("can not be reached"), self.engine.begin() as connection:
                announce(connection, signal)
        else:
            self._watching.told(signal)

    def check(self) -> None:
        """See that the store answers."""
        with self._doing(_READ), self.engine.connect() as connection:
            connection.execute(sa.select(EVENTS.c.id).limit(1)).first()

    def delete(self, bot: str, conversation_id: str) -> Deletion:
        """Remove a conversation in one transaction, and its bytes from the files of the database."""
        kinds = (
            sa.select(EVENTS.c.kind, sa.func.count()).where(_of(EVENTS, bot, conversation_id)).group_by(EVENTS.c.kind)
        )
        with self._doing(_WRITTEN):
            with self.engine.begin() as connection:
                if self._is_server:
                    lock_appends(connection, bot, conversation_id)
                rows = Counter({str(kind): int(count) for kind, count in connection.execute(kinds).all()})
                for table in reversed(_by_conversation()):
                    gone = connection.execute(table.delete().where(_of(table, bot, conversation_id))).rowcount
                    rows.update({} if table.name == EVENTS.name else {table.name: gone})
                announce(connection, {"changed": conversation_id, "bot": bot})
            deletion = Deletion(rows=dict(+rows), overwritten=self._overwritten() if rows else True)
        self._watching.changed(frozenset({(bot, conversation_id)}))
        return deletion

    def purge(self, bot: str, *, before: datetime) -> tuple[str, ...]:
        """Remove the conversations in which nothing has happened since `before`; returns their ids.

        Takes a look at one row where nothing is so old.
        """
        limit = before.astimezone(UTC).isoformat()
        oldest = sa.select(sa.func.min(EVENTS.c.at)).where(EVENTS.c.bot == bot)
        stale = (
            sa.select(EVENTS.c.conversation_id)
            .where(EVENTS.c.bot == bot)
            .group_by(EVENTS.c.conversation_id)
            .having(sa.func.max(EVENTS.c.at) < limit)
        )
        with self._doing(_WRITTEN):
            with self.engine.begin() as connection:
                first = connection.execute(oldest).scalar()
                if first is None or first >= limit:
                    return ()
                ids = tuple(connection.execute(stale).scalars())
                for table in reversed(_by_conversation()):
                    for conversation_id in ids:
                        connection.execute(table.delete().where(_of(table, bot, conversation_id)))
            if ids:
                self._overwritten()
            return ids

    def close(self) -> None:
        """Release files and connections."""
        self._watching.close()
        if self._locks:
            self._locks.close()
        self.engine.dispose()

    def _turns(self, *which: sa.ColumnElement[bool]) -> tuple[KeptTurn, ...]:
        columns = (TURNS.c.turn_id, TURNS.c.at, TURNS.c.first_event, TURNS.c.last_event, TURNS.c.trace)
        with self._doing(_READ), self.engine.connect() as connection:
            rows = connection.execute(sa.select(*columns).where(*which).order_by(TURNS.c.first_event)).all()
        return tuple(
            KeptTurn(id=name, at=datetime.fromisoformat(at), first=first, last=last, trace=json.loads(trace))
            for name, at, first, last, trace in rows
        )

    def _overwritten(self) -> bool:
        """Empty the write-ahead log; False where a reader holds on to it, or the database keeps its own counsel."""
        if self.engine.dialect.name != "sqlite":
            return False
        with self.engine.connect() as connection:
            if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
                return True
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
        return not busy

    @contextmanager
    def _doing(self, problem: str) -> Iterator[None]:
        """Turn what the database says into a fault."""
        try:
            yield
        except FAILURES as error:
            raise self._failed(problem, error) from error

    def _failed(self, problem: str, error: Exception) -> StoreFailed:
        return store_failed(self._url, problem, error)


def _row(bot: str, conversation_id: str, event: Event) -> dict[str, Any]:
    return {
        "bot": bot,
        "conversation_id": conversation_id,
        "kind": event.kind,
        "at": event.at.astimezone(UTC).isoformat(),
        # In ASCII, since half a surrogate pair in a tool's answer could not be stored otherwise.
        "data": json.dumps(dict(event.data), default=str),
    }


def _record(
    connection: sa.Connection, bot: str, conversation_id: str, turn: TurnRecord, written: tuple[datetime, int, int]
) -> None:
    """Write a turn beside its events, which hold the write lock by now.

    Raises:
        TurnOvertaken: it is there already, or another one since the last event it knew of.
    """
    at, first, last = written
    later = sa.or_(TURNS.c.turn_id == turn.id, TURNS.c.last_event > turn.seen)
    overtaken = sa.select(TURNS.c.turn_id).where(_of(TURNS, bot, conversation_id), later).limit(1)
    if connection.execute(overtaken).first() is not None:
        problem, hint = "another turn of the conversation was stored meanwhile", "send the message again"
        raise TurnOvertaken(Fault(code="KW503", place="conversation", problem=problem, hint=hint))
    values = {"at": at.astimezone(UTC).isoformat(), "first_event": first, "last_event": last}
    names = {"bot": bot, "conversation_id": conversation_id, "turn_id": turn.id}
    connection.execute(TURNS.insert(), {**names, **values, "trace": json.dumps(dict(turn.trace), default=str)})


def _by_conversation() -> list[sa.Table]:
    return [table for table in TABLES.sorted_tables if {"bot", "conversation_id"} <= set(table.c.keys())]


def _of(table: sa.Table, bot: str, conversation_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.bot == bot, table.c.conversation_id == conversation_id)
