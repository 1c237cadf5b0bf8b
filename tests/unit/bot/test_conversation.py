"""Conversations in memory: which stay, what a restart loses, and that old placeholders never get new values."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from kitwright.bot.conversation import Conversations
from kitwright.protocols import Deletion
from kitwright.store import SqlStore
from kitwright.types import Event, EventKind, ScrubbedText
from unit.bot.turns import NOW


def event(kind: EventKind, **data: object) -> Event:
    return Event(kind, NOW, data)


def test_the_least_recently_used_goes_first() -> None:
    conversations = Conversations(SqlStore("sqlite://"), "museum", kept=2)
    one, two = conversations.open("1"), conversations.open("2")
    assert conversations.open("1") is one
    three = conversations.open("3")
    assert conversations.open("1") is one
    assert conversations.open("3") is three
    assert conversations.open("2") is not two


def test_a_conversation_with_a_turn_under_way_stays() -> None:
    conversations = Conversations(SqlStore("sqlite://"), "museum", kept=1)
    busy = conversations.open("busy")
    with busy.lock:
        conversations.open("2")
        conversations.open("3")
        assert conversations.open("busy") is busy
    conversations.open("4")
    assert conversations.open("busy") is not busy


def test_one_that_left_memory_comes_back_from_the_store() -> None:
    store = SqlStore("sqlite://")
    conversations = Conversations(store, "museum", kept=1)
    conversations.open("1")
    store.append("museum", "1", (event("user", text="hi"), event("asked", slot="day"), event("bot", text="hello")))
    conversations.open("2")
    back = conversations.open("1")
    assert [e.kind for e in back.events] == ["user", "asked", "bot"]
    assert [(m.role, m.content) for m in back.history()] == [("user", "hi"), ("assistant", "hello")]


def test_empty_messages_are_no_history() -> None:
    store = SqlStore("sqlite://")
    store.append("museum", "1", (event("user", text=""), event("bot", text="I got an empty message.")))
    assert [m.role for m in Conversations(store, "museum").open("1").history()] == ["assistant"]


def restarted() -> Conversations:
    """A process that starts with what another one has stored."""
    store = SqlStore("sqlite://")
    store.append(
        "museum",
        "1",
        (
            event("user", text="I am <PERSON_2>, <EMAIL_ADDRESS_3>"),
            event("slot_set", slot="email", value="<EMAIL_ADDRESS_3>"),
            event("slot_set", slot="note", value="for <PERSON_2> only"),
            event("slot_set", slot="day", value="Monday"),
            event("slot_set", slot="phone", value="<PHONE_NUMBER_9>"),
            event("slot_set", slot="phone", value=None),
            event("tool_called", tool="t", ok=True, result={"rows": [{"to": "<EMAIL_ADDRESS_5>"}]}),
            event("bot", text="Hello."),
        ),
    )
    return Conversations(store, "museum")


def test_a_restart_forgets_the_slots_that_nobody_can_restore() -> None:
    events = restarted().open("1").events
    assert [(e.kind, dict(e.data)) for e in events[8:]] == [
        ("slot_set", {"slot": "email", "value": None}),
        ("slot_set", {"slot": "note", "value": None}),
    ]


def test_a_restart_never_gives_an_old_placeholder_a_new_value() -> None:
    vault = restarted().open("1").vault
    assert vault.hide("EMAIL_ADDRESS", "new@example.com", owned=True) == "<EMAIL_ADDRESS_6>"
    assert vault.hide("PERSON", "Al", owned=True) == "<PERSON_3>"
    assert vault.hide("PHONE_NUMBER", "07700 900123", owned=True) == "<PHONE_NUMBER_10>"
    assert vault.hide("UK_POSTCODE", "BS6 5QA", owned=True) == "<UK_POSTCODE_1>"
    old = ScrubbedText("<EMAIL_ADDRESS_3> <EMAIL_ADDRESS_5> <PERSON_2>")
    assert vault.restore(old) == old


def test_a_deleted_conversation_is_gone_everywhere() -> None:
    conversations = restarted()
    before = conversations.open("1")
    before.vault.hide("PERSON", "Al", owned=True)
    deletion, values = conversations.delete("1")
    assert (sum(deletion.rows.values()), deletion.rows["slot_set"], values) == (8, 5, 1)
    after = conversations.open("1")
    assert after is not before
    assert after.events == ()
    assert conversations.delete("1") == (Deletion({}, overwritten=True), 0)


def test_one_that_another_process_deletes_is_forgotten_here() -> None:
    store = SqlStore("sqlite://")
    store.append("museum", "1", (event("user", text="I am <PERSON_1>"),))
    conversations = Conversations(store, "museum")
    before = conversations.open("1")
    before.vault.hide("PERSON", "Al", owned=True)
    store.delete("museum", "1")
    after = conversations.open("1")
    assert (after.events, after.vault.restorable(), before.deleted) == ((), frozenset(), True)


def test_a_deletion_waits_for_the_turn_and_the_next_turn_begins_anew() -> None:
    store = SqlStore("sqlite://")
    conversations = Conversations(store, "museum")
    with ThreadPoolExecutor(2) as pool:
        with conversations.turn("1") as first:
            deleting = pool.submit(conversations.delete, "1")
            with pytest.raises(TimeoutError):
                deleting.result(timeout=0.05)
            store.append("museum", "1", (event("user", text="hi"),))
            first.events = (event("user", text="hi"),)
        assert deleting.result(timeout=5)[0].rows == {"user": 1}
    with conversations.turn("1") as second:
        assert (second is first, second.events) == (False, ())


def test_old_conversations_go_when_the_bot_opens_its_store_and_once_a_day() -> None:
    store = SqlStore("sqlite://")
    now = datetime.now(UTC)
    for name, days in (("old", 31), ("young", 29)):
        store.append("museum", name, (Event("user", now - timedelta(days=days), {"text": "hi"}),))
    store.append("other", "old", (Event("user", now - timedelta(days=99), {"text": "hi"}),))
    conversations = Conversations(store, "museum", retention=timedelta(days=30))
    assert (store.conversations("museum"), store.conversations("other")) == (("young",), ("old",))
    store.append("museum", "late", (Event("user", now - timedelta(days=31), {"text": "hi"}),))
    conversations.open("young")
    assert store.holds("museum", "late")
    conversations._purged -= timedelta(days=1)
    conversations.open("young")
    assert not store.holds("museum", "late")
