"""Advisory locks of PostgreSQL: one turn of a conversation at a time, whatever process it runs in.

A lock is held by a connection of its own; it goes when the connection goes, and so when the process dies.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

import sqlalchemy as sa

from kitwright.store.engine import FAILURES, open_engine, store_failed

PATIENCE_S: Final = 60
"""Seconds that a turn waits for the one before it."""

_TURNS: Final = 1  # seeds of the hash: the two kinds of locks never meet
_APPENDS: Final = 2


class AdvisoryLocks:
    """Holds conversations against other processes.

    Args:
        url: of the database.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine = open_engine(url, isolation_level="AUTOCOMMIT")

    @contextmanager
    def held(self, bot: str, conversation_id: str) -> Iterator[None]:
        """Hold a conversation; waits for whoever holds it.

        Raises:
            StoreFailed: the database can not be reached, or the wait was too long.
        """
        key = _hashed(bot, conversation_id, _TURNS)
        try:
            connection = self._engine.connect()
        except FAILURES as error:
            raise store_failed(self._url, "can not be reached", error) from error
        try:
            try:
                connection.exec_driver_sql(f"SET lock_timeout = '{PATIENCE_S}s'")
                connection.execute(sa.select(sa.func.pg_advisory_lock(key)))
            except FAILURES as error:
                raise store_failed(self._url, "could not hold the conversation", error) from error
            yield
        finally:
            _let_go(connection, key)

    def close(self) -> None:
        """Release the connections."""
        self._engine.dispose()


def lock_appends(connection: sa.Connection, bot: str, conversation_id: str) -> None:
    """Let nobody else add to the conversation until the transaction ends, so that numbers appear in their order."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_hashed(bot, conversation_id, _APPENDS))))


def _let_go(connection: sa.Connection, key: sa.ColumnElement[int]) -> None:
    """Unlock; a connection that can not is closed, which unlocks too."""
    try:
        connection.execute(sa.select(sa.func.pg_advisory_unlock(key)))
    except FAILURES:
        connection.invalidate()
    with suppress(*FAILURES):
        connection.close()


def _hashed(bot: str, conversation_id: str, kind: int) -> sa.ColumnElement[int]:
    return sa.func.hashtextextended(f"{bot}/{conversation_id}", kind)
