"""Every bot that brings a reader of intents brings one that fits its kit."""

from pathlib import Path

import pytest

from kitwright.encoder import embedded_encoder
from kitwright.kit import load_bot_file, load_kit
from kitwright.nlu import kept_model

BOTS = sorted(path.parent.parent.name for path in (Path(__file__).parents[2] / "bots").glob("*/intents/model.json"))


@pytest.mark.parametrize("name", BOTS)
def test_the_kept_model_was_trained_on_the_kits_utterances(name: str) -> None:
    file = load_bot_file(name)
    model = kept_model(file.intents_folder, load_kit(file.kit).nlu, embedded_encoder())
    assert model is not None, f"train it again: kitwright nlu train --data {file.kit} --out bots/{name}/intents"
    assert model.tuned is not None


def test_the_shipped_bot_brings_one() -> None:
    assert "clothing_support" in BOTS
