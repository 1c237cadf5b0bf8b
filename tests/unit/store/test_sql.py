"""The SQL store: what is acknowledged is kept, in order, and failures are StoreFailed."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kitwright
from kitwright.errors import StoreFailed
from kitwright.protocols import Deletion, TurnRecord
from kitwright.store import Rating, Ratings, SqlStore
from kitwright.types import Event

AT = datetime(2026, 1, 5, 9, 30, 0, 123456, tzinfo=UTC)


def event(text: str) -> Event:
    return Event("user", AT, {"text": text})


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    made = SqlStore("sqlite://" if request.param == "memory" else f"sqlite:///{tmp_path}/new/folder/x.sqlite")
    yield made
    made.close()


def texts(store: SqlStore, conversation: str, bot: str = "bot") -> list[object]:
    return [event.data["text"] for event in store.events(bot, conversation)]


def test_events_come_back_in_order_by_bot_and_conversation(store: SqlStore) -> None:
    store.append("bot", "a", [event("1"), event("2")])
    store.append("bot", "b", [event("3")])
    store.append("other", "a", [event("4")])
    store.append("bot", "a", [event("5")])
    store.append("bot", "a", [])
    assert texts(store, "a") == ["1", "2", "5"]
    assert texts(store, "b") == ["3"]
    assert texts(store, "a", "other") == ["4"]
    assert store.events("bot", "unknown") == ()


def test_deleting_removes_one_conversation_and_says_how_much(store: SqlStore) -> None:
    store.append("bot", "a", [event("1"), event("2")])
    store.append("bot", "b", [event("3")])
    assert store.conversations("bot") == ("a", "b")
    assert store.holds("bot", "a")
    assert store.delete("bot", "a") == Deletion({"user": 2}, overwritten=True)
    assert store.delete("bot", "a") == Deletion({}, overwritten=True)
    assert not store.holds("bot", "a")
    assert store.events("bot", "a") == ()
    assert texts(store, "b") == ["3"]


def test_times_come_back_in_utc(store: SqlStore) -> None:
    store.append("bot", "a", [Event("user", AT.astimezone(timezone(timedelta(hours=5))), {})])
    (kept,) = store.events("bot", "a")
    assert (kept.at, kept.at.utcoffset()) == (AT, timedelta(0))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(categories=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(st.characters(categories=None)), JSON, max_size=4))
def test_any_data_comes_back_as_it_was(data: dict[str, object]) -> None:
    store = SqlStore("sqlite://")
    store.append("bot", "a", [Event("slot_set", AT, data)])
    assert store.events("bot", "a") == (Event("slot_set", AT, data),)
    store.close()


def test_eight_threads_lose_and_mix_nothing(store: SqlStore) -> None:
    def work(thread: int) -> None:
        for number in range(20):
            store.append("bot", "shared", [event(f"{thread}.{number}.{part}") for part in range(3)])
            store.append("bot", f"own{thread}", [event(str(number))])
            store.events("bot", f"own{thread}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    shared = [str(text) for text in texts(store, "shared")]
    triples = [shared[at : at + 3] for at in range(0, len(shared), 3)]
    assert len(shared) == len(set(shared)) == 8 * 20 * 3
    assert all([name.rpartition(".")[0] for name in triple] == [triple[0][:-2]] * 3 for triple in triples)
    assert all(texts(store, f"own{thread}") == [str(n) for n in range(20)] for thread in range(8))


def test_two_stores_share_a_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.sqlite"
    one, other = SqlStore(url), SqlStore(url)
    one.append("bot", "a", [event("1")])
    other.append("bot", "a", [event("2")])
    assert texts(one, "a") == texts(other, "a") == ["1", "2"]
    one.close()
    other.close()


def test_a_read_only_database_is_read_but_not_written(tmp_path: Path) -> None:
    writable = SqlStore(f"sqlite:///{tmp_path}/x.sqlite")
    writable.append("bot", "a", [event("1")])
    store = SqlStore(f"sqlite:///file:{tmp_path}/x.sqlite?mode=ro&uri=true")
    assert texts(store, "a") == ["1"]
    with pytest.raises(StoreFailed, match="KW501"):
        store.append("bot", "a", [event("2")])
    with pytest.raises(StoreFailed, match="KW501"):
        store.delete("bot", "a")
    assert texts(store, "a") == ["1"]
    store.close()
    writable.close()


def test_a_batch_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    store = SqlStore(f"sqlite:///{tmp_path}/x.sqlite")
    with pytest.raises((StoreFailed, TypeError)):
        store.append("bot", "a", [event("1"), Event(None, AT, {})])  # type: ignore[arg-type]
    assert store.events("bot", "a") == ()
    store.close()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///{tmp}",
        "sqlite:///{tmp}/file/x.sqlite",
        "sqlite:///{tmp}/file",
        "nonsense",
        "nosuch://host/db",
        "postgresql+nodriver://host/db",
        "mysql://me:secret@host:port/db",
    ],
)
def test_a_store_that_can_not_be_opened_says_so(url: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a database, but long enough to be looked at", encoding="utf-8")
    with pytest.raises(StoreFailed, match="can not be opened") as failed:
        SqlStore(url.format(tmp=tmp_path))
    assert failed.value.faults[0].code == "KW501"
    assert "secret" not in str(failed.value)


def test_a_database_that_is_damaged_later_says_so(tmp_path: Path) -> None:
    store = SqlStore(f"sqlite:///{tmp_path}/x.sqlite")
    store.append("bot", "a", [event("1")])
    store.close()
    for path in tmp_path.iterdir():
        path.write_bytes(b"x" * 5000)
    with pytest.raises(StoreFailed, match="can not be read"):
        store.events("bot", "a")


CHILD = """
import sys
from datetime import UTC, datetime
from kitwright.store import SqlStore
from kitwright.types import Event
store = SqlStore(sys.argv[1])
for number in range(10**6):
    store.append("bot", "a", [Event("user", datetime.now(UTC), {"text": str(number)})])
    print(number, flush=True)
