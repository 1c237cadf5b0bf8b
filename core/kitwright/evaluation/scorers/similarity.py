"""Similarity: how close in meaning answers are to reference answers, after the sentence encoder."""

from collections.abc import Sequence

from kitwright.protocols import Encoder
from kitwright.types import ScrubbedText


def similarities(answers: Sequence[ScrubbedText], references: Sequence[ScrubbedText], encoder: Encoder) -> list[float]:
    """The cosine between each answer and its reference, below 0 as 0.

    Awkward cases: an encoder hardly sees figures and negations, so a wrong answer on the right topic is similar
    too: read it beside the facts; an empty answer is similar to nothing, 0.
    """
    if not answers:
        return []
    texts = sorted({*answers, *references})
    vectors = dict(zip(texts, encoder.encode(texts), strict=True))
    return [
        max(0.0, float(vectors[answer] @ vectors[reference])) if answer.strip() else 0.0
        for answer, reference in zip(answers, references, strict=True)
    ]
