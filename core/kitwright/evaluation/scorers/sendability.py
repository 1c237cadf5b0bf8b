"""Sendability: whether the guard would let the whole answer go to the customer."""

from collections.abc import Sequence

from kitwright.guard import OutputRules, SentenceGate, gather, review
from kitwright.types import ScrubbedText
from kitwright.types.sentences import all_sentences


def sendable(answer: str, sources: Sequence[str], conversation: Sequence[ScrubbedText], rules: OutputRules) -> float:
    """1 if every sentence of the answer passes the guard and the last one is finished, else 0.

    Awkward cases: what passes need not be right, only stated by a source; an empty answer, and one cut off by
    the token limit, can not be sent. A first yes or no that the guard leaves out does not count, the sentence does.

    Args:
        answer: what was said.
        sources: notes and tool results that the guard holds the answer against.
        conversation: messages, the one that is answered last.
        rules: the kit's.
    """
    gate = SentenceGate(gather(sources, conversation, rules), rules)
    review(answer, gate)
    return 1.0 if gate.shown and gate.shown == len(all_sentences(answer)) else 0.0
