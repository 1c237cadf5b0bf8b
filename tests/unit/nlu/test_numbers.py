"""Numbers in words and figures."""

import pytest

from kitwright.nlu.numbers import figures, number_entities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("twenty two shirts", [("twenty two", "22")]),
        ("Twenty-two", [("Twenty-two", "22")]),
        ("two, three", [("two", "2"), ("three", "3")]),
        ("two hundred and five of them", [("two hundred and five", "205")]),
        ("12 of 1,200", [("1,200", "1200"), ("12", "12")]),
        ("the black one", []),
        ("one", [("one", "1")]),
        ("the second shirt, FH-1043, 3-4, 1/2", []),
        ("", []),
    ],
)
def test_numbers(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(text[c.start : c.end], c.value) for c in number_entities(text)]
    assert sorted(found) == sorted(expected)


def test_a_text_that_is_a_number_as_a_whole() -> None:
    assert [figures(text) for text in ("fourteen", " 14 ", "1,200", "two shirts", "")] == [
        "14",
        "14",
        "1200",
        None,
        None,
    ]
