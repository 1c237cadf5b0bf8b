"""Dialogue: the domain, flows, the tracker, and the engine that decides each turn."""

from kitwright.dialogue.domain import Domain, ResponseVariation, Slot
from kitwright.dialogue.engine import DialogueEngine
from kitwright.dialogue.flow import END, Flow, FlowFile, FlowStep
from kitwright.dialogue.predicate import Predicate, parse_predicate
from kitwright.dialogue.program import Program, compile_flow
from kitwright.dialogue.responses import SLOT_IN_TEXT, choose, render
from kitwright.dialogue.routes import Thresholds
from kitwright.dialogue.run import QUERY, ToolAnswer, ToolCall
from kitwright.dialogue.step import decide_step
from kitwright.dialogue.tracker import Tracker, replay

__all__ = [
    "END",
    "QUERY",
    "SLOT_IN_TEXT",
    "DialogueEngine",
    "Domain",
    "Flow",
    "FlowFile",
    "FlowStep",
    "Predicate",
    "Program",
    "ResponseVariation",
    "Slot",
    "Thresholds",
    "ToolAnswer",
    "ToolCall",
    "Tracker",
    "choose",
    "compile_flow",
    "decide_step",
    "parse_predicate",
    "render",
    "replay",
]
