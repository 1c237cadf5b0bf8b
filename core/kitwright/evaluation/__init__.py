"""Evaluation: suites that say how good a bot is, with floors that it must hold."""

from kitwright.evaluation.answers import METRICS, Evidence, Scores, figures, score_answer, summary
from kitwright.evaluation.conversations import ConversationResult, Talker, run_conversation
from kitwright.evaluation.intents import IntentReport, evaluate_intents
from kitwright.evaluation.statistics import Difference, Estimate, adjusted, difference, estimate

__all__ = [
    "METRICS",
    "ConversationResult",
    "Difference",
    "Estimate",
    "Evidence",
    "IntentReport",
    "Scores",
    "Talker",
    "adjusted",
    "difference",
    "estimate",
    "evaluate_intents",
    "figures",
    "run_conversation",
    "score_answer",
    "summary",
]
