"""Training, keeping and using the intent model."""

from pathlib import Path

import numpy as np
import pytest

from kitwright.encoder import HashingEncoder
from kitwright.errors import AdapterMismatch, FaultsFound
from kitwright.nlu import IntentModel, IntentSettings, NluData, trained_model
from kitwright.nlu.intent_training import train, training_pairs
from kitwright.types import ScrubbedText

ENCODER = HashingEncoder()
PAIRS = [
    (f"{verb} {thing}", verb) for verb in ("track", "cancel", "return") for thing in ("it", "a shirt", "two", "all")
]


def predict(model: IntentModel, text: str) -> tuple[str, float, float]:
    said = ScrubbedText(text)
    intents, in_scope = model.predict(said, ENCODER.encode([said])[0])
    return intents[0].name, intents[0].confidence, in_scope


def test_probabilities_sum_to_one_best_first(model: IntentModel) -> None:
    said = ScrubbedText("where is my parcel")
    intents, in_scope = model.predict(said, ENCODER.encode([said])[0])
    confidences = [intent.confidence for intent in intents]
    assert intents[0].name == "track_order"
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1.0, abs=1e-5)
    assert 0 <= in_scope <= 1


def test_familiar_messages_are_more_in_scope_than_strange_ones(model: IntentModel) -> None:
    assert predict(model, "where is my order")[2] > model.threshold > predict(model, "quantum physics 2 + 2")[2]


def test_training_is_repeatable() -> None:
    first, second = (train(PAIRS, ENCODER, IntentSettings()) for _ in range(2))
    assert np.array_equal(first.on_words.weights, second.on_words.weights)
    assert first.calibration == second.calibration


def test_calibration_moves_off_its_start() -> None:
    calibration = train(PAIRS, ENCODER, IntentSettings()).calibration
    assert abs(calibration.vector - 1) > 0.01 or abs(calibration.lexical - 1) > 0.01


@pytest.mark.parametrize("settings", [IntentSettings(lexical=False), IntentSettings(out_of_scope=False)])
def test_parts_can_be_left_out(settings: IntentSettings) -> None:
    model = train(PAIRS, ENCODER, settings)
    name, _, in_scope = predict(model, "cancel a shirt")
    assert name == "cancel"
    assert settings.lexical == bool(model.lexicon.words)
    assert (in_scope == 1.0) is not settings.out_of_scope


def test_two_intents_with_one_example_each() -> None:
    model = train([("hello", "greet"), ("bye now", "goodbye")], ENCODER, IntentSettings())
    assert predict(model, "bye now")[0] == "goodbye"
    assert predict(model, "hello")[0] == "greet"


@pytest.mark.parametrize(
    "pairs", [[], [("hi", "greet")], [("hi", "greet"), (" ", "bye")], [("hi", "greet"), ("bye", "")]]
)
def test_useless_data_are_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(FaultsFound, match="KW111"):
        train(pairs, ENCODER, IntentSettings())


def test_saved_and_loaded_predicts_the_same(tmp_path: Path) -> None:
    model = train(PAIRS, ENCODER, IntentSettings())
    model.save(tmp_path)
    loaded, first = (predict(each, "return two") for each in (IntentModel.load(tmp_path, encoder=ENCODER), model))
    assert loaded[0] == first[0]
    assert loaded[1:] == pytest.approx(first[1:], abs=5e-3)  # kept in half precision


def test_another_encoder_is_refused(tmp_path: Path) -> None:
    train(PAIRS, ENCODER, IntentSettings()).save(tmp_path)
    with pytest.raises(AdapterMismatch, match="KW304"):
        IntentModel.load(tmp_path, encoder=HashingEncoder(64))


def test_missing_and_damaged_models_are_faults(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="KW101"):
        IntentModel.load(tmp_path, encoder=ENCODER)
    train(PAIRS, ENCODER, IntentSettings()).save(tmp_path)
    for name in ("model.npz", "model.json"):
        whole = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(whole[: len(whole) // 2])
        with pytest.raises(FaultsFound, match="KW104"):
            IntentModel.load(tmp_path, encoder=ENCODER)
        (tmp_path / name).write_bytes(whole)


def test_cache_is_used_and_depends_on_data_settings_and_encoder(tmp_path: Path) -> None:
    def entries() -> int:
        return len(list((tmp_path / "intents").iterdir()))

    trained_model(PAIRS, ENCODER, root=tmp_path)
    trained_model(PAIRS, ENCODER, root=tmp_path)
    assert entries() == 1
    trained_model(PAIRS[:-1], ENCODER, root=tmp_path)
    trained_model(PAIRS, ENCODER, settings=IntentSettings(seed=1), root=tmp_path)
    trained_model(PAIRS, HashingEncoder(64), root=tmp_path)
    assert entries() == 4


def test_personal_entities_are_trained_as_placeholders_are_read(data: NluData) -> None:
    assert ("my mail is email address", "track_order") in training_pairs(data)
