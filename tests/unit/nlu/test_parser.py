"""Parsing of whole messages, button payloads among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.nlu import NluParser, parse_payload
from kitwright.nlu.parser import both_ends
from kitwright.types import ScrubbedText


def test_intent_and_entities_together(parser: NluParser) -> None:
    found = parser.parse(ScrubbedText("where is my order 1043"))
    assert found.intent.name == "track_order"
    assert [(e.name, e.value) for e in found.entities] == [("order_number", "1043")]


@pytest.mark.parametrize(
    "text", ["", "  ", "\U0001f600\U0001f600", "???", "12 34", "<EMAIL_ADDRESS_1>", "<PERSON_1> 5"]
)
def test_without_a_word_no_intent_stands_out(parser: NluParser, text: str) -> None:
    found = parser.parse(ScrubbedText(text))
    assert len({intent.confidence for intent in found.intents}) == 1
    assert found.intent.confidence <= 0.5
    assert found.in_scope == 0.0


def test_entities_are_found_without_a_word(parser: NluParser) -> None:
    assert [e.value for e in parser.parse(ScrubbedText("#1043")).entities] == ["1043"]


def test_a_payload_is_taken_at_its_word(parser: NluParser) -> None:
    found = parser.parse(ScrubbedText('/return_item{"size": "M", "quantity": 2}'))
    assert (found.intent.name, found.intent.confidence, found.in_scope) == ("return_item", 1.0, 1.0)
    assert [(e.name, e.value) for e in found.entities] == [("size", "M"), ("quantity", "2")]


def test_a_payload_of_an_unknown_intent_is_a_message(parser: NluParser) -> None:
    assert parser.parse(ScrubbedText("/drop_tables")).intent.confidence < 1.0


@pytest.mark.parametrize("text", ["hello", "/", "/a{", '/a{"b": [1]}', '/a{"b": null}', "/a b", '/a["b"]', "//a"])
def test_not_a_payload(text: str) -> None:
    assert parse_payload(text) is None


def test_a_payload_with_escapes_is_none() -> None:
    for hidden in ("jo\\u0040example.com", "\\u003cPERSON_1\\u003e", "07700\\t900123"):
        assert parse_payload(f'/note{{"email": "{hidden}"}}') is None


def test_a_very_long_message_keeps_both_ends() -> None:
    text = ScrubbedText("start " + "x" * 5000 + " end")
    short = both_ends(text)
    assert short.startswith("start ")
    assert short.endswith(" end")
    assert len(short) < 1010
    assert both_ends(ScrubbedText(short[:1000])) == short[:1000]


@given(st.text(max_size=200))
def test_any_text_is_parsed(parser: NluParser, text: str) -> None:
    found = parser.parse(ScrubbedText(text))
    assert found.intents
    assert 0 <= found.in_scope <= 1
    assert 0 < found.intent.confidence <= 1
