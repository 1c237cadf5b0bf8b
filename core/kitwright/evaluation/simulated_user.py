"""A simulated user: wants something, tells what it knows when asked, and is as untidy about it as people are."""

import random
import re
from collections.abc import Collection, Iterable
from typing import Final

from kitwright.dataset import DISTURBANCES, Disturbance, Goal, Manners, blanks, filled
from kitwright.encoder import with_slips
from kitwright.evaluation.expectations import TurnSeen
from kitwright.types import Button

SHARE: Final = 1 / 3  # of the conversations that a disturbance comes up in
_OFTEN: Final = 0.5  # of the chances it then has
_SHORTEST: Final = 12  # characters; in fewer, one slip leaves nothing to read
_EXACT: Final = re.compile(r"\S*[\d@]\S*")  # figures and addresses are typed with care: a slip makes another value
_MOVES: Final = frozenset({"flow_started", "flow_step", "flow_ended", "restarted"})


class SimulatedUser:
    """One person with one goal.

    Args:
        goal: what is wanted.
        manners: how people talk.
        rng: decides everything that is not determined.

    Attributes:
        told: the slots whose right value was told.
        least: user turns that a perfect bot would have needed for what was said and left out so far.
    """

    def __init__(self, goal: Goal, manners: Manners, rng: random.Random) -> None:
        self.goal = goal
        self.case = rng.choice(goal.cases)
        self.told: set[str] = set()
        self.disturbances: tuple[Disturbance, ...] = tuple(
            each for each in DISTURBANCES if each in goal.disturbances and rng.random() < SHARE
        )
        self._manners = manners
        self._rng = rng
        self._asked: str | None = None
        self._questions: set[str] = set()
        self._early: set[str] = set()
        self._added = 0
        self._said: dict[str, list[str]] = {}
        self._wrong = self._wrong_value() if "correction" in self.disturbances else {}
        self._mistaken: str | None = None
        self._aside = "digression" in self.disturbances and bool(manners.asides)

    @property
    def least(self) -> int:
        """User turns that a perfect bot needs: the opening, each thing it has to ask for, what the user added."""
        asked = [slot for slot in self.goal.asks if self._knows(slot)]
        return 1 + sum(slot not in self._early for slot in asked) + self._added

    def opening(self) -> str:
        """The first message."""
        return self._finished(self._wish())

    def answer(self, buttons: Iterable[Button] = ()) -> str:
        """What the user says to a reply that was heard and did not reach the goal.

        Args:
            buttons: the quick replies it offers.
        """
        asked = self._asked
        pressed = self._fitting_button(buttons, asked)
        if pressed is not None:
            return pressed
        if self._mistaken is not None:
            return self._finished(self._correction(self._mistaken))
        if asked is None:
            return self._finished(self._wish())
        if not self._knows(asked):
            return self._finished(filled(self._one("declines", self._manners.declines), {"text": self._wish()}))
        if self._aside and asked not in self.told and self._rng.random() < _OFTEN:
            self._aside = False
            self._added += 1
            return self._finished(self._one("asides", self._manners.asides))
        return self._finished(self._polite(self._answers(asked)))

    def hear(self, turn: TurnSeen) -> tuple[str, ...]:
        """Take in a reply; gives the slots that it asks for, or leaves open, although their right value was told."""
        for event in turn.events:
            if event.kind in _MOVES:
                self._asked = None
            elif event.kind == "asked":
                self._asked = str(event.data["slot"])
        questions = dict.fromkeys([*turn.happened("asked", "slot"), *([self._asked] if self._asked else [])])
        self._questions |= questions.keys()
        return tuple(slot for slot in questions if slot in self.told or self._made_of(slot, self.told))

    def _fitting_button(self, buttons: Iterable[Button], asked: str | None) -> str | None:
        """The payload to press: always where the bot asks which wish it is, else when in the mood."""
        payloads = {button.payload for button in buttons}
        if asked is None and f"/{self.goal.intent}" in payloads:
            return f"/{self.goal.intent}"
        value = self.case.get(asked or "")
        if "button" in self.disturbances and self._mistaken is None and value in payloads:
            self.told.add(str(asked))
            return value
        return None

    def _wish(self) -> str:
        return self._tell(self._one("openings", self.goal.openings), early=True)

    def _answers(self, asked: str) -> str:
        first = self._worded(asked)
        more = [slot for slot in self._manners.volunteered if slot in self.case and slot not in self.told | {asked}]
        if not more or "together" not in self.disturbances or self._mistaken is not None:
            return first
        self._early |= {more[0]} - self._questions
        second = self._worded(more[0])
        return filled(self._one("joins", self._manners.joins), {"first": first.rstrip(".!"), "second": second})

    def _worded(self, slot: str) -> str:
        ways = self.goal.ways.get(slot) or self._manners.ways.get(slot) or ("{value}",)
        way = self._one(slot, ways)
        if slot not in self._wrong:
            self.told.add(slot)
        return self._tell(way.replace("{value}", f"{{{slot}}}"))

    def _tell(self, template: str, *, early: bool = False) -> str:
        """A template with what the user knows in it; a wrong value once, where one was drawn."""
        values = dict(self.case)
        for slot in blanks(template):
            if slot in self._wrong:
                values[slot] = self._wrong[slot]
                self._mistaken = slot
            elif slot in self.case:
                self.told.add(slot)
            if early and slot in self.case:
                self._early |= {slot} - self._questions
        return filled(template, values)

    def _correction(self, slot: str) -> str:
        self._added += 1
        self._mistaken = None
        self.told.add(slot)
        values = {"value": self.case[slot], "wrong": self._wrong.pop(slot)}
        return filled(self._one("corrections", self._manners.corrections), values)

    def _wrong_value(self) -> dict[str, str]:
        """A slot, and a value that is not its own."""
        chances = [
            (slot, wrong)
            for slot, value in self.case.items()
            for wrong in self._manners.wrong.get(slot, ())
            if wrong != value
        ]
        return dict([self._rng.choice(chances)]) if chances else {}

    def _knows(self, slot: str) -> bool:
        return slot in self.case or slot in self.goal.ways or self._made_of(slot, self.case)

    def _made_of(self, slot: str, others: Collection[str]) -> bool:
        """Whether a slot, such as the details of an order, is worded with nothing but these others."""
        ways = [set(blanks(way)) for way in self._manners.ways.get(slot, ())]
        return any(names and names <= set(others) for names in ways)

    def _polite(self, text: str) -> str:
        if "courtesy" in self.disturbances and self._rng.random() < _OFTEN:
            return filled(self._one("courtesies", self._manners.courtesies), {"text": text})
        return text

    def _finished(self, text: str) -> str:
        if "slips" not in self.disturbances or len(text) < _SHORTEST or self._rng.random() >= _OFTEN:
            return text
        slipped = with_slips(text, self._rng)
        return slipped if _EXACT.findall(slipped) == _EXACT.findall(text) else text

    def _one(self, kind: str, choices: tuple[str, ...]) -> str:
        """One of the wordings, and not one that was said already while there are others."""
        said = self._said.setdefault(kind, [])
        fresh = [choice for choice in choices if choice not in said] or list(choices)
        said.append(self._rng.choice(fresh))
        return said[-1]
