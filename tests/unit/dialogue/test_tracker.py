"""The tracker: replaying what happened gives the state that the turn ended with, whatever people do."""

from datetime import UTC, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kitwright.dialogue.run import Run
from kitwright.dialogue.tracker import Tracker, initial_slots, replay
from kitwright.types import Entity, Event, IntentScore, Understanding
from unit.dialogue.small_bot import Talk, engine

ENGINE = engine()
NOW = datetime(2026, 1, 5, tzinfo=UTC)
ENTITIES = st.sampled_from([("order", "1"), ("order", "2"), ("order", "down"), ("proof", "AB1"), ("colour", "red")])


@st.composite
def understandings(draw: st.DrawFn) -> Understanding:
    intents = draw(st.lists(st.sampled_from([*ENGINE.domain.intents, "oos"]), min_size=1, max_size=2, unique=True))
    best = draw(st.sampled_from([0.1, 0.4, 0.9]))
    scores = tuple(IntentScore(name, best - 0.05 * rank) for rank, name in enumerate(intents))
    named = draw(st.lists(ENTITIES, max_size=2))
    entities = tuple(Entity(name, value, 0, 1) for name, value in named)
    return Understanding(scores, entities, draw(st.sampled_from([0.1, 1.0])), np.zeros(1, dtype=np.float32))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["hm", "why?", "4"]), understandings(), st.booleans()), max_size=12))
def test_events_alone_carry_a_conversation(messages: list[tuple[str, Understanding, bool]]) -> None:
    talk = Talk(ENGINE)
    for text, understood, pause in messages:
        talk.wait(31 if pause else 1)
        talk.hear(text, understood)
        tracker = talk.tracker
        assert (tracker.asked is None) == (not tracker.stack)
        assert tracker.stack == () or not tracker.stack[0].called
        assert talk.last.texts or talk.last.kind == "answer"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["start", "call", "end", "slot", "clear", "ask", "advance", "restart"]), max_size=30))
def test_replay_equals_the_tracker_that_the_run_ended_with(actions: list[str]) -> None:
    talk = Talk(ENGINE)
    run = Run(ENGINE.domain, ENGINE.programs, talk._tool, NOW, Tracker(slots=initial_slots(ENGINE.domain)))
    for action in actions:
        match action:
            case "start":
                run.start("advice")
            case "call" if run.tracker.active and run.tracker.active.flow == "track":
                run.start("open_order", called=True)
            case "call":
                run.start("track")
            case "end":
                run.end("cancelled")
            case "slot":
                run.set_slot("order", "1")
            case "clear":
                run.set_slot("order", None)
            case "ask" if run.tracker.stack:
                run.record("asked", slot="order")
            case "advance":
                run.advance()
            case "restart":
                run.restart("test")
    assert replay(run.events, ENGINE.domain) == run.tracker


def test_a_chain_is_the_active_flow_with_its_callers() -> None:
    tracker = Tracker()
    for flow, called in (("a", False), ("b", False), ("c", True), ("d", True)):
        tracker = tracker.after(Event("flow_started", NOW, {"flow": flow, "step": "s", "called": called}))
    assert [frame.flow for frame in tracker.chain] == ["b", "c", "d"]
    assert Tracker().chain == ()


def test_a_later_step_closes_the_question() -> None:
    tracker = Tracker().after(Event("flow_started", NOW, {"flow": "a", "step": "s"}))
    tracker = tracker.after(Event("asked", NOW, {"slot": "x"}))
    assert tracker.asked == "x"
    assert tracker.after(Event("flow_step", NOW, {"flow": "a", "step": "t"})).asked is None
