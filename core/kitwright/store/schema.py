"""Brings a database to the schema of this version, by Alembic's migrations; a database in memory gets it at once."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from kitwright.store.engine import is_in_memory
from kitwright.store.tables import TABLES

HEAD: Final = "0003"
"""The newest migration; a test holds it to the folder."""

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME: Final = 4711_0815  # the advisory lock of those that migrate


def prepare(engine: sa.Engine) -> None:
    """Bring the database to the newest schema; several processes may do so at once.

    Raises:
        SQLAlchemyError: it can not be read or changed.
    """
    if is_in_memory(engine.url):
        TABLES.create_all(engine)
    elif _version(engine) != HEAD:
        with _alone(engine) as connection:
            if _version_of(connection) != HEAD:
                _migrate(connection)


def _migrate(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _version(engine: sa.Engine) -> str | None:
    with engine.connect() as connection:
        return _version_of(connection)


def _version_of(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return str(row[0]) if row else None


def _alone(engine: sa.Engine) -> AbstractContextManager[sa.Connection]:
    return _alone_on_sqlite(engine) if engine.dialect.name == "sqlite" else _alone_on_server(engine)


@contextmanager
def _alone_on_sqlite(engine: sa.Engine) -> Iterator[sa.Connection]:
    """The write lock, and all steps in one transaction; the driver would end it at each change of a table."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        connection.exec_driver_sql("COMMIT")


@contextmanager
def _alone_on_server(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
        yield connection
