"""Simulated patients: people drawn from the knowledge base, who answer questions from what they have."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..case.case import Case, Sex
from ..case.evidence import Evidence
from ..interview.question import Question
from ..knowledge_base.base import KnowledgeBase
from ..knowledge_base.condition import AGE_BANDS, Condition
from ..knowledge_base.identity import parent_of

_TOLD_FIRST: Final = 3
_RATE_WEIGHT: Final = 0.25  # rare conditions are drawn often enough to be measured
_YOUNGEST: Final = {"0-1": 0.1, "1-5": 1, "5-12": 5, "12-18": 12, "18-40": 18, "40-65": 40, "65-80": 65, "80+": 80}


@dataclass(frozen=True, slots=True)
class Patient:
    """A person with a condition.

    Args:
        condition: what they have.
        age: in years.
        sex: at birth.
        findings: what they have of it; what is not named is absent.
        told: what they say first.
    """

    condition: Condition
    age: float
    sex: Sex
    findings: frozenset[str]
    told: tuple[str, ...]

    def first_case(self) -> Case:
        """What they tell before the first question."""
        return Case(self.age * 12, self.sex, evidence={finding: Evidence(finding) for finding in self.told})

    def answer(self, question: Question) -> list[Evidence]:
        """What they answer."""
        present = [finding for finding in question.about if finding in self.findings]
        return [Evidence(each, "present" if each in present else "absent", by="answer") for each in question.about]


def patients(base: KnowledgeBase, count: int, seed: int) -> Iterator[Patient]:
    """Simulated patients.

    Args:
        base: the knowledge base.
        count: how many.
        seed: the same patients for the same seed.
    """
    chance = random.Random(seed)
    conditions = list(base.conditions.values())
    weights = [condition.rate**_RATE_WEIGHT for condition in conditions]
    drawn = 0
    while drawn < count:
        condition = chance.choices(conditions, weights)[0]
        patient = _patient(condition, chance)
        if patient:
            drawn += 1
            yield patient


def _patient(condition: Condition, chance: random.Random) -> Patient | None:
    """Somebody with a condition; None where the draw gave them nothing to tell."""
    bands = [name for name, _ in AGE_BANDS]
    band = chance.choices(bands, [condition.ages.get(name, 1.0) for name in bands])[0]  # type: ignore[call-overload]
    end = min(next(end for name, end in AGE_BANDS if name == band), 95)
    age = chance.uniform(_YOUNGEST[band], end - 0.01)
    sexes: list[Sex] = ["female", "male"]
    sex = chance.choices(sexes, [condition.sex.get(each, 1.0) for each in sexes])[0]
    had = set(condition.needs)
    for finding, likely in sorted(condition.findings.items(), key=lambda each: "/" in each[0]):
        given = condition.findings.get(parent_of(finding), 1.0) if "/" in finding else 1.0
        if "/" in finding and parent_of(finding) in condition.findings and parent_of(finding) not in had:
            continue
        if chance.random() < min(1.0, likely / given):
            had |= {finding, parent_of(finding)}
    told = sorted((f for f in had if f in condition.findings), key=lambda f: -condition.findings[f] * chance.random())
    if not told:
        return None
    return Patient(condition, age, sex, frozenset(had), tuple(told[:_TOLD_FIRST]))
