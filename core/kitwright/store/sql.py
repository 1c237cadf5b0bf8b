"""The conversation store: append-only events in SQL, by SQLAlchemy Core; SQLite in WAL mode by default.

What is deleted is gone from the files too, where the database is SQLite: deleted cells are overwritten, and the
write-ahead log, which still holds them, is emptied.
"""

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy import event as sa_event
from sqlalchemy.pool import QueuePool
from sqlalchemy.schema import CreateIndex, CreateTable

from kitwright.errors import Fault, StoreFailed
from kitwright.protocols import Deletion
from kitwright.types import Event, EventKind

TABLES: Final = sa.MetaData()
"""Every table; a conversation is deleted from all that have the columns `bot` and `conversation_id`."""

EVENTS: Final = sa.Table(
    "events",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("bot", sa.String(80), nullable=False),
    sa.Column("conversation_id", sa.String(80), nullable=False),
    sa.Column("kind", sa.String(24), nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sa.Index("events_by_conversation", "bot", "conversation_id", "id"),
    sa.Index("events_by_time", "bot", "at"),
)

WAIT_S: Final = 10.0
"""Seconds that a write waits for others."""

FAILURES: Final = (sa.exc.SQLAlchemyError, UnicodeError)  # an id with half a surrogate pair can not be stored


class SqlStore:
    """Keeps the events of conversations.

    Args:
        url: SQLAlchemy URL, e.g. `sqlite:////var/lib/kitwright/shop.sqlite`; `sqlite://` keeps all in memory.

    Raises:
        StoreFailed: the database can not be opened.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        try:
            self._engine = open_engine(url)
            self._make_tables()
        except (sa.exc.SQLAlchemyError, OSError, ImportError, ValueError) as error:
            raise self._failed("can not be opened", error) from error

    def append(self, bot: str, conversation_id: str, events: Sequence[Event]) -> None:
        """Add events in one transaction: all or none."""
        if not events:
            return
        rows = [
            {
                "bot": bot,
                "conversation_id": conversation_id,
                "kind": event.kind,
                "at": event.at.astimezone(UTC).isoformat(),
                # In ASCII, since half a surrogate pair in a tool's answer could not be stored otherwise.
                "data": json.dumps(dict(event.data), default=str),
            }
            for event in events
        ]
        try:
            with self._engine.begin() as connection:
                connection.execute(EVENTS.insert(), rows)
        except FAILURES as error:
            raise self._failed("can not be written", error) from error

    def events(self, bot: str, conversation_id: str) -> tuple[Event, ...]:
        """All events of a conversation in order."""
        columns = (EVENTS.c.kind, EVENTS.c.at, EVENTS.c.data)
        query = sa.select(*columns).where(_of(EVENTS, bot, conversation_id)).order_by(EVENTS.c.id)
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(query).all()
        except FAILURES as error:
            raise self._failed("can not be read", error) from error
        return tuple(
            Event(cast("EventKind", kind), datetime.fromisoformat(at), json.loads(data)) for kind, at, data in rows
        )

    def conversations(self, bot: str) -> tuple[str, ...]:
        """The ids of a bot's conversations, in the order in which they began."""
        query = (
            sa.select(EVENTS.c.conversation_id)
            .where(EVENTS.c.bot == bot)
            .group_by(EVENTS.c.conversation_id)
            .order_by(sa.func.min(EVENTS.c.id))
        )
        try:
            with self._engine.connect() as connection:
                return tuple(connection.execute(query).scalars())
        except FAILURES as error:
            raise self._failed("can not be read", error) from error

    def holds(self, bot: str, conversation_id: str) -> bool:
        """Whether anything of a conversation is kept."""
        query = sa.select(EVENTS.c.id).where(_of(EVENTS, bot, conversation_id)).limit(1)
        try:
            with self._engine.connect() as connection:
                return connection.execute(query).first() is not None
        except FAILURES as error:
            raise self._failed("can not be read", error) from error

    def delete(self, bot: str, conversation_id: str) -> Deletion:
        """Remove a conversation in one transaction, and its bytes from the files of the database."""
        kinds = (
            sa.select(EVENTS.c.kind, sa.func.count()).where(_of(EVENTS, bot, conversation_id)).group_by(EVENTS.c.kind)
        )
        try:
            with self._engine.begin() as connection:
                rows = Counter({str(kind): int(count) for kind, count in connection.execute(kinds).all()})
                for table in reversed(_by_conversation()):
                    gone = connection.execute(table.delete().where(_of(table, bot, conversation_id))).rowcount
                    rows.update({} if table.name == EVENTS.name else {table.name: gone})
            return Deletion(rows=dict(+rows), overwritten=self._overwritten() if rows else True)
        except FAILURES as error:
            raise self._failed("can not be written", error) from error

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
        try:
            with self._engine.begin() as connection:
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
        except FAILURES as error:
            raise self._failed("can not be written", error) from error

    def close(self) -> None:
        """Release files and connections."""
        self._engine.dispose()

    def _overwritten(self) -> bool:
        """Empty the write-ahead log; False where a reader holds on to it, or the database keeps its own counsel."""
        if self._engine.dialect.name != "sqlite":
            return False
        with self._engine.connect() as connection:
            if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
                return True
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
        return not busy

    def _make_tables(self) -> None:
        # "If not exists" is left to the database: several processes may open a new store at once.
        with self._engine.begin() as connection:
            for table in TABLES.sorted_tables:
                connection.execute(CreateTable(table, if_not_exists=True))
                for index in table.indexes:
                    connection.execute(CreateIndex(index, if_not_exists=True))

    def _failed(self, problem: str, error: Exception) -> StoreFailed:
        return store_failed(self._url, problem, error)


def store_failed(url: str, problem: str, error: Exception) -> StoreFailed:
    """The fault of a database; it names the URL without its password, and nothing that was stored."""
    cause = getattr(error, "orig", None) or error
    return StoreFailed(
        Fault(
            code="KW501",
            place=_place(url),
            problem=f"the conversation store {problem} ({type(cause).__name__})",
            hint="check that the folder exists and can be written, or set store.url in bot.yaml",
        )
    )


def _by_conversation() -> list[sa.Table]:
    return [table for table in TABLES.sorted_tables if {"bot", "conversation_id"} <= set(table.c.keys())]


def _of(table: sa.Table, bot: str, conversation_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.bot == bot, table.c.conversation_id == conversation_id)


def open_engine(url: str) -> sa.Engine:
    """An engine for a URL; SQLite files get their folder and WAL mode."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True)
    if not parsed.database or parsed.database == ":memory:":
        # The one connection is the database; threads take turns, so that a transaction stays with its thread.
        only = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
        return sa.create_engine(url, connect_args={"check_same_thread": False}, **only)
    if not parsed.database.startswith("file:"):
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"timeout": WAIT_S})
    sa_event.listen(engine, "connect", _durable_and_quick)
    return engine


def _durable_and_quick(connection: Any, _record: object) -> None:
    """WAL with synchronous=NORMAL loses nothing when the process is killed, and does not wait for the disk.

    Deleted content is overwritten with zeros; only that makes it go from the file.
    """
    with closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA secure_delete=ON")


def _place(url: str) -> str:
    try:
        return sa.make_url(url).render_as_string(hide_password=True)
    except (sa.exc.ArgumentError, ValueError):
        return "store.url"
