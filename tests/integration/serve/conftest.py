"""Databases of both kinds for the tests of this room; PostgreSQL is Debian's, started in a temporary folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from integration.serve.postgres import Postgres, binaries, running_postgres

NEEDED = "KITWRIGHT_TEST_ALL"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running server; without the package the test is skipped, or fails where it is needed."""
    programs = binaries()
    if programs is None:
        (pytest.fail if os.environ.get(NEEDED) else pytest.skip)("no PostgreSQL here: apt-get install postgresql")
    with running_postgres(programs) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/talks.sqlite"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()
