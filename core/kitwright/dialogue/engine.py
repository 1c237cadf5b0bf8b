"""The dialogue engine: reads a message in the light of the conversation, and decides what to do.

Order of reading: an expired session starts afresh; a pattern (cancel, restart, repeat, hand over) has the
word, unless the slot asked for takes its very intent as an answer; a corrected value runs the flow again
with it; a message that gives the slot asked for moves the flow on; another flow's intent is a digression
that comes back; a question in mid-flow is answered and the open question repeated; what is left over is not
understood, and the second time handed over.

Patterns are flows of these names, which a kit defines or overrides (as in Rasa CALM).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kitwright.dialogue.cues import BRIEF, SHORT, asks, lacks, replaces, yes_or_no
from kitwright.dialogue.domain import Domain, SlotMapping
from kitwright.dialogue.filling import slots_filled
from kitwright.dialogue.flow import Flow
from kitwright.dialogue.program import Program, collected, compile_flow
from kitwright.dialogue.run import Run, ToolCall, programs_asked
from kitwright.dialogue.tracker import Tracker, is_expired, replay
from kitwright.types import Button, Decision, Event, ScrubbedText, Understanding

CANCEL: Final = "pattern_cancel_flow"
RESTART: Final = "pattern_restart"
REPEAT: Final = "pattern_repeat"
HANDOFF: Final = "pattern_human_handoff"
CANNOT_HANDLE: Final = "pattern_cannot_handle"
CLARIFY: Final = "utter_clarify"
REPHRASE: Final = "utter_rephrase"
WHAT_FOR: Final = "utter_what_for"  # said, where a kit has it, to a value such as an order number on its own
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

    sure: float = 0.45
    likely: float = 0.25
    margin: float = 0.12
    in_scope: float = 0.5
    question: float = 0.8


class DialogueEngine:
    """Decides turns for one kit; holds no conversation, so one serves all."""

    def __init__(self, domain: Domain, flows: Mapping[str, Flow], *, thresholds: Thresholds | None = None) -> None:
        self.domain = domain
        self.programs: dict[str, Program] = {name: compile_flow(name, flow) for name, flow in flows.items()}
        self.thresholds = thresholds or Thresholds()
        self._triggers = _triggers(flows)

    def decide(
        self,
        text: ScrubbedText,
        understanding: Understanding,
        past: tuple[Event, ...],
        *,
        now: datetime,
        call_tool: ToolCall,
    ) -> Decision:
        """What to do about a message, with everything that happened on the way as events."""
        run = Run(self.domain, self.programs, call_tool, now, replay(past, self.domain))
        if is_expired(run.tracker, self.domain, now):
            keep = self.domain.session_config.carry_over_slots_to_new_session
            slots = dict(run.tracker.slots)
            run.restart("session expired")
            for name, value in slots.items() if keep else ():
                run.set_slot(name, value)
        run.end_unknown()
        return _Reading(self, run, text, understanding).decision()

    def flow_for(self, understanding: Understanding) -> str | None:
        """The flow that the best intent starts, if it is sure enough."""
        best = understanding.intent
        flow, threshold = self._triggers.get(best.name, (None, 0.0))
        if understanding.in_scope < self.thresholds.in_scope:
            return None
        return flow if best.confidence >= max(threshold, self.thresholds.sure) else None

    def rivals(self, understanding: Understanding) -> tuple[str, ...]:
        """Two intents with flows that are too close to choose between."""
        limits = self.thresholds
        if understanding.in_scope < limits.in_scope or len(understanding.intents) < 2:
            return ()
        first, second = understanding.intents[:2]
        close = first.confidence - second.confidence < limits.margin and second.confidence >= limits.likely
        flows = [self._triggers.get(i.name, (None, 0.0))[0] for i in (first, second)]
        askable = all(f and f not in PATTERNS and self.programs[f].flow.name for f in flows) and flows[0] != flows[1]
        return (first.name, second.name) if close and askable else ()

    def title(self, intent: str) -> str:
        """What a flow is called on a button."""
        flow = self._triggers[intent][0]
        return self.programs[flow].flow.name or flow

    def is_small_talk(self, flow: str) -> bool:
        """Whether a flow only says something: it has no name for people, and asks nothing."""
        return not (self.programs[flow].flow.name or collected(self.programs, flow))

    def is_flow_intent(self, intent: str) -> bool:
        """Whether an intent starts a flow at all."""
        return intent in self._triggers


class _Reading:
    """One message against one conversation."""

    def __init__(self, engine: DialogueEngine, run: Run, text: ScrubbedText, understanding: Understanding) -> None:
        self.engine = engine
        self.run = run
        self.text = text
        self.understanding = understanding
        self.before: Tracker = run.tracker
        self.flow = engine.flow_for(understanding)
        self.chain = tuple(frame.flow for frame in run.tracker.chain)
        self.filled = slots_filled(engine.domain, understanding, text, run.tracker.asked, sure=engine.thresholds.sure)

    def decision(self) -> Decision:
        if self.flow in PATTERNS and not self._names_what_was_asked():
            return self._pattern(str(self.flow))
        if self.before.active is None or self._turns_from_pattern():
            return self._open_floor()
        corrected = self._corrected()
        if corrected:
            return self._rerun(corrected)
        if self.before.asked in self.filled:
            if not self._leaves():
                return self._go_on("slot given")
            del self.filled[self.before.asked]
        if lacks(self.text) and not self._is_clearly_elsewhere() and not self._is_question():
            return self._not_understood()
        if self._is_elsewhere():
            return self._digress(str(self.flow))
        if self.flow is not None and self.filled:
            return self._go_on("more given")
        return self._aside()

    def _turns_from_pattern(self) -> bool:
        """An offer to help, such as a person to talk to, is dropped when the person asks something else instead."""
        active = self.before.active
        waits = active is not None and active.flow in PATTERNS and self.before.asked not in self.filled
        if waits and (self.flow is not None or self._is_question()):
            self.run.end_all("cancelled")
            return True
        return False

    def _is_elsewhere(self) -> bool:
        return self.flow is not None and self.flow not in self.chain

    def _is_clearly_elsewhere(self) -> bool:
        clear = self.understanding.intent.confidence >= self.engine.thresholds.question
        return clear and self._is_elsewhere() and not self.engine.is_small_talk(str(self.flow))

    def _asked_mappings(self) -> tuple[SlotMapping, ...]:
        asked = self.engine.domain.slots.get(self.before.asked or "")
        return asked.mappings if asked else ()

    def _has_entity_asked(self) -> bool:
        """Whether the message has an entity that the slot asked for is filled from."""
        wanted = {mapping.entity for mapping in self._asked_mappings() if mapping.type == "from_entity"}
        return any(entity.name in wanted for entity in self.understanding.entities)

    def _names_what_was_asked(self) -> bool:
        """Whether the message has an entity, an intent, or a yes or no, that the slot asked for is filled from."""
        asked = self.engine.domain.slots.get(self.before.asked or "")
        if asked and asked.type == "bool" and yes_or_no(self.text) is not None:
            return True
        meant = {mapping.intent for mapping in self._asked_mappings() if mapping.type == "from_intent"}
        return self._has_entity_asked() or self.understanding.intent.name in meant

    def _leaves(self) -> bool:
        """What would fill any slot, or a no with another wish, is still another request if its intent is clear."""
        if replaces(self.text) and self._is_clearly_elsewhere():
            return not self._has_entity_asked()
        clear = self.understanding.intent.confidence >= self.engine.thresholds.question
        takes_any_text = any(mapping.type == "from_text" for mapping in self._asked_mappings())
        leaves = clear and (self._is_elsewhere() or self._is_question())
        return takes_any_text and leaves and not self._names_what_was_asked()

    def _corrected(self) -> frozenset[str]:
        """The slots of the active flow, and of flows it called, that this message gives another value."""
        if self._is_clearly_elsewhere():
            return frozenset()
        known = self.before.slots
        asked = programs_asked(self.engine.programs, self.before.chain) - {self.before.asked}
        return frozenset(s for s in asked if s in self.filled and s in known and self.filled[s] != known[s])

    def _is_question(self) -> bool:
        """An in-scope intent that no flow handles is a question for the knowledge base."""
        name = self.understanding.intent.name
        limits = self.engine.thresholds
        sure = self.understanding.intent.confidence >= limits.sure and self.understanding.in_scope >= limits.in_scope
        return sure and not self.engine.is_flow_intent(name)

    def _fill(self) -> None:
        for name, value in self.filled.items():
            self.run.set_slot(name, value)

    def _understood(self) -> None:
        if self.run.tracker.misunderstood:
            self.run.record("not_understood", count=0)

    def _go_on(self, why: str) -> Decision:
        self._understood()
        self._fill()
        self.run.advance()
        return self._said(why)

    def _rerun(self, corrected: frozenset[str]) -> Decision:
        """Run the active flow again from its start, or the caller that collects what was corrected."""
        self._understood()
        if not self._has_entity_asked():
            # "No, I meant 1044" is the correction alone, and not the answer to what was asked.
            self.filled.pop(str(self.before.asked), None)
        self._fill()
        while not corrected <= programs_asked(self.engine.programs, self.run.tracker.stack[-1:]):
            self.run.end("cancelled")
        self.run.rerun(self.run.tracker.stack[-1].flow, corrected)
        return self._said("value corrected")

    def _open_floor(self) -> Decision:
        if self._asks_again():
            return self._again(str(self.before.done))
        self._fill()
        rivals = self.engine.rivals(self.understanding)
        if rivals:
            return self._clarify(rivals)
        if self.flow is not None:
            return self._start(self.flow, "intent starts flow")
        self._understood()
        only_a_value = self.filled and self.understanding.in_scope < self.engine.thresholds.in_scope
        if only_a_value and self.run.say(WHAT_FOR):
            return self._said("a value without a request")
        return self._said("question for the knowledge base", query=self.text)

    def _asks_again(self) -> bool:
        """Whether a message with no other wish gives the last flow another value: "no, I meant 1043", "and 1095?"."""
        done = self.before.done
        longest = BRIEF if self._is_question() else SHORT
        if done is None or done not in self.engine.programs or len(self.text.split()) > longest:
            return False
        wishes = self.flow is not None and self.flow != done and not self.engine.is_small_talk(self.flow)
        wanted = collected(self.engine.programs, done) & self.before.given.keys()
        return not wishes and any(
            self.filled.get(name, self.before.given[name]) != self.before.given[name] for name in wanted
        )

    def _again(self, flow: str) -> Decision:
        """The last flow with another value; what was told it by name is not asked again, a yes or no is."""
        slots = self.engine.domain.slots
        for name in sorted(collected(self.engine.programs, flow) & self.before.given.keys()):
            if any(mapping.type == "from_entity" for mapping in slots[name].mappings):
                self.run.set_slot(name, self.before.given[name])
        self._fill()
        return self._start(flow, "the last flow again")

    def _digress(self, flow: str) -> Decision:
        if replaces(self.text):
            return self._replace(flow)
        self._fill()
        if flow not in (frame.flow for frame in self.before.stack):
            return self._start(flow, "digression to another flow")
        self._understood()
        while flow not in (frame.flow for frame in self.run.tracker.chain):
            self.run.end("cancelled")
        self.run.advance()
        return self._said("back to an earlier flow")

    def _replace(self, flow: str) -> Decision:
        """Another flow instead of this one; what was said already is not asked again."""
        for _ in self.before.chain:
            self.run.end("cancelled")
        for name in sorted(collected(self.engine.programs, flow) & self.before.slots.keys()):
            self.run.set_slot(name, self.before.slots[name])
        self._fill()
        return self._start(flow, "another flow instead")

    def _start(self, flow: str, why: str) -> Decision:
        self._understood()
        self.run.start(flow)
        self.run.advance()
        return self._said(f"{why}: {flow}")

    def _aside(self) -> Decision:
        """In mid-flow, neither a value nor another flow: answer a question, or ask again."""
        if not (self._is_question() or asks(self.text)):
            return self._not_understood()
        self._understood()
        self._fill()
        self.run.advance()
        return self._said("question in mid-flow", query=self.text)

    def _not_understood(self) -> Decision:
        count = self.before.misunderstood + 1
        self.run.record("not_understood", count=count)
        if count >= 2 and CANNOT_HANDLE in self.engine.programs:
            self.run.end_all("failed")
            return self._start(CANNOT_HANDLE, "not understood twice")
        if not self.run.say(f"utter_explain_{self.before.asked}"):
            self.run.say(REPHRASE)
            self.run.advance()
        return self._said("not understood")

    def _clarify(self, rivals: tuple[str, ...]) -> Decision:
        self._understood()
        self.run.say(CLARIFY)
        self.run.buttons = tuple(Button(self.engine.title(name), f"/{name}") for name in rivals)
        return self._said(f"unsure between {' and '.join(rivals)}")

    def _pattern(self, pattern: str) -> Decision:
        self._understood()
        if pattern == CANCEL:
            had_flow = bool(self.before.stack)
            self.run.end_all("cancelled")
            if not had_flow and self.run.say("utter_nothing_to_cancel"):
                return self._said("nothing to cancel")
        elif pattern == RESTART:
            self.run.restart("asked for")
        elif pattern == REPEAT and self.before.last_bot:
            self.run.texts.append(ScrubbedText(self.before.last_bot))
            return self._said("repeated")
        return self._start(pattern, "pattern")

    def _said(self, why: str, *, query: ScrubbedText | None = None) -> Decision:
        run = self.run
        return Decision(
            kind="handoff" if run.handoff else "say" if query is None else "answer",
            why=why,
            texts=tuple(run.texts),
            buttons=run.buttons,
            sources=tuple(dict.fromkeys(run.sources)),
            query=query,
            evidence=tuple(run.evidence),
            events=tuple(run.events),
        )


def _triggers(flows: Mapping[str, Flow]) -> dict[str, tuple[str, float]]:
    return {
        trigger.as_trigger.name: (name, trigger.as_trigger.confidence_threshold)
        for name, flow in flows.items()
        for trigger in flow.nlu_trigger
    }
