"""Watching a store: who wants to know is told of new events and signals, of this process and of others.

On PostgreSQL others are heard by LISTEN; on a SQLite file their events are seen by a look at the highest number.
"""

import json
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from kitwright.protocols import Watcher
from kitwright.store.engine import FAILURES, WAIT_S, is_in_memory
from kitwright.store.tables import EVENTS

if TYPE_CHECKING:
    import psycopg

CHANNEL: Final = "kitwright"
_LOOK_EVERY_S: Final = 0.5
_AGAIN_AFTER_S: Final = 1.0


class Watching:
    """The watchers of one store.

    Args:
        engine: of the store.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._watchers: list[Watcher] = []
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, watcher: Watcher) -> "Watched":
        """Tell somebody from now on."""
        with self._lock:
            self._watchers.append(watcher)
            if self._thread is None and not is_in_memory(self._engine.url):
                listen = _listen if self._engine.dialect.name == "postgresql" else _look
                self._thread = threading.Thread(target=listen, args=(self._engine, self), daemon=True)
                self._thread.start()
        return Watched(self, watcher)

    def remove(self, watcher: Watcher) -> None:
        """Tell somebody no longer."""
        with self._lock:
            self._watchers = [each for each in self._watchers if each is not watcher]

    def changed(self, which: frozenset[tuple[str, str]] | None) -> None:
        """Conversations have new events."""
        for watcher in self._all():
            watcher.changed(which)

    def told(self, signal: Mapping[str, str]) -> None:
        """A signal came."""
        for watcher in self._all():
            watcher.told(signal)

    def rest(self, seconds: float) -> bool:
        """Wait; whether the watch goes on."""
        return not self._stop.wait(seconds)

    @property
    def stopped(self) -> bool:
        """Whether nobody is to be told any more."""
        return self._stop.is_set()

    def close(self) -> None:
        """Stop listening."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _all(self) -> tuple[Watcher, ...]:
        with self._lock:
            return tuple(self._watchers)


class Watched:
    """One watcher's watch."""

    def __init__(self, watching: Watching, watcher: Watcher) -> None:
        self._end: Callable[[], None] = lambda: watching.remove(watcher)

    def close(self) -> None:
        """Stop watching."""
        self._end()


def announce(connection: sa.Connection, message: Mapping[str, str]) -> None:
    """Send a message to the listeners of other processes, with the transaction; on PostgreSQL alone."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_notify(CHANNEL, json.dumps(dict(message)))))


def _listen(engine: sa.Engine, watching: Watching) -> None:
    """Hear PostgreSQL's notifications; a connection that breaks is made again, and then anything may have happened."""
    import psycopg

    # A connection of its own, never of the pool: it listens.
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    broken = False
    while not watching.stopped:
        try:
            with psycopg.connect(address, autocommit=True, connect_timeout=int(WAIT_S)) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                if broken:
                    watching.changed(None)
                _hear(connection, watching)
        except psycopg.Error:
            broken = True
            watching.rest(_AGAIN_AFTER_S)


def _hear(connection: "psycopg.Connection[Any]", watching: Watching) -> None:
    while not watching.stopped:
        for notice in connection.notifies(timeout=_LOOK_EVERY_S):
            message = json.loads(notice.payload)
            if "changed" in message:
                watching.changed(frozenset({(message["bot"], message["changed"])}))
            else:
                watching.told(message)


def _look(engine: sa.Engine, watching: Watching) -> None:
    """See what other processes wrote to a SQLite file."""
    seen: int | None = None
    while watching.rest(_LOOK_EVERY_S):
        try:
            with engine.connect() as connection:
                last = connection.execute(sa.select(sa.func.max(EVENTS.c.id))).scalar() or 0
                if seen is None or last <= seen:
                    seen = last
                    continue
                columns = sa.select(EVENTS.c.bot, EVENTS.c.conversation_id).where(EVENTS.c.id > seen).distinct()
                found = frozenset((str(bot), str(each)) for bot, each in connection.execute(columns).all())
        except FAILURES:
            continue
        seen = last
        watching.changed(found)
