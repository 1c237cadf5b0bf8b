"""A few kills on each database; `python -m e2e.serve.killing` has as many as one likes."""

import asyncio
import os
from contextlib import nullcontext
from pathlib import Path

import pytest

from e2e.serve.killing import Killing, nursery
from integration.serve.conftest import NEEDED
from integration.serve.postgres import binaries, running_postgres


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_was_acknowledged_is_kept_once_whatever_is_killed(database: str, tmp_path: Path) -> None:
    programs = binaries()
    if database == "postgresql" and programs is None:
        (pytest.fail if os.environ.get(NEEDED) else pytest.skip)("no PostgreSQL here: apt-get install postgresql")
    with running_postgres(programs) if database == "postgresql" and programs else nullcontext() as server:
        store = server.new_database() if server else f"sqlite:///{tmp_path}/talks.sqlite"

        def interrupt() -> None:
            if server:
                server.stop("immediate")
                server.start()

        with nursery(tmp_path, store) as servers:
            killing = Killing(servers, servers=2 if server else 1, seed=5)
            outcome = asyncio.run(killing.run(conversations=20, kills=4, interrupt=interrupt if server else None))
    assert outcome.wrong == []
    assert (outcome.kills, outcome.stops) == (4, 1 if server else 0)
    assert outcome.acknowledged > 40
    assert outcome.sent_again > 0
