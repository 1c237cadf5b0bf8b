"""Sealed vaults in SQL, beside the conversations or in a database of their own; what has expired is never given out."""

from contextlib import closing
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event as sa_event

from kitwright.errors import StoreFailed
from kitwright.store.engine import FAILURES, open_engine, store_failed
from kitwright.store.schema import prepare
from kitwright.store.tables import VAULTS

_UNREADABLE: Final = "can not be read"
_UNWRITABLE: Final = "can not be written"


class SqlVaults:
    """Keeps sealed vaults; it can not open them.

    Args:
        url: SQLAlchemy URL.

    Raises:
        StoreFailed: the database can not be opened.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        try:
            self._engine = open_engine(url)
            if self._engine.dialect.name == "sqlite":
                sa_event.listen(self._engine, "connect", _overwrite)
            prepare(self._engine)
        except (sa.exc.SQLAlchemyError, OSError, ImportError, ValueError) as error:
            raise self._failed("can not be opened", error) from error

    def load(self, bot: str, conversation_id: str) -> bytes | None:
        """The sealed vault of a conversation, unless there is none or it has expired."""
        query = sa.select(VAULTS.c.sealed).where(_of(bot, conversation_id), VAULTS.c.expires > _now())
        try:
            with self._engine.connect() as connection:
                return connection.execute(query).scalar()
        except FAILURES as error:
            raise self._failed(_UNREADABLE, error) from error

    def save(self, bot: str, conversation_id: str, sealed: bytes, *, expires: datetime) -> None:
        """Put a sealed vault in the place of the one that is there, and remove all that have expired."""
        row = {"bot": bot, "conversation_id": conversation_id, "expires": _written(expires), "sealed": sealed}
        try:
            with self._engine.begin() as connection:
                connection.execute(VAULTS.delete().where(sa.or_(_of(bot, conversation_id), VAULTS.c.expires <= _now())))
                connection.execute(VAULTS.insert(), row)
        except FAILURES as error:
            raise self._failed(_UNWRITABLE, error) from error

    def forget(self, bot: str, conversation_id: str) -> None:
        """Remove the vault of a conversation."""
        self._delete(_of(bot, conversation_id))

    def purge(self) -> int:
        """Remove all vaults that have expired; returns how many."""
        return self._delete(VAULTS.c.expires <= _now())

    def close(self) -> None:
        """Release files and connections."""
        self._engine.dispose()

    def _delete(self, which: sa.ColumnElement[bool]) -> int:
        try:
            with self._engine.begin() as connection:
                return int(connection.execute(VAULTS.delete().where(which)).rowcount)
        except FAILURES as error:
            raise self._failed(_UNWRITABLE, error) from error

    def _failed(self, problem: str, error: Exception) -> StoreFailed:
        return store_failed(self._url, problem, error)


def _overwrite(connection: Any, _record: object) -> None:
    """What is deleted is overwritten, and does not wait in the file for its place to be used again."""
    with closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA secure_delete=ON")


def _of(bot: str, conversation_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(VAULTS.c.bot == bot, VAULTS.c.conversation_id == conversation_id)


def _now() -> str:
    return _written(datetime.now(UTC))


def _written(at: datetime) -> str:
    """A time as text that sorts by time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
