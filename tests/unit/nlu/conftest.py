"""A small shop's nlu data, and a parser trained on it with the hashing encoder."""

from pathlib import Path

import pytest

from kitwright.encoder import HashingEncoder
from kitwright.nlu import AnnotatedExample, EntityFinder, ExampleEntity, IntentModel, NluData, NluParser, trained_model

UTTERANCES = {
    "track_order": ["where is my order", "track my parcel", "has my order shipped", "when will my parcel arrive"],
    "return_item": ["I want to return a shirt", "send this back", "return these shoes please", "how do I send it back"],
    "greet": ["hello", "hi there", "good morning", "hey"],
}


@pytest.fixture(scope="session")
def data() -> NluData:
    """Three intents, two lookups, synonyms and a pattern."""
    annotated = (
        AnnotatedExample("return_item", "swap M", (ExampleEntity(5, 6, "size", "M"),)),
        AnnotatedExample("return_item", "178 cm 74 kg", (ExampleEntity(0, 6, "height", "178"),)),
        AnnotatedExample("return_item", "74 kg", (ExampleEntity(0, 5, "weight", "74"),)),
        AnnotatedExample("track_order", "my mail is a@example.com", (ExampleEntity(11, 24, "email", "a@example.com"),)),
    )
    swaps = tuple(
        AnnotatedExample("return_item", f"{a} for {b}", (ExampleEntity(0, 1, "size", a, "from"),))
        for a, b in (("S", "M"), ("M", "L"), ("L", "S"), ("M", "S"), ("L", "M"))
    )
    plain = tuple(AnnotatedExample(intent, text) for intent, texts in UTTERANCES.items() for text in texts)
    return NluData(
        examples=plain + annotated + swaps,
        synonyms={"dark blue": "navy", "gray": "grey", "america": "USA", "the us": "USA"},
        lookups={
            "colour": ("navy", "blue", "dark blue", "grey", "stone", "white"),
            "country": ("USA", "US", "Northern Ireland", "Ireland"),
            "product_type": ("shirt", "cardigan", "t-shirt", "trousers"),
            "product_name": ("Harbour Linen Shirt",),
        },
        regexes={"order_number": (r"(?<!\d)(?:fh[- ]?)?#?([1-9]\d{3})(?!\d)",)},
    )


@pytest.fixture(scope="session")
def finder(data: NluData) -> EntityFinder:
    """Its entity finder."""
    return EntityFinder(data)


@pytest.fixture(scope="session")
def model(data: NluData, tmp_path_factory: pytest.TempPathFactory) -> IntentModel:
    """Its intent model."""
    root: Path = tmp_path_factory.mktemp("cache")
    return trained_model(data, HashingEncoder(), root=root)


@pytest.fixture(scope="session")
def parser(model: IntentModel, finder: EntityFinder) -> NluParser:
    """Its parser."""
    return NluParser(HashingEncoder(), model, finder)
