"""Sealed vaults in SQL: the last one holds, by bot and conversation, until it expires or is forgotten."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kitwright.errors import StoreFailed
from kitwright.store import SqlStore, SqlVaults

LATER = datetime.now(UTC) + timedelta(hours=1)
OVER = datetime.now(UTC) - timedelta(seconds=1)


@pytest.fixture
def vaults(tmp_path: Path) -> Iterator[SqlVaults]:
    made = SqlVaults(f"sqlite:///{tmp_path}/new/x.sqlite")
    yield made
    made.close()


def test_the_last_one_holds(vaults: SqlVaults) -> None:
    vaults.save("shop", "a", b"1", expires=LATER)
    vaults.save("shop", "b", b"2", expires=LATER)
    vaults.save("shop", "a", b"3", expires=LATER)
    assert [vaults.load("shop", name) for name in "abc"] == [b"3", b"2", None]
    assert vaults.load("clinic", "a") is None


def test_what_has_expired_is_not_given_out_and_goes(vaults: SqlVaults) -> None:
    vaults.save("shop", "a", b"1", expires=OVER)
    assert vaults.load("shop", "a") is None
    assert vaults.purge() == 1
    vaults.save("shop", "a", b"1", expires=OVER)
    vaults.save("shop", "b", b"2", expires=LATER)
    assert vaults.purge() == 0


def test_a_forgotten_vault_is_gone(vaults: SqlVaults) -> None:
    vaults.save("shop", "a", b"1", expires=LATER)
    vaults.save("clinic", "a", b"2", expires=LATER)
    vaults.forget("shop", "a")
    vaults.forget("shop", "a")
    assert (vaults.load("shop", "a"), vaults.load("clinic", "a")) == (None, b"2")


def test_what_is_forgotten_is_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "x.sqlite"
    vaults = SqlVaults(f"sqlite:///{file}")
    for name in "abc":
        vaults.save("shop", name, b"sealed canary" * 200, expires=LATER)
        vaults.save("shop", name, b"sealed again" * 200, expires=LATER)
        vaults.forget("shop", name)
    vaults.close()
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"canary" not in file.read_bytes()
    assert b"again" not in file.read_bytes()


def test_they_lie_beside_the_conversations(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.sqlite"
    store, vaults = SqlStore(url), SqlVaults(url)
    vaults.save("shop", "a", b"1", expires=LATER)
    assert (SqlVaults(url).load("shop", "a"), store.events("shop", "a")) == (b"1", ())
    store.close()
    vaults.close()


def test_a_failure_names_the_place_and_no_password(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").mkdir()
    with pytest.raises(StoreFailed, match="KW501"):
        SqlVaults(f"sqlite:///{tmp_path}/x.sqlite")


@pytest.mark.parametrize("call", ["load", "forget"])
def test_an_id_that_can_not_be_stored_is_a_fault(vaults: SqlVaults, call: str) -> None:
    with pytest.raises(StoreFailed):
        getattr(vaults, call)("shop", "\ud800")
