"""The shipped tagger: what the whole scrubber finds with it on sentences by other authors, and on long texts."""

from functools import cache

import pytest

from kitwright.encoder import embedded_encoder
from kitwright.privacy import PresidioScrubber, taggers
from kitwright.workshop.privacy.tagger import evaluate_pii

SCRUBBER = PresidioScrubber(recognisers=taggers())


def found(text: str) -> dict[str, str]:
    return {text[span.start : span.end]: span.label for span in SCRUBBER.find(text)}


@cache
def measured() -> dict[str, dict[str, float]]:
    return {each.name: {n: value for n, (value, _, _) in each.figures.items()} for each in evaluate_pii()}


@pytest.mark.parametrize(
    ("name", "missed", "touched"),
    [("clinician", 0.05, 0.1), ("general", 0.065, 0.13), ("patient_chat", 0.035, 0.07), ("shop_chat", 0.05, 0.15)],
)
def test_what_the_evaluation_measures_holds_its_floors(name: str, missed: float, touched: float) -> None:
    figures = measured()[name]
    assert figures["core_entity_miss"] <= missed
    assert figures["clean_touched_without_dates"] <= touched
    assert figures["harmless_characters_touched"] <= 0.045
    assert figures["overlap_f2"] >= 0.92


def test_the_tagger_finds_what_patterns_can_not() -> None:
    without = {each.name: each.figures for each in evaluate_pii(tagger=False)}
    assert measured()["all"]["core_entity_miss"] < without["all"]["core_entity_miss"][0] / 5


@pytest.mark.parametrize("spelled", [str, str.lower, str.upper])
def test_names_and_towns_are_found_however_they_are_typed(spelled: type[str]) -> None:
    text = spelled("My neighbour Oluwaseun Brandt from Tadcaster took the parcel in.")
    assert {spelled("Oluwaseun Brandt"), spelled("Tadcaster")} <= found(text).keys()


def test_ordinary_words_and_brands_stay() -> None:
    for text in ("The rose dress in May, please", "Will you mark it down?", "Do Dr. Martens run large?"):
        assert found(text) == {}, text


def test_a_name_is_found_anywhere_in_a_long_text() -> None:
    filling = "The parcel was late and the box was wet. "
    for before in (0, 20, 45, 90):
        text = filling * before + "Please ask Ngozi Lindqvist about it. " + filling * 60
        assert "Ngozi Lindqvist" in found(text), before
        assert len(found(text)) == 1


def test_the_tower_is_shared_with_the_reader_of_intents() -> None:
    (tagger,) = taggers()
    tagger.analyze("Ask Jo Day", tagger.supported_entities, None)
    assert tagger._ready.tower is embedded_encoder().tower
