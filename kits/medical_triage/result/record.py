"""The record of an assessment: what came out, and all that it takes to come out again."""

from collections.abc import Mapping
from typing import Any

from ..assessment import Assessment, Assessor
from ..case.case import Case
from ..interview.choosing import Progress, asked_by, next_question
from ..interview.facts import Facts
from ..interview.question import Question
from ..result.advice import advice_text
from ..result.texts import Texts


def record_of(worker: Assessor, texts: Texts, line: Mapping[str, Any], patient: Facts | None = None) -> dict[str, Any]:
    """Assess a case of `assess`.

    Args:
        worker: assesses.
        texts: the fixed words.
        line: `id`, `text`, and perhaps `age` in years and `sex`.
        patient: answers questions; without one the next question is told.
    """
    case = worker.read(line["text"], age=line.get("age"), sex=line.get("sex"))
    case, questions = _interviewed(worker, case, patient)
    return {"id": line["id"], **_outcome(worker, texts, case), "questions": questions, "case": case.to_dict()}


def replayed(worker: Assessor, texts: Texts, record: Mapping[str, Any]) -> bool:
    """Whether a record's case comes out the same once more."""
    outcome = _outcome(worker, texts, Case.from_dict(record["case"]))
    return all(record.get(name) == value for name, value in outcome.items())


def _interviewed(worker: Assessor, case: Case, patient: Facts | None) -> tuple[Case, list[str]]:
    """The case after the questions that a patient answered, and those questions; without one, the next question."""
    progress = Progress(("complaint",))
    asked: list[Question] = []
    while True:
        question = next_question(worker, worker.assess(case), progress)
        if question is None:
            return case, [each.text for each in asked]
        asked.append(question)
        if patient is None:
            return case, [question.text]
        case = case.learn(patient.answer(question))
        progress = Progress((*progress.asked, *asked_by(question)), progress.questions + 1)


def _outcome(worker: Assessor, texts: Texts, case: Case) -> dict[str, Any]:
    assessment = worker.assess(case)
    return {
        "level": assessment.level.name,
        "state": _state(assessment),
        "differential": [
            {
                "condition": each.condition.name,
                "names": [name for name in each.condition.names() if name != each.condition.name],
                "probability": round(each.probability, 4),
            }
            for each in assessment.likely
        ],
        "red_flags": [
            {"id": rule.id, "level": rule.level.name, "say": rule.say, "source": rule.source}
            for rule in assessment.rules
        ],
        "findings": [each.to_dict() for each in assessment.case.evidence.values()],
        "advice": advice_text(worker.base, assessment, texts),
        "intended_use": texts.said("prototype"),
        "knowledge_base": worker.base.version,
    }


def _state(assessment: Assessment) -> str:
    if assessment.is_crisis:
        return "crisis"
    return "assessed" if assessment.enough else "insufficient_information"
