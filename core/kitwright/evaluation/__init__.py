"""Evaluation: suites that say how good a bot is, with floors that it must hold."""

from kitwright.evaluation.answers import METRICS, Evidence, Scores, figures, score_answer, summary
from kitwright.evaluation.conversations import ConversationResult, run_conversation
from kitwright.evaluation.expectations import Talker
from kitwright.evaluation.intents import IntentReport, evaluate_intents
from kitwright.evaluation.simulation import (
    SimulatedConversation,
    SimulationFigures,
    by_disturbance,
    by_goal,
    figures_of,
    hold_conversation,
    planned,
)
from kitwright.evaluation.statistics import Difference, Estimate, adjusted, difference, estimate

__all__ = [
    "METRICS",
    "ConversationResult",
    "Difference",
    "Estimate",
    "Evidence",
    "IntentReport",
    "Scores",
    "SimulatedConversation",
    "SimulationFigures",
    "Talker",
    "adjusted",
    "by_disturbance",
    "by_goal",
    "difference",
    "estimate",
    "evaluate_intents",
    "figures",
    "figures_of",
    "hold_conversation",
    "planned",
    "run_conversation",
    "score_answer",
    "summary",
]
