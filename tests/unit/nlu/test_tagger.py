"""The tagger on words that are told apart by their spelling, as the real one's are by their states."""

import re
from pathlib import Path

import numpy as np
import pytest

from kitwright.encoder import HashingEncoder, Words
from kitwright.nlu import (
    AnnotatedExample,
    ExampleEntity,
    NluData,
    TaggedSpan,
    Tagging,
    TokenTagger,
    train_tagger,
    trained_tagging,
)
from kitwright.nlu.tagger_training import learnable
from kitwright.nlu.token_reader import Array
from kitwright.types import ScrubbedText

ENCODER = HashingEncoder(256)
THINGS = ("red kilt", "blue kilt", "sporran", "long sporran")

OPENINGS = (
    "show me a",
    "show me the",
    "hello show me",
    "hello the",
    "and a",
    "and the",
    "please show a",
    "a",
    "the",
    "me a",
)
WORDS = "friends people dear there again you all both team folks".split()


def reader(text: str) -> tuple[Words, Array]:
    words = [match.span() for match in re.finditer(r"\w+", text)]
    if not words:
        return [], np.zeros((0, 512), dtype=np.float32)
    own = ENCODER.encode([ScrubbedText(text[start:end]) for start, end in words])
    return words, np.hstack([own, np.vstack([0 * own[:1], own[:-1]])])


def example(before: str, thing: str, after: str) -> AnnotatedExample:
    start = len(before) + 1
    entity = ExampleEntity(start, start + len(thing), "thing", thing)
    return AnnotatedExample("ask", f"{before} {thing} {after}", (entity,))


@pytest.fixture(scope="module")
def shop() -> NluData:
    """Forty utterances with a thing of which nothing but the tagger knows, and some without."""
    asked = [example(before, thing, "please") for before in OPENINGS for thing in THINGS]
    plain = [AnnotatedExample("greet", f"hello {word} and you please") for word in WORDS]
    return NluData(examples=(*asked, *plain))


@pytest.fixture(scope="module")
def tagger(shop: NluData) -> TokenTagger:
    return train_tagger(shop, reader)


def test_it_learns_and_records_that_it_helps(tagger: TokenTagger) -> None:
    finding = tagger.findings["thing"]
    assert finding.kept
    assert (finding.annotated, finding.rules.f1) == (40, 0.0)
    assert finding.score.f1 > 0.9


def test_stretches_have_several_words(tagger: TokenTagger) -> None:
    text = "hello show me long sporran and blue kilt please"
    found = Tagging(tagger, reader)(text)
    assert [(span.name, text[span.start : span.end]) for span in found] == [
        ("thing", "long sporran"),
        ("thing", "blue kilt"),
    ]
    assert Tagging(tagger, reader)("") == ()


def test_a_sequence_never_begins_inside() -> None:
    weights = np.eye(3, dtype=np.float32)
    tagger = TokenTagger(("O", "B-x", "I-x"), weights, np.zeros(3, dtype=np.float32), {})
    words = [(0, 1), (2, 3), (4, 5)]
    scores = np.asarray([[0, 1, 5], [0, 0, 5], [5, 0, 0]], dtype=np.float32)
    assert tagger.spans(words, scores, names=frozenset({"x"})) == [TaggedSpan("x", 0, 3)]
    assert tagger.spans(words, scores) == []


def test_where_patterns_find_everything_it_is_not_used(shop: NluData) -> None:
    known = NluData(examples=shop.examples, lookups={"thing": THINGS})
    finding = train_tagger(known, reader).findings["thing"]
    assert finding.rules.f1 == 1.0
    assert not finding.kept


def test_saved_and_loaded_it_finds_the_same(tagger: TokenTagger, tmp_path: Path) -> None:
    tagger.save(tmp_path)
    again = TokenTagger.load(tmp_path)
    text = "show me red kilt"
    assert again.findings == tagger.findings
    assert again.spans(*reader(text)) == tagger.spans(*reader(text)) != []


def test_too_few_annotations_and_personal_ones_are_not_learned(shop: NluData) -> None:
    mails = tuple(
        AnnotatedExample("ask", f"a{n}@x.example", (ExampleEntity(0, 5, "email", f"a{n}@x.example"),))
        for n in range(20)
    )
    assert learnable(NluData(examples=shop.examples[:14])) == ()
    assert learnable(NluData(examples=shop.examples + mails)) == ("thing",)


def test_without_states_of_words_there_is_none(shop: NluData) -> None:
    assert trained_tagging(shop, ENCODER) is None
