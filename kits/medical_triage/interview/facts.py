"""Facts: what a simulated patient has, given as plain data, and how they answer by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..case.evidence import Evidence, State
from ..interview.question import Question
from ..knowledge_base.base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Facts:
    """What somebody has.

    Args:
        states: `present`, `absent` or `unsure` by finding, or value of one; what is not named is absent.
    """

    states: Mapping[str, State]

    def answer(self, question: Question) -> list[Evidence]:
        """What they answer to a question; "I don't know" leaves nothing."""
        told = [(finding, self.states.get(finding, "absent")) for finding in question.about]
        return [Evidence(finding, state, by="answer") for finding, state in told if state != "unsure"]


def facts_of(data: Mapping[str, Any], base: KnowledgeBase) -> tuple[Facts, list[str]]:
    """Read facts.

    Args:
        data: true, false or null ("does not know") by finding or value; a finding's value as text is that value.
        base: the knowledge base.

    Returns:
        The facts, and the problems with them.
    """
    states: dict[str, State] = {}
    problems: list[str] = []
    for finding, given in data.items():
        for name, state in _read(finding, given):
            if base.knows(name):
                states[name] = state
            else:
                problems.append(f"names no finding: {name!r}")
    return Facts(states), problems


def _read(finding: str, given: object) -> Iterable[tuple[str, State]]:
    if isinstance(given, str):
        return [(finding, "present"), (f"{finding}/{given}", "present")]
    state: State = "unsure" if given is None else "present" if given else "absent"
    return [(finding, state)]
