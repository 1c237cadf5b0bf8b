"""The dialogue engine: reads a message in the light of the conversation, and decides what to do.

Order of reading: an expired session starts afresh; a pattern (cancel, restart, repeat, hand over) always
has the word; a message that gives the slot asked for moves the flow on; a corrected value runs the flow
again with it; another flow's intent is a digression that comes back; a question in mid-flow is answered and
the open question repeated; what is left over is not understood, and the second time handed over.

Patterns are flows of these names, which a kit defines or overrides (as in Rasa CALM).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kitwright.dialogue.domain import Domain
from kitwright.dialogue.filling import slots_filled
from kitwright.dialogue.flow import Flow
from kitwright.dialogue.program import Program, compile_flow
from kitwright.dialogue.run import Run, ToolCall, programs_asked
from kitwright.dialogue.tracker import Tracker, is_expired, replay
from kitwright.types import Button, Decision, Event, ScrubbedText, Understanding

CANCEL: Final = "pattern_cancel_flow"
RESTART: Final = "pattern_restart"
REPEAT: Final = "pattern_repeat"
HANDOFF: Final = "pattern_human_handoff"
CANNOT_HANDLE: Final = "pattern_cannot_handle"
CLARIFY: Final = "utter_clarify"
PATTERNS: Final = frozenset({CANCEL, RESTART, REPEAT, HANDOFF, CANNOT_HANDLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """When an intent counts.

    Args:
        sure: from here an intent starts its flow or leaves another.
        likely: from here two intents are worth a question between them.
        margin: two intents closer than this are asked about.
        in_scope: below this, a message is not taken for any flow.
    """

    sure: float = 0.45
    likely: float = 0.25
    margin: float = 0.12
    in_scope: float = 0.35


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
        self.filled = slots_filled(engine.domain, understanding, text, run.tracker.asked)

    def decision(self) -> Decision:
        active = self.before.active
        if self.flow in PATTERNS:
            return self._pattern(str(self.flow))
        if active is None:
            return self._open_floor()
        if self.before.asked in self.filled and not self._leaves(active.flow):
            return self._go_on("slot given")
        if self._corrects():
            return self._rerun()
        if self.flow is not None and self.flow != active.flow:
            return self._digress(self.flow)
        if self.flow == active.flow and self.filled:
            return self._go_on("more given")
        return self._aside()

    def _leaves(self, active: str) -> bool:
        """A text that would fill any slot is still another request if its intent is clear."""
        asked = self.engine.domain.slots.get(self.before.asked or "")
        takes_anything = asked is not None and any(m.type == "from_text" for m in asked.mappings)
        other = self.flow is not None and self.flow != active
        question = self._is_question() and self.understanding.intent.confidence >= 0.8
        return takes_anything and (other or question)

    def _corrects(self) -> bool:
        asked = programs_asked(self.engine.programs, self.before.stack[-1:])
        known = self.before.slots
        changed = [s for s in asked if s in self.filled and s in known and self.filled[s] != known[s]]
        return bool(changed) and (self.flow is None or self.flow == self.before.stack[-1].flow)

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

    def _rerun(self) -> Decision:
        """Run the active flow again from its start; what is known is not asked again."""
        self._understood()
        flow = str(self.before.stack[-1].flow)
        self._fill()
        self.run.record("flow_step", flow=flow, step=self.engine.programs[flow].start)
        self.run.advance()
        return self._said("value corrected")

    def _open_floor(self) -> Decision:
        self._fill()
        rivals = self.engine.rivals(self.understanding)
        if rivals:
            return self._clarify(rivals)
        if self.flow is not None:
            return self._start(self.flow, "intent starts flow")
        self._understood()
        return self._answer("question for the knowledge base")

    def _digress(self, flow: str) -> Decision:
        already = [frame.flow for frame in self.before.stack]
        self._fill()
        if flow in already:
            while self.run.tracker.active and self.run.tracker.active.flow != flow:
                self.run.end("cancelled")
            self.run.advance()
            return self._said("back to an earlier flow")
        return self._start(flow, "digression to another flow")

    def _start(self, flow: str, why: str) -> Decision:
        self._understood()
        self.run.start(flow)
        self.run.advance()
        return self._said(f"{why}: {flow}")

    def _aside(self) -> Decision:
        """In mid-flow, neither a value nor another flow: answer a question, or ask again."""
        if self._is_question() or "?" in self.text:
            self._understood()
            self._fill()
            answered = self._answer("question in mid-flow")
            self.run.advance()
            return Decision(
                kind="answer",
                why=answered.why,
                query=answered.query,
                texts=tuple(self.run.texts),
                buttons=self.run.buttons,
                events=tuple(self.run.events),
            )
        return self._not_understood()

    def _not_understood(self) -> Decision:
        count = self.before.misunderstood + 1
        self.run.record("not_understood", count=count)
        if count >= 2 and CANNOT_HANDLE in self.engine.programs:
            self.run.record("not_understood", count=0)
            while self.run.tracker.stack:
                self.run.end("failed")
            return self._start(CANNOT_HANDLE, "not understood twice")
        asked = self.before.asked
        if not (asked and self.run.say(f"utter_explain_{asked}")):
            self.run.say("utter_rephrase")
            self.run.advance()
        return self._said("not understood")

    def _clarify(self, rivals: tuple[str, ...]) -> Decision:
        self.run.say(CLARIFY)
        self.run.buttons = tuple(Button(self.engine.title(name), f"/{name}") for name in rivals)
        return self._said(f"unsure between {' and '.join(rivals)}")

    def _pattern(self, pattern: str) -> Decision:
        self._understood()
        match pattern:
            case "pattern_cancel_flow":
                had_flow = bool(self.run.tracker.stack)
                while self.run.tracker.stack:
                    self.run.end("cancelled")
                if not had_flow and self.run.say("utter_nothing_to_cancel"):
                    return self._said("nothing to cancel")
            case "pattern_restart":
                self.run.restart("asked for")
            case "pattern_repeat" if self.before.last_bot:
                self.run.texts.append(ScrubbedText(self.before.last_bot))
                return self._said("repeated")
            case _:
                pass
        return self._start(pattern, "pattern")

    def _answer(self, why: str) -> Decision:
        return Decision(kind="answer", why=why, query=self.text, events=tuple(self.run.events))

    def _said(self, why: str) -> Decision:
        run = self.run
        return Decision(
            kind="handoff" if run.handoff else "say",
            why=why,
            texts=tuple(run.texts),
            buttons=run.buttons,
            sources=tuple(dict.fromkeys(run.sources)),
            evidence=tuple(run.evidence),
            events=tuple(run.events),
        )


def _triggers(flows: Mapping[str, Flow]) -> dict[str, tuple[str, float]]:
    return {
        trigger.as_trigger.name: (name, trigger.as_trigger.confidence_threshold)
        for name, flow in flows.items()
        for trigger in flow.nlu_trigger
    }
