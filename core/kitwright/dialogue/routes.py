"""Routes: which intents start which flows, and how sure of an intent one must be."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final

from kitwright.dialogue.domain import Domain
from kitwright.dialogue.flow import Flow
from kitwright.dialogue.program import Program, collected, compile_flow
from kitwright.types import Understanding

CANCEL: Final = "pattern_cancel_flow"
RESTART: Final = "pattern_restart"
REPEAT: Final = "pattern_repeat"
HANDOFF: Final = "pattern_human_handoff"
CANNOT_HANDLE: Final = "pattern_cannot_handle"
PATTERNS: Final = frozenset({CANCEL, RESTART, REPEAT, HANDOFF, CANNOT_HANDLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """When an intent counts.

    Args:
        sure: from here an intent starts its flow, leaves another, or fills a slot.
        likely: from here two intents are worth a question between them.
        margin: two intents closer than this are asked about.
        in_scope: below this, a message is not taken for any flow.
        question: from here another request or a question interrupts a slot that takes any text.
    """

    sure: float = 0.38
    likely: float = 0.25
    margin: float = 0.12
    in_scope: float = 0.5
    question: float = 0.8


class Routes:
    """The flows of one kit as intents lead to them."""

    def __init__(self, domain: Domain, flows: Mapping[str, Flow], thresholds: Thresholds) -> None:
        self.domain = domain
        self.programs: dict[str, Program] = {name: compile_flow(name, flow) for name, flow in flows.items()}
        self.thresholds = thresholds
        self._triggers = _triggers(flows)

    def flow_for(self, understanding: Understanding, text: str, slots: Mapping[str, object]) -> str | None:
        """The flow that the best intent starts with these words, if it is sure enough."""
        best = understanding.intent
        if understanding.in_scope < self.thresholds.in_scope:
            return None
        flow, threshold = self._trigger(best.name, text, slots)
        return flow if best.confidence >= max(threshold, self.thresholds.sure) else None

    def _trigger(self, intent: str, text: str, slots: Mapping[str, object]) -> tuple[str | None, float]:
        """The first flow of an intent whose guard holds, and how sure of the intent one must be."""
        found = self._triggers.get(intent, ())
        return next((each for each in found if self.programs[each[0]].opens(text, slots)), (None, 0.0))

    def rivals(self, understanding: Understanding, text: str, slots: Mapping[str, object]) -> tuple[str, ...]:
        """Two intents with flows that are too close to choose between."""
        limits = self.thresholds
        if understanding.in_scope < limits.in_scope or len(understanding.intents) < 2:
            return ()
        first, second = understanding.intents[:2]
        close = first.confidence - second.confidence < limits.margin and second.confidence >= limits.likely
        flows = [self._trigger(i.name, text, slots)[0] for i in (first, second)]
        askable = all(f and f not in PATTERNS and self.programs[f].flow.name for f in flows) and flows[0] != flows[1]
        offered = [self._trigger(intent.name, f"/{intent.name}", slots)[0] for intent in (first, second)]
        return (first.name, second.name) if close and askable and flows == offered else ()

    def only_for(self, slots: Set[str], text: str, known: Mapping[str, object]) -> str | None:
        """The one flow that people start by an intent and that collects all of these slots."""
        found = [
            name
            for name in dict.fromkeys(flow for flows in self._triggers.values() for flow, _ in flows)
            if slots and slots <= collected(self.programs, name) and self.programs[name].opens(text, known)
        ]
        return found[0] if len(found) == 1 else None

    def title(self, intent: str) -> str:
        """What the flow that a button of this intent starts is called."""
        flow = self._triggers[intent][0][0]
        return self.programs[flow].flow.name or flow

    def is_small_talk(self, flow: str) -> bool:
        """Whether a flow only says something: it has no name for people, and asks nothing."""
        return not (self.programs[flow].flow.name or collected(self.programs, flow))

    def is_question(self, understanding: Understanding, text: str, slots: Mapping[str, object]) -> bool:
        """Whether the intent is sure and no flow handles these words of it: a question for the knowledge base."""
        best, limits = understanding.intent, self.thresholds
        sure = best.confidence >= limits.sure and understanding.in_scope >= limits.in_scope
        return sure and self._trigger(best.name, text, slots)[0] is None


def _triggers(flows: Mapping[str, Flow]) -> dict[str, list[tuple[str, float]]]:
    """The flows of each intent in the order of their files, with the confidence that each asks for."""
    found: dict[str, list[tuple[str, float]]] = {}
    for name, flow in flows.items():
        for trigger in flow.nlu_trigger:
            found.setdefault(trigger.as_trigger.name, []).append((name, trigger.as_trigger.confidence_threshold))
    return found
