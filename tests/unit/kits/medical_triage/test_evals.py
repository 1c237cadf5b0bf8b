"""The kit's own evals, by words and rules alone, held to what they reached: a change that makes them worse is seen."""

from collections.abc import Mapping
from typing import Any

import pytest

from medical_triage.assessment import Assessor, assessor
from medical_triage.evaluation import suites
from medical_triage.evaluation.calibration import brier, reliability
from medical_triage.evaluation.intervals import Share
from medical_triage.evaluation.interviews import hold
from medical_triage.evaluation.levels import Judged, in_three_classes, level_scores
from medical_triage.evaluation.naming import same_condition
from medical_triage.evaluation.patients import patients
from medical_triage.knowledge_base.level import Level

CONTEXT: Mapping[str, Any] = {"encode": None}


@pytest.fixture(autouse=True)
def _words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_words(_encode: object) -> Assessor:
        return assessor()

    monkeypatch.setattr(suites, "assessor_with", by_words)


def test_stated_emergencies_are_found() -> None:
    assert suites.stated_emergencies(context=CONTEXT)["found"] >= 0.78


def test_worries_are_not_emergencies() -> None:
    assert suites.worries(context=CONTEXT)["false_emergency"] <= 0.12


def test_a_level_never_falls_in_a_dialogue_with_push_back() -> None:
    assert suites.push_back()["never_fell"] == 1


def test_vignettes_are_told_safe_levels() -> None:
    scores = suites.vignettes(context=CONTEXT)
    assert scores["safety"] >= 0.89
    assert scores["three_classes"] >= 0.74
    assert scores["top3"] >= 0.64


def test_annotated_sentences_are_read() -> None:
    scores = suites.reading(context=CONTEXT)
    assert scores["precision"] >= 0.6
    assert scores["recall"] >= 0.5
    assert scores["measures"] >= 0.72


def test_conditions_of_simulated_patients_are_found_in_few_questions() -> None:
    held = hold(assessor(), patients(assessor().base, 60, seed=3))
    assert sum(one.rank is not None and one.rank <= 5 for one in held) / len(held) >= 0.9
    assert all(one.questions <= 16 for one in held)


def test_the_same_seed_draws_the_same_patients() -> None:
    first, again, other = (list(patients(assessor().base, 5, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_level_scores_are_those_of_the_field() -> None:
    cases = [
        Judged(Level.emergency, frozenset({Level.emergency, Level.emergency_ambulance}), Level.emergency_ambulance),
        Judged(Level.emergency_ambulance, frozenset({Level.emergency_ambulance}), Level.urgent),
        Judged(Level.self_care, frozenset({Level.self_care}), Level.emergency),
        Judged(Level.routine, frozenset({Level.routine}), Level.routine),
    ]
    scores = level_scores(cases)
    assert {name: share.value for name, share in scores.items() if not name.startswith("recall")} == {
        "accuracy": 0.5,
        "safety": 0.75,
        "severe_under": 0.25,
        "over": 0.25,
        "emergencies_found": 0.5,
        "false_emergency": 0.5,
    }
    assert [in_three_classes(case).predicted for case in cases] == [
        Level.emergency,
        Level.routine,
        Level.emergency,
        Level.routine,
    ]


@pytest.mark.parametrize(("part", "of", "low", "high"), [(40, 45, 0.765, 0.952), (15, 15, 0.796, 1.0), (0, 0, 0, 1)])
def test_shares_have_wilson_intervals(part: int, of: int, low: float, high: float) -> None:
    assert Share(part, of).interval() == pytest.approx((low, high), abs=0.001)


def test_brier_and_reliability() -> None:
    predictions = [(1.0, True), (0.0, False), (0.5, True), (0.55, False)]
    assert brier(predictions) == pytest.approx((0.25 + 0.3025) / 4)
    assert [(one.count, one.held) for one in reliability(predictions)] == [(1, 0.0), (2, 0.5), (1, 1.0)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Heart attack", "acute heart attack", True),
        ("Iron-deficiency anaemia", "iron deficiency anemia", True),
        ("Migraine", "Tension headache", False),
        ("Acute bronchitis", "bronchitis", True),
        ("Viral gastroenteritis", "gastroenteritis", False),
        ("Type 1 diabetes", "Type 2 diabetes", False),
    ],
)
def test_names_of_conditions_are_compared_in_either_spelling(one: str, other: str, same: bool) -> None:
    assert same_condition([one], [other]) is same
