"""What the console reads and keeps, on SQLite and on PostgreSQL: the same answers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from kitwright.errors import UsageError
from kitwright.protocols import TurnRecord
from kitwright.store import Activity, AuditLog, CannedReplies, Figures, SqlStore, Staff
from kitwright.types import Event

AT = datetime(2026, 1, 5, tzinfo=UTC)
DAY = (AT, AT + timedelta(days=1))
TURNS = (
    ("where is it", "track", 10.0, None),
    ("gift cards?", "other", 30.5, "no passage fits"),
    ("hm", "track", 20.0, None),
)


@pytest.fixture
def store(database: str) -> Iterator[SqlStore]:
    made = SqlStore(database)
    for number, (text, intent, ms, why) in enumerate(TURNS):
        decision = "fallback" if why else "passed"
        steps = [{"step": "guard_out", "decision": decision, "why": why or "", "ms": ms}]
        trace = {"steps": steps, "ms": ms, "text": text, "decision": {"events": []}}
        events = (Event("user", AT, {"text": text, "intent": intent}), Event("bot", AT, {"text": "so"}))
        made.append("shop", f"c{number}", events, TurnRecord(id="t", trace=trace))
    made.append("shop", "c0", (Event("handoff", AT + timedelta(hours=1), {"reason": "asked"}),))
    made.append("shop", "c2", (Event("agent_joined", AT, {"agent": "Ana"}),))
    yield made
    made.close()


def test_conversations_from_above(store: SqlStore) -> None:
    talks = Activity(store.engine).talks("shop", *DAY)
    assert [(talk.id, talk.state, talk.agent, talk.said) for talk in talks] == [
        ("c0", "waiting", None, "so"),
        ("c2", "agent", "Ana", "so"),
        ("c1", "bot", None, "so"),
    ]
    assert talks[0].waiting_since == AT + timedelta(hours=1)
    assert [talk.id for talk in Activity(store.engine).talks("shop", *DAY, state="agent", limit=1)] == ["c2"]
    later = (DAY[1], DAY[1] + timedelta(days=1))
    assert Activity(store.engine).talks("shop", *later) == ()


def test_search(store: SqlStore) -> None:
    found = Activity(store.engine).search("shop", "GIFT cards", *DAY)
    assert [(each.conversation_id, each.kind, each.text) for each in found] == [("c1", "user", "gift cards?")]
    assert Activity(store.engine).search("shop", "100% '; --", *DAY) == ()


def test_figures(store: SqlStore) -> None:
    figures = Figures(store.engine)
    assert sorted(timing.ms for timing in figures.timings("shop", *DAY)) == [10.0, 20.0, 30.5]
    assert figures.intents("shop", *DAY) == {"track": 2, "other": 1}
    [unanswered] = figures.unanswered("shop", *DAY)
    assert (unanswered.conversation_id, unanswered.text, unanswered.why) == ("c1", "gift cards?", "no passage fits")


def test_staff_sessions_audit_and_replies(store: SqlStore) -> None:
    staff, now = Staff(store.engine), datetime.now(UTC)
    staff.add("ana", "admin", "hash")
    staff.open_session("ana", "one", now + timedelta(hours=1))
    assert staff.of_session("one")
    assert staff.is_any_active({"admin"})
    assert not staff.is_any_active({"agent"})
    with pytest.raises(UsageError):
        staff.set_active("ana", active=False)
    AuditLog(store.engine).add("ana", "read", bot="shop", conversation="hash")
    hour = timedelta(hours=1)
    assert [entry.who for entry in AuditLog(store.engine).between(now - hour, now + hour, who="ana", bot="shop")] == [
        "ana"
    ]
    replies = CannedReplies(store.engine)
    replies.put("shop", "Hours", "Nine to five")
    replies.put("shop", "Hours", "Ten to six")
    assert [each.text for each in replies.of("shop")] == ["Ten to six"]
