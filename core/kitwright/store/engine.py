"""Engines for the store's databases, how they are set, and the fault of one that fails."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event as sa_event
from sqlalchemy.pool import QueuePool

from kitwright.errors import Fault, StoreFailed

WAIT_S: Final = 10.0
"""Seconds that a write waits for others."""

FAILURES: Final = (sa.exc.SQLAlchemyError, UnicodeError)  # an id with half a surrogate pair can not be stored
_AGAIN_S: Final = 0.01
_POOL: Final = 16
_DRIVER: Final = "postgresql+psycopg"


def open_engine(url: str, **options: Any) -> sa.Engine:
    """An engine for a URL; SQLite files get their folder and WAL mode, PostgreSQL its driver and patience."""
    parsed = _with_driver(sa.make_url(url))
    if parsed.get_backend_name() == "postgresql":
        patience = {"connect_timeout": int(WAIT_S), "keepalives_idle": 30, "application_name": "kitwright"}
        pool = {"pool_pre_ping": True, "pool_size": _POOL, "max_overflow": _POOL * 2} | options
        return sa.create_engine(parsed, connect_args=patience, **pool)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(parsed, pool_pre_ping=True)
    if is_in_memory(parsed):
        # The one connection is the database; threads take turns, so that a transaction stays with its thread.
        only = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
        return sa.create_engine(parsed, connect_args={"check_same_thread": False}, **only)
    if not str(parsed.database).startswith("file:"):
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(parsed, connect_args={"timeout": WAIT_S}, pool_size=_POOL, max_overflow=_POOL * 2)
    sa_event.listen(engine, "connect", _durable_and_quick)
    return engine


def is_in_memory(url: sa.URL) -> bool:
    """Whether the database is gone with its connection."""
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


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


def _with_driver(url: sa.URL) -> sa.URL:
    return url.set(drivername=_DRIVER) if url.drivername in ("postgres", "postgresql") else url


def _durable_and_quick(connection: Any, _record: object) -> None:
    """WAL with synchronous=NORMAL loses nothing when the process is killed, and does not wait for the disk.

    Deleted content is overwritten with zeros; only that makes it go from the file.
    """
    with closing(connection.cursor()) as cursor:
        _until_free(lambda: cursor.execute("PRAGMA journal_mode=WAL"))
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA secure_delete=ON")


def _until_free(change: Callable[[], object]) -> None:
    """Make a change that SQLite refuses, instead of waiting, while others have the database open for theirs."""
    ends = time.monotonic() + WAIT_S
    while True:
        try:
            change()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > ends:
                raise
        time.sleep(_AGAIN_S)


def _place(url: str) -> str:
    try:
        return sa.make_url(url).render_as_string(hide_password=True)
    except (sa.exc.ArgumentError, ValueError):
        return "store.url"
