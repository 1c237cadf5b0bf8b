"""Sendability: whether the guard would let the whole answer go to the customer."""

from collections.abc import Sequence

from kitwright.guard import OutputRules, SentenceGate, gather, review
from kitwright.types import ScrubbedText


def sendable(answer: str, sources: Sequence[str], conversation: Sequence[ScrubbedText], rules: OutputRules) -> float:
    """1 if every sentence of the answer passes the guard and the last one is finished, else 0.

    Awkward cases: what passes need not be right, only stated by a source; an empty answer, and one cut off by
    the token limit, can not be sent.

    Args:
        answer: what was said.
        sources: notes and tool results that the guard holds the answer against.
        conversation: messages, the one that is answered last.
        rules: the kit's.
    """
    gate = SentenceGate(gather(sources, conversation, rules), rules)
    kept = review(answer, gate)
    return 1.0 if kept and kept.split() == answer.split() else 0.0
