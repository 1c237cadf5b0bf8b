"""What the intent model sees of a text."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kitwright.nlu.features import Lexicon, lexical_form, spoken, terms


def test_placeholders_are_spoken() -> None:
    assert spoken("mail <EMAIL_ADDRESS_12> or <UK_POSTCODE_1>") == "mail email address or uk postcode"


def test_numbers_keep_only_their_length() -> None:
    assert lexical_form("Order 1043") == lexical_form("order 9999") == "order ####"
    assert lexical_form("order 12") != lexical_form("order 1234")


def test_terms_hold_words_pairs_and_letters() -> None:
    words, letters = terms("Red hat")
    assert words == ["red", "hat", "red hat"]
    assert " re" in letters
    assert "at " in letters


def test_typing_errors_still_share_letters() -> None:
    lexicon = Lexicon.fit(["refund please", "a refund", "delivery", "delivery cost"])
    right, wrong, other = lexicon.matrix(["refund", "refnud", "delivery"]).toarray()
    assert right @ wrong > right @ other


@given(st.text(max_size=80))
def test_vectors_and_matrix_agree_for_any_text(text: str) -> None:
    lexicon = Lexicon.fit(["where is my order", "where is my refund", "hello"])
    columns, weights = lexicon.vector(text)
    assert len(set(columns.tolist())) == len(columns)
    row = lexicon.matrix([text]).toarray()[0]
    assert np.allclose(row[columns], weights)
    assert np.count_nonzero(row) == len(columns)
    assert np.linalg.norm(row) <= 2**0.5 + 1e-5
