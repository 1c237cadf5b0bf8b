"""The plain data that all rooms share: text, messages, events, passages, decisions, the Turn."""

from kitwright.types.asked import AskedQuestion
from kitwright.types.decision import Decision, DecisionKind
from kitwright.types.event import Event, EventKind
from kitwright.types.exchange import Exchange
from kitwright.types.facts import fact_lines
from kitwright.types.message import Message, Role
from kitwright.types.passage import FoundPassage, Passage, whole_texts
from kitwright.types.placeholder import PLACEHOLDER, count_of, label_of, placeholder
from kitwright.types.prompt import Prompt
from kitwright.types.reply import Button, Reply, Source
from kitwright.types.span import Span
from kitwright.types.step import Step
from kitwright.types.stop import Stop
from kitwright.types.text import RawText, ScrubbedText
from kitwright.types.trace import TraceEntry
from kitwright.types.turn import INPUT_FIELDS, TURN_FIELDS, Turn
from kitwright.types.understanding import Entity, IntentScore, Part, Understanding
from kitwright.types.vault import Vault

__all__ = [
    "INPUT_FIELDS",
    "PLACEHOLDER",
    "TURN_FIELDS",
    "AskedQuestion",
    "Button",
    "Decision",
    "DecisionKind",
    "Entity",
    "Event",
    "EventKind",
    "Exchange",
    "FoundPassage",
    "IntentScore",
    "Message",
    "Part",
    "Passage",
    "Prompt",
    "RawText",
    "Reply",
    "Role",
    "ScrubbedText",
    "Source",
    "Span",
    "Step",
    "Stop",
    "TraceEntry",
    "Turn",
    "Understanding",
    "Vault",
    "count_of",
    "fact_lines",
    "label_of",
    "placeholder",
    "whole_texts",
]
