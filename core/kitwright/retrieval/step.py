"""The retrieve step: notes for the question of a turn that is to be answered."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from kitwright.protocols import Encoder
from kitwright.retrieval.follow_up import stands_alone
from kitwright.retrieval.index import Query
from kitwright.retrieval.retriever import Retriever, wordings
from kitwright.types import FoundPassage, Message, ScrubbedText, Step, Turn, Understanding

SURE: Final = 0.6  # from this confidence on, the words of the intent join the search
ENOUGH: Final = 0.5  # relevance from which on a question is taken to have found its subject by itself
DOUBT: Final = 0.1  # how much more relevant a passage must be for a message that seems out of scope


Clean = Callable[[FoundPassage, Turn], FoundPassage]


def retrieve_step(retriever: Retriever, encoder: Encoder, *, clean: Clean = lambda found, _turn: found) -> Step:
    """The step `retrieve`.

    Args:
        retriever: asked for more relevance the less a message seems to be in scope.
        encoder: for wordings other than the message itself.
        clean: hides personal data in a passage.
    """

    def run(turn: Turn) -> Turn:
        if turn.decision is None or turn.decision.kind != "answer":
            return replace(turn, passages=()).note("retrieve", "skipped", "nothing to look up")
        question = turn.decision.query or turn.text or ScrubbedText("")
        strange = 1 - turn.understanding.in_scope if turn.understanding else 0.0
        found = _found(turn, question, alone=turn.decision.alone, doubt=DOUBT * strange)
        scores = ", ".join(f"{each.passage.id} {each.score:.2f}" for each in found)
        further = tuple(_best(turn, other, question) for other in turn.decision.further)
        kept = tuple(each for each in dict.fromkeys(further) if each is not None)
        found, kept = (tuple(clean(each, turn) for each in passages) for passages in (found, kept))
        return replace(turn, passages=found, further=kept).note("retrieve", f"{len(found)} passages", scores)

    def _found(turn: Turn, question: ScrubbedText, *, alone: bool, doubt: float) -> tuple[FoundPassage, ...]:
        """The passages for a question by itself, where it needs nothing else; or else with what was said before it."""
        if alone or _is_clear(turn, question):
            found = retriever.find(_queries(turn, question, ()), doubt=doubt)
            if alone or (found and found[0].score >= ENOUGH):
                return found
        return retriever.find(_queries(turn, question, turn.history), doubt=doubt)

    def _best(turn: Turn, question: ScrubbedText, before: ScrubbedText) -> FoundPassage | None:
        """The best passage for a further question, which may refer back to the one before."""
        return next(iter(retriever.find(_queries(turn, question, [Message("user", before)]))), None)

    def _queries(turn: Turn, question: ScrubbedText, before: Sequence[Message]) -> list[Query]:
        texts = wordings(question, before)
        understood = _understood(turn, question)
        known = {turn.text: turn.understanding.vector} if turn.understanding and turn.text else {}
        fresh = [text for text in texts if text not in known]
        vectors = {**known, **dict(zip(fresh, encoder.encode(fresh) if fresh else (), strict=True))}
        return [Query(_with_intent(understood, text), vectors[text]) for text in texts]

    return Step(
        name="retrieve",
        reads=frozenset({"decision", "history", "understanding", "text"}),
        writes=frozenset({"passages", "further"}),
        run=run,
    )


def _understood(turn: Turn, question: ScrubbedText) -> Understanding | None:
    """The reading of the clause that the question is, or else of the message."""
    parts = turn.understanding.parts if turn.understanding else ()
    return next((part.understanding for part in parts if part.text == question), turn.understanding)


def _is_clear(turn: Turn, question: ScrubbedText) -> bool:
    """Whether a question seems to need nothing of what was said before it."""
    return _is_sure(_understood(turn, question)) and stands_alone(question)


def _with_intent(understood: Understanding | None, text: ScrubbedText) -> str:
    """The wording with the words of its intent, which stand in for what typing errors hide."""
    if understood is None or not _is_sure(understood):
        return text
    return f"{text} {understood.intent.name.replace('_', ' ')}"


def _is_sure(understood: Understanding | None) -> bool:
    return understood is not None and min(understood.intent.confidence, understood.in_scope) >= SURE
