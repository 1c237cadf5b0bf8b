"""Interviews with simulated patients: whether their condition is found, and how many questions it takes."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..assessment import Assessor
from ..evaluation.patients import Patient
from ..interview.choosing import Progress, asked_by, next_question
from ..knowledge_base.level import Level


@dataclass(frozen=True, slots=True)
class Held:
    """An interview that was held.

    Args:
        patient: with whom.
        rank: place of their condition among the likely ones, from 1; None where it is not among ten.
        questions: how many were asked.
        level: what they were told.
        probability: what the model gave the first condition.
    """

    patient: Patient
    rank: int | None
    questions: int
    level: Level
    probability: float


def hold(assessor: Assessor, patients: Iterable[Patient], *, to_the_end: bool = True) -> list[Held]:
    """Hold an interview with each patient; `to_the_end`: go on where an emergency would end it."""
    return [_hold(assessor, patient, to_the_end=to_the_end) for patient in patients]


def _hold(assessor: Assessor, patient: Patient, *, to_the_end: bool) -> Held:
    case, progress = patient.first_case(), Progress(("complaint",))
    while True:
        assessment = assessor.assess(case)
        question = next_question(assessor, assessment, progress, to_the_end=to_the_end)
        if question is None:
            break
        case = case.learn(patient.answer(question))
        progress = Progress((*progress.asked, *asked_by(question)), progress.questions + 1)
    ids = [likely.condition.id for likely in assessment.likely]
    rank = ids.index(patient.condition.id) + 1 if patient.condition.id in ids else None
    return Held(patient, rank, progress.questions, assessment.level, assessment.likely[0].probability)
