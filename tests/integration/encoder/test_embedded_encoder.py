"""The real encoder: equal to sentence-transformers, batched or alone, from many threads."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch

from kitwright.encoder import EmbeddedEncoder, Tower, model_folder, pooled, vocabulary
from kitwright.types import ScrubbedText

TEXTS = [ScrubbedText(t) for t in ("", "hi", "Where is my order FH-1043?", "can I return swimwear? " * 80)]


def test_equal_to_sentence_transformers_alone_and_in_batches() -> None:
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(model_folder()), device="cpu")
    expected = reference.encode([str(t) for t in TEXTS], normalize_embeddings=True, show_progress_bar=False)
    encoder = EmbeddedEncoder()
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert ((alone * expected).sum(axis=1) > 0.9999).all()  # one text alone is computed in bf16 where that is quick
    assert np.allclose(encoder.encode(TEXTS), alone, atol=2e-3)  # a few are read in one go
    assert np.allclose(encoder.encode([*TEXTS, *TEXTS, *TEXTS])[: len(TEXTS)], expected, atol=2e-6)
    exact = Tower(model_folder(), exact=True)
    tokens = [exact.tokens(text)[0] for text in TEXTS]
    lengths = [len(each) for each in tokens]
    with torch.inference_mode():
        precise = pooled(exact.through(exact.embedded(tokens), exact.layers, lengths), lengths)
    assert np.allclose(precise, expected, atol=2e-6)
    assert encoder.encode([]).shape == (0, 384)


def test_a_caller_can_not_spoil_the_memory() -> None:
    encoder = EmbeddedEncoder()
    encoder.encode(TEXTS[:1])[:] = 0
    assert np.linalg.norm(encoder.encode(TEXTS[:1])) > 0.99


def test_placeholders_are_read_as_words() -> None:
    encoder = EmbeddedEncoder()
    hidden, said = (encoder.encode([ScrubbedText(t)]) for t in ("mail <EMAIL_ADDRESS_1>", "mail email address"))
    assert np.array_equal(hidden, said)


def test_threads_share_it() -> None:
    encoder = EmbeddedEncoder()
    texts = [ScrubbedText(f"message {n}") for n in range(12)]
    with ThreadPoolExecutor(4) as pool:
        found = np.vstack(list(pool.map(lambda text: encoder.encode([text]), texts)))
    assert ((found * encoder.encode(texts)).sum(axis=1) > 0.9999).all()


def test_its_vocabulary_tells_words_from_typing_errors() -> None:
    assert "store" in vocabulary()
    assert "nayv" not in vocabulary()
