"""Records: JSON-lines files of training data and evals, their cards, checks and splits, and conversation tests."""

from kitwright.dataset.answer_sample import AnswerSample
from kitwright.dataset.card import DatasetCard, read_card
from kitwright.dataset.checking import DatasetReport, check_dataset
from kitwright.dataset.checks import CHECKS
from kitwright.dataset.conversation_test import ConversationStep, ConversationTest, read_conversation_tests
from kitwright.dataset.eval_record import OUT_OF_SCOPE, IntentSample
from kitwright.dataset.finding import Finding
from kitwright.dataset.material import MAX_TOKENS, Domain, Material, Probes, StatedFact
from kitwright.dataset.mention import mentions
from kitwright.dataset.records import ChatMessage, Record, SftRecord, read_jsonl, read_records
from kitwright.dataset.report import report_page
from kitwright.dataset.sample import Said, Sample
from kitwright.dataset.sample_reading import Readings, read_samples
from kitwright.dataset.simulation import (
    DISTURBANCES,
    Disturbance,
    Goal,
    Manners,
    Simulation,
    SimulationFile,
    blanks,
    filled,
)
from kitwright.dataset.sources import asked_questions, exchanges, sources_of
from kitwright.dataset.splitting import SPLITS, Partition, in_order, partition, shares_of, together
from kitwright.dataset.stats import DatasetStats, stats_of
from kitwright.dataset.wording import alike

__all__ = [
    "CHECKS",
    "DISTURBANCES",
    "MAX_TOKENS",
    "OUT_OF_SCOPE",
    "SPLITS",
    "AnswerSample",
    "ChatMessage",
    "ConversationStep",
    "ConversationTest",
    "DatasetCard",
    "DatasetReport",
    "DatasetStats",
    "Disturbance",
    "Domain",
    "Finding",
    "Goal",
    "IntentSample",
    "Manners",
    "Material",
    "Partition",
    "Probes",
    "Readings",
    "Record",
    "Said",
    "Sample",
    "SftRecord",
    "Simulation",
    "SimulationFile",
    "StatedFact",
    "alike",
    "asked_questions",
    "blanks",
    "check_dataset",
    "exchanges",
    "filled",
    "in_order",
    "mentions",
    "partition",
    "read_card",
    "read_conversation_tests",
    "read_jsonl",
    "read_records",
    "read_samples",
    "report_page",
    "shares_of",
    "sources_of",
    "stats_of",
    "together",
]
