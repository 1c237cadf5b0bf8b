"""The guard: rules for what comes in, and the check that facts of a reply stand in its sources."""

from kitwright.guard.evidence import Evidence, Finding, gather, objection
from kitwright.guard.facts import Fact, facts_of, is_supported
from kitwright.guard.gate import SentenceGate, excerpt, gate_opener, review
from kitwright.guard.rules import GuardRules, InputRule, OutputRule, OutputRules
from kitwright.guard.step import guard_in_step, guard_out_step
from kitwright.guard.words import content_words

__all__ = [
    "Evidence",
    "Fact",
    "Finding",
    "GuardRules",
    "InputRule",
    "OutputRule",
    "OutputRules",
    "SentenceGate",
    "content_words",
    "excerpt",
    "facts_of",
    "gate_opener",
    "gather",
    "guard_in_step",
    "guard_out_step",
    "is_supported",
    "objection",
    "review",
]
