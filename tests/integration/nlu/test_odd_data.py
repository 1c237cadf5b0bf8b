"""Data that nobody hopes for: a label with one example, a line of a megabyte, 300 labels, other languages, YAML."""

import json
from pathlib import Path

import pytest

from kitwright.cli.lines import read_labelled
from kitwright.encoder import embedded_encoder, vocabulary
from kitwright.errors import UsageError
from kitwright.nlu import (
    EntityFinder,
    IntentModel,
    IntentSettings,
    NluData,
    NluParser,
    TuningSettings,
    train,
)
from kitwright.types import ScrubbedText

SHORT = IntentSettings(tuning=TuningSettings(epochs=1))
SPANISH = {
    "pedido": ["¿dónde está mi pedido?", "mi paquete no llega", "cuándo llega el paquete"],
    "devolver": ["quiero devolver el vestido", "cómo hago una devolución", "devolver unos zapatos"],
}
JAPANESE = {"pedido_ja": ["注文はどこですか", "荷物が届きません"], "devolver_ja": ["返品したいです", "返品の方法は"]}


def read(model: IntentModel, text: str) -> str:
    return NluParser(embedded_encoder(), model, EntityFinder(NluData())).parse(ScrubbedText(text)).intent.name


def test_a_label_with_one_example_is_found_beside_large_ones() -> None:
    many = [(f"where is my {thing}", "track") for thing in ("parcel", "order", "coat", "scarf", "delivery", "dress")]
    model = train([*many, ("do you sell gift cards", "gift_card")], embedded_encoder(), SHORT)
    assert read(model, "can I buy a gift card") == "gift_card"
    assert read(model, "where is my hat") == "track"


def test_a_line_of_a_megabyte_is_learned_from_and_read() -> None:
    long = "my parcel is late " * 60_000
    model = train(
        [(long, "track"), ("parcel late", "track"), ("bye now", "bye"), ("see you", "bye")], embedded_encoder(), SHORT
    )
    assert read(model, long) == "track"
    assert read(model, "x" * 1_000_000) in model.labels


def test_three_hundred_labels() -> None:
    words = sorted(word for word in vocabulary() if len(word) > 8)[:300]
    pairs = [(text, word) for word in words for text in (f"tell me about {word}", f"{word} please")]
    model = train(pairs, embedded_encoder(), SHORT)
    assert len(model.labels) == 300
    assert sum(read(model, f"i need {word}") == word for word in words[::6]) >= 45


def test_other_languages_are_read_by_their_words() -> None:
    pairs = [(text, label) for part in (SPANISH, JAPANESE) for label, texts in part.items() for text in texts]
    model = train(pairs, embedded_encoder(), SHORT)
    assert read(model, "dónde está el paquete") == "pedido"
    assert read(model, "返品したい") == "devolver_ja"


RASA = """version: "3.1"
nlu:
- intent: greet
  examples: |
    - hi [Jo](name)
    - hello
- intent: bye
  examples: |
    - bye
"""


def test_rasas_yaml_is_read_like_json_lines(tmp_path: Path) -> None:
    (tmp_path / "nlu.yml").write_text(RASA)
    pairs = [("hi Jo", "greet"), ("hello", "greet"), ("bye", "bye")]
    (tmp_path / "nlu.jsonl").write_text("".join(json.dumps({"text": t, "label": n}) + "\n" for t, n in pairs))
    assert read_labelled(tmp_path / "nlu.yml") == read_labelled(tmp_path / "nlu.jsonl") == pairs


def test_malformed_yaml_is_named_by_line(tmp_path: Path) -> None:
    (tmp_path / "nlu.yml").write_text("nlu:\n- intent: greet\n  examples: |\n    - hi\n   - hello\n- intnt: bye\n")
    with pytest.raises(UsageError, match=r"nlu\.yml:\d"):
        read_labelled(tmp_path / "nlu.yml")
