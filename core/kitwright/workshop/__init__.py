"""The workshop: the offline stages, strung together: suites, benchmarks, the doctor."""

from kitwright.workshop.answers import answer_suites, suite_size
from kitwright.workshop.bench import Figure, bench_turn
from kitwright.workshop.doctor import Finding, examine, prepare
from kitwright.workshop.intents import Trained, intent_parser, measure_intents, train_intents
from kitwright.workshop.kit_code import with_context
from kitwright.workshop.simulated import simulated_conversations, simulated_suite, simulation_size
from kitwright.workshop.suites import SuiteResult, conversation_suite, entity_suite, intent_suites, own_suites

__all__ = [
    "Figure",
    "Finding",
    "SuiteResult",
    "Trained",
    "answer_suites",
    "bench_turn",
    "conversation_suite",
    "entity_suite",
    "examine",
    "intent_parser",
    "intent_suites",
    "measure_intents",
    "own_suites",
    "prepare",
    "simulated_conversations",
    "simulated_suite",
    "simulation_size",
    "suite_size",
    "train_intents",
    "with_context",
]
