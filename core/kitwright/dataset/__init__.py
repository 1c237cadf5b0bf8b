"""Records: the JSON-lines files of training data and evals, their cards, and conversation tests."""

from kitwright.dataset.card import DatasetCard, read_card
from kitwright.dataset.conversation_test import ConversationStep, ConversationTest, read_conversation_tests
from kitwright.dataset.eval_record import OUT_OF_SCOPE, IntentSample
from kitwright.dataset.records import ChatMessage, Record, SftRecord, read_jsonl, read_records

__all__ = [
    "OUT_OF_SCOPE",
    "ChatMessage",
    "ConversationStep",
    "ConversationTest",
    "DatasetCard",
    "IntentSample",
    "Record",
    "SftRecord",
    "read_card",
    "read_conversation_tests",
    "read_jsonl",
    "read_records",
]
