"""A desk that looks orders up: a bot without models for simulated users, with bad habits on request."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from kitwright.dataset import Goal, Manners
from kitwright.types import Button, Event, EventKind, Reply

AT = datetime(2026, 1, 5, tzinfo=UTC)
VALUES = {
    "number": re.compile(r"\b\d{4}\b"),
    "colour": re.compile(r"\b(?:red|blue)\b"),
    "sure": re.compile(r"\byes\b|/yes"),
}


def goal(**changes: object) -> Goal:
    """To have an order looked up: its number, its colour, and a yes."""
    plain = {
        "goal": "look it up",
        "intent": "look",
        "openings": ["where is it", "look it up please", "any news of my order"],
        "cases": [{"number": "1043", "colour": "red", "sure": "/yes"}],
        "asks": ["number", "colour", "sure"],
        "ways": {"sure": ["yes"]},
        "reached": [{"tool": "look"}, {"slot_was_set": {"number": "{number}", "colour": "{colour}"}}],
        "disturbances": [],
    }
    return Goal.model_validate({**plain, **changes})


def manners(**changes: object) -> Manners:
    """Manners with something for every disturbance."""
    plain = {
        "wrong": {"number": ["1044"]},
        "volunteered": ["number", "colour"],
        "corrections": ["no, {value}"],
        "asides": ["do you like music"],
        "courtesies": ["{text} please"],
        "joins": ["{first} and {second}"],
    }
    return Manners.model_validate({**plain, **changes})


class Desk:
    """Asks for what it does not know, and looks it up once it has a number, a colour and a yes.

    Args:
        habit: "forgets" the number once it has the colour, "passes on" to a person at the colour, "is deaf", or
            "offers" a choice before it starts.
    """

    def __init__(self, habit: str = "") -> None:
        self.habit = habit
        self.heard: list[str] = []
        self._kept: list[Event] = []
        self._slots: dict[str, object] = {}
        self._asked: str | None = None

    def reply(self, text: str, *, conversation: str | None = None) -> Reply:
        self.heard.append(text)
        self._add("user", text=text)
        text, buttons, handoff = self._answer(text)
        self._add("bot", text=text)
        return Reply(conversation_id=conversation or "", text=text, buttons=buttons, handoff=handoff)

    def events(self, conversation: str) -> tuple[Event, ...]:
        return tuple(self._kept)

    def slots(self, conversation: str) -> Mapping[str, object]:
        return dict(self._slots)

    def wordings(self, response: str) -> tuple[str, ...]:
        return ("Found.",)

    def _answer(self, text: str) -> tuple[str, tuple[Button, ...], bool]:
        if self.habit == "offers" and len(self.heard) == 1:
            return "Which of these?", (Button("Look", "/look"), Button("Stop", "/stop")), False
        self._slots |= {
            slot: found[0]
            for slot, value in VALUES.items()
            if (found := value.search(text)) and self.habit != "is deaf"
        }
        if self._asked in self._slots:
            self._add("flow_step", flow="look", step=self._asked)
        if self.habit == "passes on" and "colour" in self._slots:
            return "A colleague takes over.", (), True
        if self.habit == "forgets" and "colour" in self._slots and self._asked == "colour":
            self._slots.pop("number", None)
        missing = next((slot for slot in VALUES if slot not in self._slots), None)
        if missing is None:
            self._add("tool_called", tool="look", ok=True)
            return "Found.", (), False
        self._asked = missing
        self._add("asked", slot=missing)
        return f"Which {missing}?", (Button("Yes", "/yes"),) if missing == "sure" else (), False

    def _add(self, kind: EventKind, **data: object) -> None:
        self._kept.append(Event(kind, AT, data))
