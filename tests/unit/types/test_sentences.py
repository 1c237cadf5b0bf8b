"""Sentences: joined together they are the text, wherever they are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.types.sentences import all_sentences, ends_properly, split_sentences

TEXTS = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(["A", "b", ".", "!", "?", "…", " ", "  ", "\n", "e.g.", "1.", "£3.95", '"', ")", "no.", "Dr."])
    ).map("".join),
)


@given(TEXTS)
def test_joined_pieces_are_the_text(text: str) -> None:
    sentences, rest = split_sentences(text)
    assert "".join(sentences) + rest == text
    assert all(sentence.strip() for sentence in sentences)


@given(TEXTS)
def test_no_sentence_splits_again(text: str) -> None:
    for sentence in split_sentences(text)[0]:
        assert len(all_sentences(sentence)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It costs £3.95. It is free.", ["It costs £3.95.", "It is free."]),
        ("Within 30. Then more.", ["Within 30.", "Then more."]),
        ("1. Open it. 2. Close it.", ["1. Open it.", "2. Close it."]),
        ("Sizes, e.g. M or L. All fit.", ["Sizes, e.g. M or L.", "All fit."]),
        ('He said "no!" Then he left.', ['He said "no!"', "Then he left."]),
        ("First\nSecond\n\nThird", ["First", "Second", "Third"]),
        ("Really?! Yes… well.", ["Really?!", "Yes…", "well."]),
        ("fern.example is it.", ["fern.example is it."]),
        ("  ", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert all_sentences(text) == expected


@pytest.mark.parametrize(
    ("sentence", "proper"),
    [("Done.", True), ('"Done."', True), ("**Done.** ", True), ("Done", False), ("These are:", False), ("", False)],
)
def test_cut_off_sentences_are_known(sentence: str, proper: bool) -> None:
    assert ends_properly(sentence) is proper
