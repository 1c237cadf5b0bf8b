"""The triage kit with the real sentence encoder: emergencies are found, worries are not made emergencies."""

from collections.abc import Mapping
from typing import Any

import pytest

from kitwright.encoder import embedded_encoder
from medical_triage.evaluation import suites


@pytest.fixture(scope="module")
def context() -> Mapping[str, Any]:
    return {"encode": embedded_encoder().encode}


def test_stated_emergencies_are_found_by_words_meaning_and_the_second_opinion(context: Mapping[str, Any]) -> None:
    scores = suites.stated_emergencies(context=context)
    assert scores["found"] >= 0.9
    assert scores["found"] > scores["found_by_rules"]


def test_worries_stay_worries(context: Mapping[str, Any]) -> None:
    assert suites.worries(context=context)["false_emergency"] <= 0.12
