"""A question, and the choices it offers."""

from dataclasses import dataclass
from typing import Any, Literal

from ..knowledge_base.base import KnowledgeBase
from ..knowledge_base.identity import parent_of

Kind = Literal["yes_no", "choice", "flags", "age", "sex", "complaint"]


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be chosen.

    Args:
        title: as shown.
        payload: as sent back.
    """

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the person.

    Args:
        kind: `yes_no` on one finding, `choice` among values of one attribute, `flags` on several findings that would
            each be dangerous, or one of the first ones.
        text: as asked.
        why: what is said to "why do you ask?".
        about: the findings it is about.
        rule: the rule it was asked for, if any.
    """

    kind: Kind
    text: str
    why: str
    about: tuple[str, ...] = ()
    rule: str | None = None

    def choices(self, base: KnowledgeBase) -> tuple[Choice, ...]:
        """The buttons under it."""
        if self.kind == "yes_no":
            return (Choice("Yes", "yes"), Choice("No", "no"), Choice("I don't know", "I don't know"))
        if self.kind == "sex":
            return (
                Choice("Female", "female"),
                Choice("Male", "male"),
                Choice("Prefer not to say", "prefer not to say"),
            )
        if self.kind in {"choice", "flags"}:
            shown = [Choice(_title(base, finding), _title(base, finding)) for finding in self.about]
            return (*shown, Choice("None of these", "none of these"), Choice("I don't know", "I don't know"))
        return ()

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {"kind": self.kind, "text": self.text, "why": self.why, "about": list(self.about), "rule": self.rule}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Question":
        """A question of what `to_dict` gave."""
        return cls(data["kind"], data["text"], data["why"], tuple(data["about"]), data["rule"])


def _title(base: KnowledgeBase, finding: str) -> str:
    """A finding in a person's words; a value by its first wording."""
    entry = base.findings[parent_of(finding)]
    value = finding.partition("/")[2]
    words = entry.values[value][0] if value else entry.lay
    return words[0].upper() + words[1:]


def question_about(base: KnowledgeBase, finding: str, *, rule: str | None = None) -> Question:
    """The question that asks about a finding, or about the values of one."""
    entry = base.findings[parent_of(finding)]
    if "/" not in finding:
        return Question("yes_no", entry.question, entry.why, (finding,), rule)
    value = finding.partition("/")[2]
    values = (value, *entry.siblings(value)) if value in entry.values else (value,)
    ordered = [each for each in entry.values if each in values]
    about = tuple(f"{entry.id}/{each}" for each in ordered)
    return Question("choice", f"Which of these fits the {entry.name.lower()} best?", entry.why, about, rule)


def flags_question(findings: tuple[str, ...]) -> Question:
    """The question whether any of several dangerous findings is there."""
    why = "Each of these would mean that somebody should look at it sooner, so I ask about them first."
    return Question("flags", "Is any of these there now, or was it in the last days?", why, findings)
