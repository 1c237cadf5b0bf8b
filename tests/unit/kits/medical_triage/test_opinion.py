"""The second opinion: what it learns from, and that it only raises a level, and not one that is surely harmless."""

from dataclasses import replace

import numpy as np
import pytest

from medical_triage.assessment import Assessor, assessor
from medical_triage.case.case import Case
from medical_triage.case.evidence import Evidence
from medical_triage.knowledge_base.level import Level
from medical_triage.second.opinion import SecondOpinion, learnt, shipped_opinion

ALARMED = 0.9


def encode(texts: list[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    """One dimension for each of two words."""
    return np.array([[float("dying" in text), float("sneeze" in text)] for text in texts], dtype=np.float32)


def assessed(finding: str, alarm: float) -> tuple[Level, bool]:
    case = Case(30 * 12, "female", evidence={finding: Evidence(finding)})
    assessment = assessor().assess(replace(case, alarm=alarm))
    return assessment.level, assessment.alarmed


def test_what_states_an_emergency_is_learnt() -> None:
    cases = [{"text": "dying", "level": "emergency"}, {"text": "sneeze", "level": "self_care"}] * 20
    opinion = SecondOpinion(encode, learnt(assessor().base, cases, encode))
    assert opinion.probability("I am dying") > opinion.probability("a sneeze")
    assert opinion.probability("dying " * 60) == 0


def test_it_raises_what_is_not_surely_harmless() -> None:
    level, alarmed = assessed("fatigue", ALARMED)
    assert alarmed
    assert level >= Level.emergency


def test_it_keeps_still_where_something_harmless_is_fairly_sure() -> None:
    case = Case(
        30 * 12, "female", evidence={each: Evidence(each) for each in ("runny_nose", "sneezing", "sore_throat")}
    )
    assessment = assessor().assess(replace(case, alarm=ALARMED))
    assert not assessment.alarmed
    assert assessment.level is assessor().assess(case).level


def test_it_never_lowers() -> None:
    case = assessor().read("crushing chest pain down my left arm", age=60)
    assert assessor().assess(replace(case, alarm=0.0)).level is Level.emergency_ambulance
    assert assessor().assess(replace(case, alarm=ALARMED)).level is Level.emergency_ambulance


def test_nothing_known_and_an_alarm_is_an_emergency() -> None:
    assessment = assessor().assess(Case(alarm=ALARMED))
    assert (assessment.level, assessment.enough) == (Level.emergency, False)


def test_the_shipped_weights_fit_the_encoder() -> None:
    opinion = shipped_opinion(lambda texts: np.zeros((len(texts), 384), dtype=np.float32))
    assert 0 < opinion.probability("anything") < 0.5


def test_words_alone_give_no_alarm() -> None:
    assert isinstance(assessor(), Assessor)
    assert assessor().read("I think I am dying").alarm == pytest.approx(0)
