"""The conversation suite: every kind of expectation holds and fails where it should."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from kitwright.dataset import ConversationTest
from kitwright.evaluation import run_conversation
from kitwright.types import Button, Event, EventKind, Reply, Source

AT = datetime(2026, 1, 5, tzinfo=UTC)


class ScriptedBot:
    """Opens the flow `ask` at "begin", ends it at "end", and always says the same."""

    def __init__(self) -> None:
        self.kept: list[Event] = []

    def reply(self, text: str, *, conversation: str | None = None) -> Reply:
        if text == "begin":
            self._add("flow_started", flow="ask", step="s")
        if text == "end":
            self._add("flow_ended", flow="ask", how="completed")
        self._add("tool_called", tool="find", ok=True)
        return Reply(
            conversation_id=conversation or "",
            text="It’s  4 days.",
            buttons=(Button("Yes", "/yes"),),
            sources=(Source("returns/swim", "Swim"),),
        )

    def events(self, conversation: str) -> tuple[Event, ...]:
        return tuple(self.kept)

    def slots(self, conversation: str) -> Mapping[str, object]:
        return {"order": "1043", "late": False, "count": 2.0}

    def wordings(self, response: str) -> tuple[str, ...]:
        return ("No.", "it's {count} DAYS.") if response == "utter_days" else ("Never.",)

    def _add(self, kind: EventKind, **data: object) -> None:
        self.kept.append(Event(kind, AT, data))


def failures(*steps: Mapping[str, Any]) -> tuple[str, ...]:
    test = ConversationTest.model_validate({"test_case": "x", "steps": list(steps)})
    return run_conversation(test, ScriptedBot()).failures


@pytest.mark.parametrize(
    ("holds", "fails"),
    [
        ({"bot": "it's 4 days."}, {"bot": "It's 5 days."}),
        ({"bot_contains": ["4 DAYS", "it's"]}, {"bot_contains": ["4 days", "weeks"]}),
        ({"not_contains": ["weeks"]}, {"not_contains": ["weeks", "4 days"]}),
        ({"utter": "utter_days"}, {"utter": "utter_other"}),
        ({"flow": "ask"}, {"flow": "other"}),
        ({"slot_was_set": {"order": "1043", "late": False, "count": 2}}, {"slot_was_set": {"late": True}}),
        ({"slot_was_set": {"order": 1043}}, {"slot_was_set": {"order": 1044}}),
        ({"slot_was_not_set": ["size"]}, {"slot_was_not_set": ["order"]}),
        ({"tool": "find"}, {"tool": "lose"}),
        ({"buttons": ["Yes"]}, {"buttons": []}),
        ({"handoff": False}, {"handoff": True}),
        ({"source": "returns/"}, {"source": "delivery/"}),
    ],
    ids=lambda step: "-".join(step),
)
def test_each_expectation(holds: Mapping[str, Any], fails: Mapping[str, Any]) -> None:
    assert failures({"user": "begin"}, holds) == ()
    (problem,) = failures({"user": "begin"}, fails)
    assert problem.startswith(f"step 2 ({next(iter(fails))}): ")


def test_a_flow_that_only_waits_is_active_too() -> None:
    steps = [{"user": "begin"}, {"user": "hm"}, {"flow": "ask"}, {"user": "end"}, {"flow": "ask"}, {"user": "hm"}]
    assert failures(*steps) == ()
    assert len(failures(*steps, {"flow": "ask"})) == 1


def test_it_goes_on_after_a_failure_and_keeps_what_was_said() -> None:
    steps = [{"user": "a"}, {"bot": "x"}, {"tool": "y"}, {"user": "b"}, {"handoff": False}]
    test = ConversationTest.model_validate({"test_case": "both", "steps": steps})
    result = run_conversation(test, ScriptedBot())
    assert (result.name, result.passed, len(result.failures)) == ("both", False, 2)
    assert [who for who, _ in result.transcript] == ["user", "bot", "user", "bot"]
