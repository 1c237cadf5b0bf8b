"""Evaluation: suites that say how good a bot is, with floors that it must hold."""

from kitwright.evaluation.conversations import ConversationResult, Talker, run_conversation
from kitwright.evaluation.intents import IntentReport, evaluate_intents

__all__ = [
    "ConversationResult",
    "IntentReport",
    "Talker",
    "evaluate_intents",
    "run_conversation",
]
