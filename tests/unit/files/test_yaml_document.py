"""YAML: plain data with lines; the traps of YAML 1.1 are closed, and nothing but faults comes out."""

import json
import re
from collections.abc import Sequence
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kitwright.errors import Fault, FaultsFound
from kitwright.files import parse_yaml

DOCUMENT = """\
# comment
name: x
list:
  - a
  - b: 1
    c: |
      one
      two
flow: {d: [1, 2]}
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 2),
        (("list",), 3),
        (("list", 0), 4),
        (("list", 1, "b"), 5),
        (("list", 1, "c"), 6),
        (("flow", "d", 1), 9),
        (("list", 1, "absent"), 5),
        ((), 2),
    ],
)
def test_every_value_has_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert parse_yaml(DOCUMENT, "x.yml").line_of(path) == line


def test_places_name_file_line_and_path() -> None:
    assert parse_yaml(DOCUMENT, "x.yml").place("list", 1, "b") == "x.yml:5 list.1.b"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("On", "On"),
        ("y", "y"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("null", None),
        ("12:30", "12:30"),
        ("2026-01-05", "2026-01-05"),
        ("0123", "0123"),
        ("1_000", "1_000"),
        ("12", 12),
        ("-3", -3),
        ("1.50", 1.5),
        ("2e-4", 2e-4),
        ("3.1", 3.1),
        ('"3.1"', "3.1"),
        ("'12'", "12"),
        (".inf", ".inf"),
        ("9" * 50, "9" * 50),
        ("<<", "<<"),
    ],
)
def test_scalars_mean_what_people_mean(text: str, value: object) -> None:
    found = parse_yaml(f"a: {text}", "x.yml").data["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("a: &x 1\nb: *x", "x.yml:1", "KW104.*anchors"),
        ("a: 1\nb: *x", "x.yml:2", "KW104.*anchors"),
        ("a: !!python/object:os.system x", "x.yml:1", "KW104.*tags"),
        ("a: 1\nb: [1", "x.yml:", "KW104.*not valid YAML"),
        ("a: 1\n\tb: 2", "x.yml:2", "KW104.*not valid YAML"),
        ("a: 1\n---\nb: 2", "x.yml:2", "KW104.*one document"),
        ("[a]: 1", "x.yml:1", "KW104.*a key must be text"),
        ("[" * 5000, "x.yml:1", "KW104.*(?:levels deep|nesting depth)"),
        ("# nothing", "x.yml", "KW103"),
        ("a: \x07", "x.yml", "KW104"),
    ],
)
def test_what_is_refused(text: str, place: str, says: str) -> None:
    with pytest.raises(FaultsFound, match=says) as caught:
        parse_yaml(text, "x.yml")
    assert caught.value.faults[0].place.startswith(place)


def test_all_keys_used_twice_are_reported() -> None:
    with pytest.raises(FaultsFound) as caught:
        parse_yaml("a: 1\nb:\n  c: 1\n  c: 2\na: 3", "x.yml")
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [
        ("KW107", "x.yml:4 b.c"),
        ("KW107", "x.yml:5 a"),
    ]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(st.characters(categories=["L", "N", "P", "Zs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc:- ", min_size=1), inner, max_size=4),
    max_leaves=12,
)


@given(value=st.dictionaries(st.text("abcxyz", min_size=1), VALUES, min_size=1))
def test_json_and_dumped_yaml_come_back_as_they_were(value: dict[str, Any]) -> None:
    assert parse_yaml(json.dumps(value, ensure_ascii=False), "x.yml").data == value
    # The dumper leaves plain what YAML 1.1 and ours read alike; "=" and "0o7" are among the few that differ.
    dumped = yaml.safe_dump(value, allow_unicode=True, default_style='"' if re.search("[=0-9]", str(value)) else None)
    if '"' not in dumped:
        assert parse_yaml(dumped, "x.yml").data == value


@given(st.text() | st.text("[]{}:-?&*!|>'\"%@`#, \n\tab1", max_size=40))
def test_any_text_gives_data_or_faults(text: str) -> None:
    faults: Sequence[Fault] = ()
    try:
        json.dumps(parse_yaml(text, "x.yml").data)
    except FaultsFound as error:
        faults = error.faults
    assert all(fault.place.startswith("x.yml") for fault in faults)
