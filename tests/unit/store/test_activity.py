"""Conversations from above: states are those that the events lead to; search finds what was said."""

from datetime import UTC, datetime, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from kitwright.bot import ASKED, mode_of
from kitwright.store import Activity, SqlStore
from kitwright.types import Event, EventKind

NOW = datetime.now(UTC)
DAY = (NOW - timedelta(hours=12), NOW + timedelta(hours=12))
KINDS = ("user", "bot", "note", "handoff", "agent_joined", "handed_back", "restarted", "slot_set")


def _event(kind: EventKind, **data: object) -> Event:
    return Event(kind, NOW, {"text": f"said by {kind}", "agent": "ana", "reason": ASKED, **data})


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=12))
def test_the_state_is_the_one_that_the_events_lead_to(kinds: list[EventKind]) -> None:
    store = SqlStore("sqlite://")
    store.append("shop", "one", [_event(kind) for kind in kinds])
    mode = mode_of(store.events("shop", "one"))
    [talk] = Activity(store.engine).talks("shop", *DAY)
    assert (talk.state, talk.agent) == (mode.name, mode.agent)
    assert (talk.waiting_since is not None) == (mode.name == "waiting")
    assert talk.sent == kinds.count("user")
    assert Activity(store.engine).talks("shop", *DAY, state=mode.name) == (talk,)
    store.close()


def test_kinds_are_kinds_of_events() -> None:
    assert set(KINDS) <= set(get_args(EventKind))


def test_who_waits_comes_first_and_other_bots_and_days_are_left_out() -> None:
    store = SqlStore("sqlite://")
    for name in ("waits", "talks", "old"):
        at = NOW - timedelta(days=3) if name == "old" else NOW
        store.append("shop", name, [Event("user", at, {"text": name})])
    store.append("other", "elsewhere", [_event("user")])
    store.append("shop", "waits", [_event("handoff")])
    store.append("shop", "talks", [_event("bot")])
    talks = Activity(store.engine).talks("shop", *DAY)
    assert [(talk.id, talk.said_by, talk.said) for talk in talks] == [
        ("waits", "user", "waits"),
        ("talks", "bot", "said by bot"),
    ]
    store.close()


def test_search_takes_words_as_they_are() -> None:
    store = SqlStore("sqlite://")
    texts = {"a": "Wie spät ist es in Århus?", "b": 'a 100% "sure" thing', "c": "a 1000 sure thing", "d": "intent"}
    for name, text in texts.items():
        store.append("shop", name, [Event("user", NOW, {"text": text, "intent": "greet"})])
    activity = Activity(store.engine)

    def found(words: str) -> list[str]:
        return sorted(each.conversation_id for each in activity.search("shop", words, *DAY))

    assert found("SPÄT århus") == ["a"]
    assert found("100%") == ["b"]
    assert found('"sure"') == ["b"]
    assert found("sure thing") == ["b", "c"]
    assert found("intent") == ["d"]
    assert found("greet") == found("'; drop table events --") == found("  ") == []
    store.close()
