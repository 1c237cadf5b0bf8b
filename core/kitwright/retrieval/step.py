"""The retrieve step: passages for the question of a turn that is to be answered."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy.typing as npt

from kitwright.protocols import Encoder
from kitwright.retrieval.index import PassageIndex
from kitwright.types import ScrubbedText, Step, Turn


def retrieve_step(index: Callable[[], PassageIndex], encoder: Encoder, *, passages: int, minimum: float) -> Step:
    """The step `retrieve`.

    Args:
        index: gives the index, loading it at the first call.
        encoder: for questions other than the message itself.
        passages: how many at most.
        minimum: the least relevance, 0 to 1.
    """

    def run(turn: Turn) -> Turn:
        if turn.decision is None or turn.decision.kind != "answer":
            return replace(turn, passages=()).note("retrieve", "skipped", "nothing to look up")
        query = turn.decision.query or turn.text or ScrubbedText("")
        found = index().search(_vector(turn, query), query, passages)
        kept = tuple(passage for passage in found if passage.score >= minimum)
        scores = ", ".join(f"{each.passage.id} {each.score:.2f}" for each in found)
        return replace(turn, passages=kept).note("retrieve", f"{len(kept)} passages", scores)

    def _vector(turn: Turn, query: ScrubbedText) -> npt.NDArray[Any]:
        if turn.understanding is not None and query == turn.text:
            return turn.understanding.vector
        return encoder.encode([query])[0]

    return Step(
        name="retrieve",
        reads=frozenset({"decision", "understanding", "text"}),
        writes=frozenset({"passages"}),
        run=run,
    )
