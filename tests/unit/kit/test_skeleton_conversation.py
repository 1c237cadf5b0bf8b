"""The skeleton's flows and tool answer as its conversation tests say, given what a message means."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from kitwright.dialogue import DialogueEngine, ToolAnswer
from kitwright.kit import load_kit
from kitwright.types import Decision, Entity, Event, IntentScore, ScrubbedText, Source, Understanding

NOW = datetime(2026, 1, 5, tzinfo=UTC)


class Chat:
    """A conversation with the skeleton kit, without a model: intents and days are given."""

    def __init__(self) -> None:
        self.kit = load_kit("museum")
        self.engine = DialogueEngine(self.kit.domain, self.kit.flows)
        self.past: tuple[Event, ...] = ()

    def say(self, text: str, intent: str, day: str | None = None) -> Decision:
        entities = (Entity("day", day, 0, len(text)),) if day else ()
        meaning = Understanding((IntentScore(intent, 0.9),), entities, 1.0, np.zeros(1))
        decision = self.engine.decide(ScrubbedText(text), meaning, self.past, now=NOW, call_tool=self.call)
        self.past += decision.events
        return decision

    def call(self, tool: str, slots: object) -> ToolAnswer:
        assert isinstance(slots, dict)
        spec = self.kit.code.tools[tool]
        return ToolAnswer(spec.function(day=slots["day"]), Source(f"tool:{tool}", spec.source))


@pytest.fixture
def chat(project: Path) -> Chat:
    return Chat()


def test_a_visit_is_planned(chat: Chat) -> None:
    assert chat.say("help me plan my visit", "plan_visit").texts == ("On which day would you like to come?",)
    assert chat.say("Saturday", "ask_information", "Saturday").texts == (
        "On Saturday we are open 10 to 18. See you then!",
    )


def test_a_closed_day_given_at_once(chat: Chat) -> None:
    assert chat.say("can I visit you on Monday", "plan_visit", "Monday").texts == (
        "On Monday we are closed. Would another day do?",
    )


def test_a_changed_mind(chat: Chat) -> None:
    chat.say("I want to plan a visit", "plan_visit")
    assert chat.say("never mind", "stop").texts == ("All right, I have stopped. What else can I do for you?",)


def test_a_question_goes_to_the_knowledge(chat: Chat) -> None:
    assert chat.say("where can I park", "ask_information").kind == "answer"
