"""The store on SQLite and on PostgreSQL: one schema, the same answers, and several processes at once."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from integration.serve.postgres import Postgres
from kitwright.errors import StoreFailed, TurnOvertaken
from kitwright.protocols import TurnRecord, Watcher
from kitwright.store import Rating, Ratings, SqlStore, SqlVaults
from kitwright.store.engine import open_engine
from kitwright.store.schema import HEAD, MIGRATIONS
from kitwright.store.tables import TABLES
from kitwright.types import Event, ScrubbedText

AT = datetime(2026, 1, 5, 9, 30, 0, 123456, tzinfo=UTC)
PATIENCE_S = 20
OLD_SCHEMA = (
    "CREATE TABLE events (id INTEGER NOT NULL, bot VARCHAR(80) NOT NULL, conversation_id VARCHAR(80) NOT NULL, "
    "kind VARCHAR(24) NOT NULL, at VARCHAR(32) NOT NULL, data TEXT NOT NULL, PRIMARY KEY (id))",
    "CREATE INDEX events_by_conversation ON events (bot, conversation_id, id)",
    "INSERT INTO events VALUES (7, 'bot', 'a', 'user', '2026-01-05T09:30:00+00:00', '{\"text\": \"old\"}')",
)


def event(text: str) -> Event:
    return Event("user", AT, {"text": text})


@pytest.fixture
def store(database: str) -> Iterator[SqlStore]:
    made = SqlStore(database)
    yield made
    made.close()


def test_the_migrations_lead_to_the_tables_of_the_code(store: SqlStore) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), TABLES) == []
        inspector = sa.inspect(connection)
        assert set(inspector.get_table_names()) == {*TABLES.tables, "alembic_version"}
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_a_database_of_an_early_version_is_taken_over(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.sqlite"
    engine = open_engine(url)
    with engine.begin() as connection:
        for statement in OLD_SCHEMA:
            connection.exec_driver_sql(statement)
    engine.dispose()
    store = SqlStore(url)
    assert [(e.id, e.data["text"]) for e in store.events("bot", "a")] == [(7, "old")]
    store.delete("bot", "a")
    (new,) = store.append("bot", "a", [event("new")])
    assert (new.id or 0) > 7
    store.close()


def test_several_processes_open_a_new_database_at_once(database: str) -> None:
    program = "import sys; from kitwright.store import SqlStore; SqlStore(sys.argv[1]).close()"
    running = [subprocess.Popen([sys.executable, "-c", program, database]) for _ in range(4)]
    assert [process.wait(timeout=60) for process in running] == [0] * 4


def test_events_are_numbered_and_read_from_a_number_on(store: SqlStore) -> None:
    first = store.append("bot", "a", [event("1"), event("2")])
    store.append("bot", "b", [event("other")])
    (third,) = store.append("bot", "a", [event("3")])
    numbers = [e.id or 0 for e in (*first, third)]
    assert numbers == sorted(set(numbers))
    assert [e.data["text"] for e in store.events("bot", "a", after=numbers[0])] == ["2", "3"]
    assert store.last_event("bot", "a") == numbers[-1]
    assert store.last_event("bot", "unknown") == 0


def test_half_a_character_and_a_null_come_back(store: SqlStore) -> None:
    store.append("bot", "a", [Event("slot_set", AT, {"slot": "x", "value": "\ud83d\x00é"})])
    assert store.events("bot", "a")[0].data["value"] == "\ud83d\x00é"


def test_a_turn_is_kept_once_with_its_trace(store: SqlStore) -> None:
    events = store.append("bot", "a", [event("1"), event("2")], TurnRecord(id="t", trace={"steps": []}))
    kept = store.turn("bot", "a", "t")
    assert kept is not None
    assert (kept.first, kept.last, kept.trace, kept.at) == (events[0].id, events[1].id, {"steps": []}, AT)
    seen = store.last_event("bot", "a")
    with pytest.raises(TurnOvertaken, match="KW503"):
        store.append("bot", "a", [event("again")], TurnRecord(id="t", seen=seen))
    with pytest.raises(TurnOvertaken):
        store.append("bot", "a", [event("late")], TurnRecord(id="u", seen=0))
    assert [e.data["text"] for e in store.events("bot", "a")] == ["1", "2"]
    assert store.turn_ids("bot", "a") == {events[0].id: "t", events[1].id: "t"}
    assert store.turn("bot", "a", "u") is None


def test_of_many_that_store_the_same_turn_one_does(store: SqlStore) -> None:
    def attempt(number: int) -> bool:
        try:
            store.append("bot", "a", [event(str(number))], TurnRecord(id="t", seen=0))
        except TurnOvertaken:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(16))) == 1
    assert len(store.events("bot", "a")) == 1


def test_a_held_conversation_is_held_against_other_processes(postgres: Postgres) -> None:
    url = postgres.new_database()
    one, other = SqlStore(url), SqlStore(url)
    order: list[str] = []
    with ThreadPoolExecutor(1) as pool:
        with one.hold("bot", "a"):

            def second() -> None:
                with other.hold("bot", "a"):
                    order.append("second")

            waiting = pool.submit(second)
            with other.hold("bot", "b"):
                pass
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.2)
            order.append("first")
        waiting.result(timeout=PATIENCE_S)
    assert order == ["first", "second"]
    one.close()
    other.close()


def test_what_another_process_writes_is_told(database: str) -> None:
    store, other = SqlStore(database), SqlStore(database)
    told, heard = threading.Event(), threading.Event()

    def changed(which: frozenset[tuple[str, str]] | None) -> None:
        if which is None or ("bot", "far") in which:
            told.set()

    watch = store.watch(Watcher(changed=changed, told=lambda signal: heard.set() if "cancel" in signal else None))
    while not told.is_set():  # the watch takes a moment to begin; what was written before is no news
        other.append("bot", "far", [event("1")])
        told.wait(0.1)
    if database.startswith("postgresql"):
        other.tell({"cancel": "m", "bot": "bot", "conversation": "far"})
        assert heard.wait(PATIENCE_S)
    watch.close()
    store.close()
    other.close()


def test_a_database_that_was_away_is_used_again(postgres: Postgres) -> None:
    store = SqlStore(postgres.new_database())
    resynced = threading.Event()
    store.watch(Watcher(changed=lambda which: resynced.set() if which is None else None, told=lambda _signal: None))
    store.append("bot", "a", [event("1")])
    postgres.stop("immediate")
    with pytest.raises(StoreFailed, match="KW501"):
        store.append("bot", "a", [event("lost")])
    with pytest.raises(StoreFailed), store.hold("bot", "a"):
        pass
    postgres.start()
    store.append("bot", "a", [event("2")])
    assert [e.data["text"] for e in store.events("bot", "a")] == ["1", "2"]
    assert resynced.wait(PATIENCE_S)
    store.close()


def test_ratings_replace_one_another_and_go_with_their_conversation(store: SqlStore) -> None:
    ratings = Ratings(store.engine)
    (reply,) = store.append("bot", "a", [event("1")])
    for value, comment in ((1, None), (-1, ScrubbedText("no"))):
        rating = Rating(conversation_id="a", event_id=reply.id or 0, value=value, at=AT, comment=comment)
        ratings.put("bot", rating)
    assert ratings.of("bot") == (rating,)
    assert store.delete("bot", "a").rows == {"user": 1, "ratings": 1}
    assert ratings.of("bot", "a") == ()


def test_old_conversations_are_purged(store: SqlStore) -> None:
    for days in (0, 40):
        store.append("bot", f"c{days}", [Event("user", AT - timedelta(days=days), {"text": "hi"})])
    assert store.purge("bot", before=AT - timedelta(days=30)) == ("c40",)
    assert store.conversations("bot") == ("c0",)


def test_sealed_vaults_lie_beside_the_conversations(database: str, store: SqlStore) -> None:
    vaults = SqlVaults(database)
    vaults.save("bot", "a", b"\x00\xff", expires=datetime.now(UTC) + timedelta(hours=1))
    assert vaults.load("bot", "a") == b"\x00\xff"
    store.append("bot", "a", [event("1")])
    assert store.delete("bot", "a").rows == {"user": 1, "vaults": 1}
    assert vaults.load("bot", "a") is None
    vaults.close()
