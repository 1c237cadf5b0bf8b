"""nlu.yml: annotations are read with their positions, and what is malformed is named with its line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.errors import FaultsFound
from kitwright.files import parse_yaml
from kitwright.nlu.data import AnnotatedExample, ExampleEntity, NluData, merge, parse_nlu

FILE = """\
version: "3.1"
nlu:
- intent: exchange
  examples: |
    - swap order [1043](order_number)

    - from [M]{"entity": "size", "role": "from"} to [large]{"entity": "size", "value": "L", "role": "to"}
- intent: greet
  examples:
    - hi there
    - text: hello
      metadata: {by: us}
- synonym: navy
  examples: |
    - Dark Blue
- lookup: colour
  examples: |
    - navy
    - grey
- regex: order_number
  examples: |
    - FH-\\d{4}
"""


def parse(text: str) -> NluData:
    return parse_nlu(parse_yaml(text, "nlu.yml"))


def test_everything_in_a_file_is_read() -> None:
    data = parse(FILE)
    assert data.examples == (
        AnnotatedExample("exchange", "swap order 1043", (ExampleEntity(11, 15, "order_number", "1043"),)),
        AnnotatedExample(
            "exchange",
            "from M to large",
            (ExampleEntity(5, 6, "size", "M", "from"), ExampleEntity(10, 15, "size", "L", "to")),
        ),
        AnnotatedExample("greet", "hi there"),
        AnnotatedExample("greet", "hello"),
    )
    assert data.synonyms == {"dark blue": "navy"}
    assert data.lookups == {"colour": ("navy", "grey")}
    assert data.regexes == {"order_number": ("FH-\\d{4}",)}
    assert data.examples[1].place == "nlu.yml:7"
    assert data.intents == {"exchange": "nlu.yml:3 nlu.0.intent", "greet": "nlu.yml:8 nlu.1.intent"}


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "says"),
    [
        ("[1043](order_number)", "[1043](order_number", "KW106", 5, "malformed annotation"),
        ("[1043](order_number)", "[1043(order_number)", "KW106", 5, "malformed annotation"),
        ("[1043](order_number)", "[1043]()", "KW106", 5, "entity name"),
        ("[1043](order_number)", "[1043](order number)", "KW106", 5, "entity name"),
        ('"role": "from"}', '"role": from}', "KW106", 7, "not JSON"),
        ('"role": "from"}', '"roll": "from"}', "KW105", 7, "choices: entity, value, role"),
        ('{"entity": "size", "role": "from"}', '{"role": "from"}', "KW106", 7, "needs a text for 'entity'"),
        ("    - swap", "    swap", "KW106", 5, "starts with '- '"),
        ("intent: greet", "intent: exchange", "KW107", 8, "already opened at nlu.yml:3"),
        ("intent: greet", "intnt: greet", "KW105", 8, "did you mean 'intent'"),
        ("- FH", "- (FH", "KW106", 22, "not a regular expression"),
        ("    - Dark Blue", "    - blue\n- synonym: sky\n  examples: |\n    - Blue", "KW107", 18, "stands for 'navy'"),
        ("    - navy\n    - grey\n", "    -\n", "KW103", 17, "no examples"),
        ("lookup: colour", "lookup: colour\n  regex: x", "KW106", 16, "exactly one of"),
    ],
)
def test_faults_are_named_with_their_lines(old: str, new: str, code: str, line: int, says: str) -> None:
    with pytest.raises(FaultsFound) as caught:
        parse(FILE.replace(old, new, 1))
    found = [fault for fault in caught.value.faults if fault.code == code]
    assert found, caught.value
    assert found[0].place.split(" ")[0] == f"nlu.yml:{line}"
    assert says in found[0].line()


def test_parts_are_merged_in_order() -> None:
    first = parse("nlu:\n- intent: a\n  examples: |\n    - one\n- lookup: l\n  examples: |\n    - x\n")
    second = parse("nlu:\n- intent: b\n  examples: |\n    - two\n- lookup: l\n  examples: |\n    - y\n")
    merged = merge([first, second])
    assert [example.text for example in merged.examples] == ["one", "two"]
    assert merged.lookups == {"l": ("x", "y")}
    assert set(merged.intents) == {"a", "b"}


def test_the_hash_is_of_content_not_of_places() -> None:
    assert parse(FILE).hash == parse("# a comment\n" + FILE).hash
    assert parse(FILE).hash != parse(FILE.replace("hi there", "hi")).hash
    assert parse(FILE).hash != parse(FILE.replace('"role": "to"', '"role": "from"')).hash


LETTERS = st.characters(codec="utf-8", categories=["L", "N", "Zs"])
WORDS = st.text(LETTERS, min_size=1).map(lambda text: text.strip() or "x")


@given(st.lists(st.tuples(WORDS, st.sampled_from(["", "size", "colour"])), min_size=1, max_size=6))
def test_annotations_round_trip(parts: list[tuple[str, str]]) -> None:
    written = " ".join(f"[{text}]({name})" if name else text for text, name in parts)
    (example,) = parse(json.dumps({"nlu": [{"intent": "a", "examples": [written]}]}, ensure_ascii=False)).examples
    assert example.text == " ".join(text for text, _ in parts)
    assert [(example.text[e.start : e.end], e.name) for e in example.entities] == [part for part in parts if part[1]]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("[ ](size)", "marks no text"),
        ("[M] (size)", "malformed annotation"),
        ("[M]size)", "malformed annotation"),
        ("[[M](size)](x)", "malformed annotation"),
        ('[M]{"entity": "si ze"}', "malformed entity name"),
        ('[M]{"entity": "size", "role": ""}', "needs a text"),
        ('[M]{"entity": "size", "role": "a b"}', "malformed role name"),
        ('[M]{"entity": "size", "value": " "}', "needs a text"),
    ],
)
def test_a_malformed_annotation_is_named_with_its_line(line: str, problem: str) -> None:
    with pytest.raises(FaultsFound, match=problem) as raised:
        parse(f'version: "3.1"\nnlu:\n- intent: swap\n  examples: |\n    - hello\n    - want {line}\n')
    assert raised.value.faults[0].place.endswith(":6")
