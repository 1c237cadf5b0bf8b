"""An event of a conversation; the append-only list of them is the conversation's whole memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal

EventKind = Literal[
    "user",  # data: text, intent, entities
    "bot",  # data: text, buttons, sources, handoff
    "flow_started",  # data: flow
    "flow_step",  # data: flow, step
    "flow_ended",  # data: flow, how (completed|cancelled|failed|linked)
    "flow_waiting",  # data: flow (None: none waits any more), slots, text
    "flow_taken_up",  # data: flow, the one that waited longest
    "slot_set",  # data: slot, value
    "asked",  # data: slot
    "tool_called",  # data: tool, result, ok
    "not_understood",  # data: count
    "handoff",  # data: reason
    "restarted",  # data: reason
    "opened",  # data: locale, consent, channel; the first event where a person opened a conversation before they spoke
    "agent",  # data: text, agent; what a person of the staff said
    "agent_joined",  # data: agent; from now on that person answers, and no model
    "handed_back",  # data: agent; the bot answers again
    "kit_state",  # data: state; what the kit's own code keeps between turns
    "note",  # data: text, agent; what a person of the staff noted for the others, never shown to the visitor
]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `data` is JSON-able and scrubbed.

    Args:
        at: UTC time.
        id: its number in the store, rising within a conversation; None for one that is not stored.
    """

    kind: EventKind
    at: datetime
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    id: int | None = field(default=None, compare=False)
