"""The dialogue engine: reads a message in the light of the conversation, and decides what to do.

Order of reading: an expired session starts afresh; a pattern (cancel, restart, repeat, hand over) has the
word, unless the slot asked for takes its very intent as an answer; who asks for time gets it; a corrected value
runs the flow again with it; a message that gives the slot asked for moves the flow on; another flow's intent is a
digression that comes back; a question in mid-flow is answered and the open question repeated; what is left over is
not understood, and the second time handed over. Of several requests in one message, questions are answered, the
first flow starts, and the others wait for its end.

Patterns are flows of these names, which a kit defines or overrides (as in Rasa CALM).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from kitwright.dialogue.cues import asks, lacks, refuses, replaces, waits, yes_or_no
from kitwright.dialogue.domain import Domain
from kitwright.dialogue.flow import Flow
from kitwright.dialogue.heard import Heard
from kitwright.dialogue.program import collected
from kitwright.dialogue.routes import CANCEL, CANNOT_HANDLE, PATTERNS, REPEAT, RESTART, Routes, Thresholds
from kitwright.dialogue.run import Run, ToolCall, programs_asked
from kitwright.dialogue.tracker import Tracker, is_expired, replay
from kitwright.types import Button, Decision, Event, Part, ScrubbedText, Understanding

CLARIFY: Final = "utter_clarify"
REPHRASE: Final = "utter_rephrase"
WHAT_FOR: Final = "utter_what_for"  # said, where a kit has it, to a value such as an order number on its own
NO_HURRY: Final = "utter_no_hurry"  # said, where a kit has it, to somebody who asks for a moment
WITHOUT: Final = "utter_without"  # said, where a kit has it, to somebody who has not got it the second time


class DialogueEngine:
    """Decides turns for one kit; holds no conversation, so one serves all."""

    def __init__(self, domain: Domain, flows: Mapping[str, Flow], *, thresholds: Thresholds | None = None) -> None:
        self.domain = domain
        self.routes = Routes(domain, flows, thresholds or Thresholds())
        self.programs = self.routes.programs

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
        return _Reading(self.routes, run, text, understanding).decision()


class _Reading:
    """One message against one conversation."""

    def __init__(self, routes: Routes, run: Run, text: ScrubbedText, understanding: Understanding) -> None:
        self.routes = routes
        self.run = run
        self.text = text
        self.understanding = understanding
        self.before: Tracker = run.tracker
        self.heard = Heard(routes, run.tracker, text, understanding)
        self.filled = self.heard.filled
        self.besides: list[ScrubbedText] = []  # questions to answer with what is said

    def decision(self) -> Decision:
        heard = self.heard
        if heard.flow in PATTERNS and not (heard.names_what_was_asked or heard.may_only_lack):
            return self._pattern(str(heard.flow))
        asks_for_time = waits(self.text) and not (self.understanding.entities or heard.is_clearly_elsewhere)
        if asks_for_time and self.run.say(NO_HURRY):
            return self._said("somebody needs a moment")
        if self.before.active is None or self._turns_from_pattern():
            return self._open_floor()
        corrected = heard.corrected()
        if corrected:
            return self._rerun(corrected)
        if self.before.asked in self.filled:
            if not heard.leaves():
                self.besides = self._questions_beside()
                return self._go_on("slot given")
            if not heard.has_entity_asked:
                del self.filled[str(self.before.asked)]
        if heard.is_data:
            return self._go_on("more given")
        if heard.gives_nothing:
            return self._not_understood()
        if heard.is_elsewhere:
            return self._digress(str(heard.flow))
        if heard.flow is not None and self.filled:
            return self._go_on("more given")
        return self._aside()

    def _turns_from_pattern(self) -> bool:
        """An offer to help, such as a person to talk to, is dropped when the person asks something else instead."""
        active = self.before.active
        waiting = active is not None and active.flow in PATTERNS and self.before.asked not in self.filled
        flow = self.heard.flow
        elsewhere = flow is not None and not (lacks(self.text) and self.routes.is_small_talk(flow))
        if waiting and (elsewhere or self.heard.is_question):
            self.run.end_all("cancelled")
            return True
        return False

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
        if not self.heard.has_entity_asked:
            # "No, I meant 1044" is the correction alone, and not the answer to what was asked.
            self.filled.pop(str(self.before.asked), None)
        self._fill()
        while not corrected <= programs_asked(self.routes.programs, self.run.tracker.stack[-1:]):
            self.run.end("cancelled")
        self.run.rerun(self.run.tracker.stack[-1].flow, corrected)
        return self._said("value corrected")

    def _questions_beside(self) -> list[ScrubbedText]:
        """The questions that a message asks besides giving what was asked for in so many words."""
        if not self.heard.names_what_was_asked:
            return []
        parts = [part for part in self.understanding.parts if self._is_question(part)]
        if parts:
            return [part.text for part in parts if asks(part.text)]
        return [self.text] if self.heard.is_question and self.heard.is_clear and asks(self.text) else []

    def _is_question(self, part: Part) -> bool:
        return self.routes.is_question(part.understanding, part.text, self.before.slots)

    def _open_floor(self) -> Decision:
        several = self.heard.requests()
        if len(several) > 1:
            return self._several(several)
        if self.heard.asks_again():
            return self._again(str(self.before.done))
        self._forget_details()
        self._fill()
        rivals = self.routes.rivals(self.understanding, self.text, self.before.slots)
        if rivals:
            return self._clarify(rivals)
        if self.heard.flow is not None:
            self._one_by_one(self.heard)
            return self._start(self.heard.flow, "intent starts flow")
        only_flow = self.heard.only_flow()
        if only_flow is not None:
            return self._start(only_flow, "values of this flow alone")
        self._understood()
        only_a_value = self.filled and self.understanding.in_scope < self.routes.thresholds.in_scope
        if only_a_value and self.run.say(WHAT_FOR):
            return self._said("a value without a request")
        return self._said("question for the knowledge base", query=self.text)

    def _several(self, requests: Sequence[Heard]) -> Decision:
        """Several requests at once: questions are answered, the first flow starts, and the others wait for its end."""
        self.besides = [request.text for request in requests if request.flow is None]
        to_do = [request for request in requests if request.flow is not None]
        self._fill()
        if not to_do:
            self._understood()
            return self._said("several questions")
        first, *later = to_do
        self.run.text = first.text
        self.run.take(str(first.flow), first.filled)
        self._one_by_one(first)
        for request in later:
            self.run.put_off(str(request.flow), request.filled, request.text)
        return self._start(str(first.flow), "several requests")

    def _one_by_one(self, request: Heard) -> None:
        """Of a list of values, such as two orders, the flow takes the first and runs again for each other one."""
        found = request.listed()
        if found is not None:
            slot, (first, *others) = found
            self.run.set_slot(slot, first)
            for value in others:
                self.run.put_off(str(request.flow), {**request.filled, slot: value}, request.text)

    def _forget_details(self) -> None:
        """The same flow asked for anew, and not again: the colour looked for before is not that of this search.

        A button that was pressed, such as the answer to which of two things was meant, takes nothing back.
        """
        if self.heard.flow is not None and self.heard.flow == self.before.done and not self.text.startswith("/"):
            for name in sorted(self.routes.programs[self.heard.flow].optional):
                self.run.set_slot(name, None)

    def _again(self, flow: str) -> Decision:
        """The last flow with another value; what was told it by name is not asked again, a yes or no is."""
        slots = self.routes.domain.slots
        for name in sorted(collected(self.routes.programs, flow) & self.before.given.keys()):
            if any(mapping.type == "from_entity" for mapping in slots[name].mappings):
                self.run.set_slot(name, self.before.given[name])
        self._fill()
        return self._start(flow, "the last flow again")

    def _digress(self, flow: str) -> Decision:
        is_new = flow not in (frame.flow for frame in self.before.stack)
        if is_new and (replaces(self.text) or refuses(self.text) or yes_or_no(self.text) is False):
            return self._replace(flow)
        self._fill()
        if is_new:
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
        for name in sorted(collected(self.routes.programs, flow) & self.before.slots.keys()):
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
        if not (self.heard.is_question or asks(self.text)):
            return self._not_understood()
        self._understood()
        self._fill()
        self.run.advance()
        return self._said("question in mid-flow", query=self.text)

    def _not_understood(self) -> Decision:
        count = self.before.misunderstood + 1
        self.run.record("not_understood", count=count)
        if count == 2 and lacks(self.text) and self.run.say(WITHOUT):
            return self._said("it is not there")
        if count >= 2 and CANNOT_HANDLE in self.routes.programs:
            self.run.end_all("failed")
            return self._start(CANNOT_HANDLE, "not understood twice")
        explained = self.run.say(f"utter_explain_{self.before.asked}") or (self.run.say(REPHRASE) and False)
        if not explained or self.heard.asks_yes_or_no:
            self.run.advance()
        return self._said("not understood")

    def _clarify(self, rivals: tuple[str, ...]) -> Decision:
        self._understood()
        self.run.say(CLARIFY)
        self.run.buttons = tuple(Button(self.routes.title(name), f"/{name}") for name in rivals)
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
            self.run.buttons = self.before.last_buttons
            return self._said("repeated")
        return self._start(pattern, "pattern")

    def _said(self, why: str, *, query: ScrubbedText | None = None) -> Decision:
        run = self.run
        questions = [query, *self.besides] if query else self.besides
        return Decision(
            kind="answer" if questions else "handoff" if run.handoff else "say",
            why=why,
            texts=tuple(run.texts),
            buttons=run.buttons,
            sources=tuple(dict.fromkeys(run.sources)),
            query=questions[0] if questions else None,
            further=tuple(questions[1:]),
            alone=replaces(self.text) and self.heard.is_clear,
            evidence=tuple(run.evidence),
            events=tuple(run.events),
        )
