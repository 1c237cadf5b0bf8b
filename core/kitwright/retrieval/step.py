"""The retrieve step: notes for the question of a turn that is to be answered."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kitwright.protocols import Encoder
from kitwright.retrieval.index import Query
from kitwright.retrieval.retriever import Retriever, wordings
from kitwright.types import ScrubbedText, Step, Turn

SURE: Final = 0.6  # from this confidence on, the words of the intent join the search
DOUBT: Final = 0.1  # how much more relevant a passage must be for a message that seems out of scope


def retrieve_step(retriever: Retriever, encoder: Encoder) -> Step:
    """The step `retrieve`.

    Args:
        retriever: asked for more relevance the less a message seems to be in scope.
        encoder: for wordings other than the message itself.
    """

    def run(turn: Turn) -> Turn:
        if turn.decision is None or turn.decision.kind != "answer":
            return replace(turn, passages=()).note("retrieve", "skipped", "nothing to look up")
        question = turn.decision.query or turn.text or ScrubbedText("")
        strange = 1 - turn.understanding.in_scope if turn.understanding else 0.0
        found = retriever.find(_queries(turn, wordings(question, turn.history)), doubt=DOUBT * strange)
        scores = ", ".join(f"{each.passage.id} {each.score:.2f}" for each in found)
        return replace(turn, passages=found).note("retrieve", f"{len(found)} passages", scores)

    def _queries(turn: Turn, texts: Sequence[ScrubbedText]) -> list[Query]:
        known = {turn.text: turn.understanding.vector} if turn.understanding and turn.text else {}
        fresh = [text for text in texts if text not in known]
        vectors = {**known, **dict(zip(fresh, encoder.encode(fresh) if fresh else (), strict=True))}
        return [Query(_with_intent(turn, text), vectors[text]) for text in texts]

    def _with_intent(turn: Turn, text: ScrubbedText) -> str:
        """The wording with the words of its intent, which stand in for what typing errors hide."""
        understood = turn.understanding
        if understood is None or min(understood.intent.confidence, understood.in_scope) < SURE:
            return text
        return f"{text} {understood.intent.name.replace('_', ' ')}"

    return Step(
        name="retrieve",
        reads=frozenset({"decision", "history", "understanding", "text"}),
        writes=frozenset({"passages"}),
        run=run,
    )
