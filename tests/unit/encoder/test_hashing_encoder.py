"""The encoder without a model."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kitwright.encoder import HashingEncoder
from kitwright.protocols import Encoder
from kitwright.types import ScrubbedText


@given(st.lists(st.text(max_size=40), max_size=5))
def test_vectors_are_unit_length_and_repeatable(texts: list[str]) -> None:
    encoder: Encoder = HashingEncoder(64)
    said = [ScrubbedText(text) for text in texts]
    vectors = encoder.encode(said)
    assert vectors.shape == (len(texts), 64)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert np.array_equal(vectors, HashingEncoder(64).encode(said))


def test_similar_spelling_is_nearer() -> None:
    order, orders, wool = HashingEncoder().encode([ScrubbedText(t) for t in ("my order", "my orders", "wash wool")])
    assert order @ orders > order @ wool


def test_id_names_the_dimensions() -> None:
    assert HashingEncoder(64).id != HashingEncoder(128).id