"""


def test_a_killed_process_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.sqlite"
    core = str(Path(kitwright.__file__).parents[1])
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, url],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": core},
    )
    assert child.stdout is not None
    acknowledged = [child.stdout.readline() for _ in range(50)]
    child.send_signal(signal.SIGKILL)
    acknowledged += child.stdout.read().splitlines()
    child.wait()
    child.stdout.close()
    store = SqlStore(url)
    kept = texts(store, "a")
    store.close()
    assert int(acknowledged[-1]) >= 49
    assert kept[: len(acknowledged)] == [line.strip() for line in acknowledged]
    assert len(kept) - len(acknowledged) in (0, 1)


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


@pytest.mark.parametrize("how", ["delete", "purge"])
def test_the_bytes_of_what_is_deleted_are_gone_from_the_files(tmp_path: Path, how: str) -> None:
    store = SqlStore(f"sqlite:///{tmp_path}/x.sqlite")
    order = [f"{number % 60:03}" for number in range(900)]
    random.Random(5).shuffle(order)
    for number, name in enumerate(order):
        at = AT + timedelta(days=int(name))
        long = "x" * (9000 if number % 50 == 0 else 30)
        store.append("bot", f"conv-{name}-end", [Event("user", at, {"text": f"said-{name}-end {long}"})])
    gone = [f"{number:03}" for number in range(0, 60, 3)] if how == "delete" else [f"{n:03}" for n in range(20)]
    assert all(f"said-{name}-end".encode() in on_disk(tmp_path) for name in gone)
    if how == "delete":
        assert all(store.delete("bot", f"conv-{name}-end").overwritten for name in gone)
    else:
        purged = store.purge("bot", before=AT + timedelta(days=20))
        assert set(purged) == {f"conv-{name}-end" for name in gone}
        assert store.purge("bot", before=AT + timedelta(days=20)) == ()
    left = on_disk(tmp_path)
    assert [name for name in gone if f"said-{name}-end".encode() in left or f"conv-{name}-end".encode() in left] == []
    kept = {f"{number:03}" for number in range(60)} - set(gone)
    assert all(len(store.events("bot", f"conv-{name}-end")) == 15 for name in kept)
    store.close()


def test_a_reader_that_holds_on_to_the_log_is_told(tmp_path: Path) -> None:
    store = SqlStore(f"sqlite:///{tmp_path}/x.sqlite")
    store.append("bot", "a", [event("1")])
    with closing(sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM events").fetchall()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("kitwright.store.engine.WAIT_S", 0.1)
            patient = SqlStore(f"sqlite:///{tmp_path}/x.sqlite")
            assert patient.delete("bot", "a") == Deletion({"user": 1}, overwritten=False)
            patient.close()
    store.close()


def test_what_other_tables_keep_of_a_conversation_goes_with_it() -> None:
    store = SqlStore("sqlite://")
    for conversation in "ab":
        (kept,) = store.append("bot", conversation, [event("1")], TurnRecord(id="t1"))
        ratings = Ratings(store.engine)
        ratings.put("bot", Rating(conversation_id=conversation, event_id=kept.id or 0, value=1, at=AT))
    assert store.delete("bot", "a").rows == {"user": 1, "turns": 1, "ratings": 1}
    assert (store.turns("bot", "a"), ratings.of("bot", "a")) == ((), ())
    assert (len(store.turns("bot", "b")), len(ratings.of("bot"))) == (1, 1)
    store.close()
