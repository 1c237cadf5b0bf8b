"""The retrieve step: passages for the question of a turn that is to be answered."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy.typing as npt

from kitwright.protocols import Encoder
from kitwright.retrieval.index import PassageIndex
from kitwright.types import ScrubbedText, Step, Turn

NEAR_BEST: Final = 0.75  # a passage this far behind the best one is about something else
SURE: Final = 0.6  # from this confidence on, the words of the intent join the search
DOUBT: Final = 0.25  # how much more relevant a passage must be for a message that seems out of scope


def retrieve_step(index: Callable[[], PassageIndex], encoder: Encoder, *, passages: int, minimum: float) -> Step:
    """The step `retrieve`.

    Args:
        index: gives the index, loading it at the first call.
        encoder: for questions other than the message itself.
        passages: how many at most.
        minimum: the least relevance, 0 to 1; more is asked for the less a message seems to be in scope.
    """

    def run(turn: Turn) -> Turn:
        if turn.decision is None or turn.decision.kind != "answer":
            return replace(turn, passages=()).note("retrieve", "skipped", "nothing to look up")
        query = turn.decision.query or turn.text or ScrubbedText("")
        found = index().search(_vector(turn, query), _with_intent(turn, query), passages)
        strange = 1 - turn.understanding.in_scope if turn.understanding else 0.0
        best = found[0].score if found else 0.0
        least = max(minimum + DOUBT * strange, NEAR_BEST * best)
        kept = tuple(passage for passage in found if passage.score >= least)
        scores = ", ".join(f"{each.passage.id} {each.score:.2f}" for each in found)
        return replace(turn, passages=kept).note("retrieve", f"{len(kept)} passages", scores)

    def _with_intent(turn: Turn, query: ScrubbedText) -> str:
        """The question with the words of its intent, which stand in for what typing errors hide."""
        understood = turn.understanding
        if understood is None or min(understood.intent.confidence, understood.in_scope) < SURE:
            return query
        return f"{query} {understood.intent.name.replace('_', ' ')}"

    def _vector(turn: Turn, query: ScrubbedText) -> npt.NDArray[Any]:
        if turn.understanding is not None and query == turn.text:
            return turn.understanding.vector
        vector: npt.NDArray[Any] = encoder.encode([query])[0]
        return vector

    return Step(
        name="retrieve",
        reads=frozenset({"decision", "understanding", "text"}),
        writes=frozenset({"passages"}),
        run=run,
    )
