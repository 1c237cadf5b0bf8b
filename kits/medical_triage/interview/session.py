"""The session: how far an interview is, as plain data that the conversation keeps between turns."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..case.case import Case
from ..interview.question import Question
from ..knowledge_base.level import Level


@dataclass(frozen=True, slots=True)
class Session:
    """An interview in progress.

    Args:
        case: what is known.
        question: the one that is open.
        asked: what the questions so far were about, in order.
        questions: how many were asked.
        floor: the highest level so far; it falls by a corrected fact only.
        told: the level that the person was told, once there is a result.
        crisis: whether the crisis text was given.
        rules: ids of the rules that spoke so far.
        previous: the session before the last answer, without its own previous one.
    """

    case: Case = field(default_factory=Case)
    question: Question | None = None
    asked: tuple[str, ...] = ()
    questions: int = 0
    floor: Level = Level.self_care
    told: Level | None = None
    crisis: bool = False
    rules: tuple[str, ...] = ()
    previous: Mapping[str, Any] | None = None

    def before(self) -> "Session":
        """The session before the last answer; itself where there is none."""
        return Session.from_dict(self.previous) if self.previous else self

    def to_dict(self) -> dict[str, Any]:
        """As plain data: ids and numbers, no word that a person typed."""
        return {
            "case": self.case.to_dict(),
            "question": self.question.to_dict() if self.question else None,
            "asked": list(self.asked),
            "questions": self.questions,
            "floor": self.floor.name,
            "told": self.told.name if self.told else None,
            "crisis": self.crisis,
            "rules": list(self.rules),
            "previous": dict(self.previous) if self.previous else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> "Session":
        """A session of what `to_dict` gave; a new one of nothing."""
        if not data:
            return cls()
        return cls(
            Case.from_dict(data["case"]),
            Question.from_dict(data["question"]) if data["question"] else None,
            tuple(data["asked"]),
            data["questions"],
            Level[data["floor"]],
            Level[data["told"]] if data["told"] else None,
            data["crisis"],
            tuple(data["rules"]),
            data["previous"],
        )

    def remembering(self) -> "Session":
        """A session that can go back to this one."""
        return replace(self, previous=replace(self, previous=None).to_dict())
