"""What the intent model sees of a text beside its vector."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kitwright.nlu.features import Lexicon


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
