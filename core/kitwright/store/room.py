"""A part of the store's database besides the events: transactions whose failures are faults."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa

from kitwright.store.engine import FAILURES, open_engine, store_failed
from kitwright.store.schema import prepare


class Room:
    """Reads and writes tables of a database.

    Args:
        engine: of the database.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection to read.

        Raises:
            StoreFailed: the database can not be read.
        """
        try:
            with self.engine.connect() as connection:
                yield connection
        except FAILURES as error:
            raise store_failed(str(self.engine.url), "can not be read", error) from error

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction.

        Raises:
            StoreFailed: nothing was written.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except FAILURES as error:
            raise store_failed(str(self.engine.url), "can not be written", error) from error


def open_database(url: str) -> sa.Engine:
    """The engine of a database with all tables.

    Raises:
        StoreFailed: it can not be opened.
    """
    try:
        engine = open_engine(url)
        prepare(engine)
    except (sa.exc.SQLAlchemyError, OSError, ImportError, ValueError) as error:
        raise store_failed(url, "can not be opened", error) from error
    return engine


def bound(at: datetime) -> str:
    """A time as events have it, whose microseconds are left out where they are zero; sorts among them."""
    return at.astimezone(UTC).isoformat()


def written(at: datetime) -> str:
    """A time as text that sorts by time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
