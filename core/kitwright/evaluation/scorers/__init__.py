"""Scorers: each looks at one answer in one respect and gives 0 to 1, or None where it can not say."""

from kitwright.evaluation.scorers.conduct import right_hand_over, right_kind, right_question, right_refusal
from kitwright.evaluation.scorers.facts import no_forbidden_facts, required_facts
from kitwright.evaluation.scorers.groundedness import grounded
from kitwright.evaluation.scorers.language import language
from kitwright.evaluation.scorers.sendability import sendable
from kitwright.evaluation.scorers.similarity import similarities

__all__ = [
    "grounded",
    "language",
    "no_forbidden_facts",
    "required_facts",
    "right_hand_over",
    "right_kind",
    "right_question",
    "right_refusal",
    "sendable",
    "similarities",
]
