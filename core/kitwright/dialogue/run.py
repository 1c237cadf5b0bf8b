"""One turn of the flow engine: the tracker as it changes, and what is to be said.

A `Run` collects events; every change goes through `record`, so that replaying the events later gives the
same tracker.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from kitwright.dialogue.domain import Domain
from kitwright.dialogue.flow import END
from kitwright.dialogue.program import Instruction, Program, collected, fleeting
from kitwright.dialogue.responses import choose, render
from kitwright.dialogue.tracker import Frame, Tracker, initial_slots
from kitwright.errors import ToolFailed
from kitwright.types import Button, Event, EventKind, ScrubbedText, Source, fact_lines

TOOL_FAILED: Final = "utter_tool_failed"
STEP_LIMIT: Final = 200
QUERY: Final = "query"  # a parameter of this name that no slot fills gets the words that asked for the flow


@dataclass(frozen=True, slots=True)
class ToolAnswer:
    """What a tool gave back: JSON-able, scrubbed facts, and where they come from."""

    facts: Mapping[str, object]
    source: Source


ToolCall = Callable[[str, Mapping[str, object]], ToolAnswer]


@dataclass(slots=True)
class Run:
    """The state of one turn while flows advance.

    Args:
        text: the clause that asked for the flow that runs; None for the whole message.
    """

    domain: Domain
    programs: Mapping[str, Program]
    call_tool: ToolCall
    now: datetime
    tracker: Tracker
    events: list[Event] = field(default_factory=list)
    texts: list[ScrubbedText] = field(default_factory=list)
    buttons: tuple[Button, ...] = ()
    sources: list[Source] = field(default_factory=list)
    evidence: list[ScrubbedText] = field(default_factory=list)
    handoff: str | None = None
    corrected: frozenset[str] = frozenset()
    text: ScrubbedText | None = None

    def record(self, kind: EventKind, **data: object) -> None:
        """Append an event and change the tracker by it."""
        event = Event(kind, self.now, data)
        self.events.append(event)
        self.tracker = self.tracker.after(event)

    def say(self, response: str) -> bool:
        """Say a response of the domain; False if there is none of that name."""
        variations = self.domain.responses.get(response)
        if variations is None:
            return False
        said = render(choose(variations, self.tracker.slots), self.tracker.slots)
        if said.text:
            self.texts.append(said.text)
        self.buttons = said.buttons or self.buttons
        return True

    def set_slot(self, name: str, value: object) -> None:
        """Set a slot, or clear it with None; nothing is recorded where nothing changes."""
        if self.tracker.slots.get(name) != value:
            self.record("slot_set", slot=name, value=value)

    def restart(self, reason: str) -> None:
        """Forget slots and flows."""
        self.record("restarted", reason=reason, slots=initial_slots(self.domain))

    def start(self, flow: str, *, called: bool = False) -> None:
        """Put a flow on top of the stack; a called one gives the word back to the flow beneath it."""
        self.record("flow_started", flow=flow, step=self.programs[flow].start, **({"called": True} if called else {}))

    def end(self, how: str) -> None:
        """Take the active flow off the stack; once its callers are over too, forget what it collected."""
        active = self.tracker.active
        if active is None:
            return
        self.record("flow_ended", flow=active.flow, how=how)
        if active.called or active.flow not in self.programs:
            return
        initial = initial_slots(self.domain)
        for name in sorted(fleeting(self.programs, active.flow)):
            self.set_slot(name, initial.get(name))

    def end_all(self, how: str) -> None:
        """Take all flows off the stack, and forget those that wait."""
        if self.tracker.waiting:
            self.record("flow_waiting", flow=None, slots={})
        while self.tracker.stack:
            self.end(how)

    def put_off(self, flow: str, slots: Mapping[str, object], text: ScrubbedText) -> None:
        """Have a flow start with these values once all others are over; `text` is what asked for it."""
        self.record("flow_waiting", flow=flow, slots=dict(slots), text=text)

    def _take_up(self) -> bool:
        """Start the flow that waits longest, if nobody else has the word now."""
        if not self.tracker.waiting or self.handoff:
            return False
        wish = self.tracker.waiting[0]
        self.record("flow_taken_up", flow=wish.flow)
        if wish.flow in self.programs:
            self.text = ScrubbedText(wish.text)
            self.start(wish.flow)
            self.take(wish.flow, wish.slots)
        return True

    def take(self, flow: str, slots: Mapping[str, object]) -> None:
        """Set what was said with a request; details that were not, such as a colour, are not those of another."""
        for name in sorted(self.programs[flow].optional - slots.keys()):
            self.set_slot(name, None)
        for name, value in slots.items():
            self.set_slot(name, value)

    def end_unknown(self) -> None:
        """Give up what was going on if the kit was changed meanwhile and has no such flow or step any more."""
        if not all(self._is_known(frame) for frame in self.tracker.stack):
            self.end_all("failed")

    def rerun(self, flow: str, corrected: frozenset[str]) -> None:
        """Send the active flow back to its start, where what is known is not asked again."""
        self.corrected = corrected
        self.record("flow_step", flow=flow, step=self.programs[flow].start)
        self.advance()

    def advance(self) -> None:
        """Run flows until one asks something or all are done."""
        for _ in range(STEP_LIMIT):
            active = self.tracker.active
            if active is None and not self._take_up():
                return
            if active is None:
                continue
            if active.step == END:
                self._complete(active)
            elif self._execute(active, self.programs[active.flow].instructions[active.step]):
                return
        self._give_up()

    def _is_known(self, frame: Frame) -> bool:
        program = self.programs.get(frame.flow)
        return program is not None and (frame.step == END or frame.step in program.instructions)

    def _complete(self, active: Frame) -> None:
        """End a flow that is through; its caller goes on with the step behind the call."""
        self.end("completed")
        caller = self.tracker.active
        if active.called and caller is not None:
            self._goto(caller, self.programs[caller.flow].instructions[caller.step])
        elif self.handoff:
            self.end_all("cancelled")  # a person has the word now, so no open question is asked again

    def _give_up(self) -> None:
        """A flow that turns in circles is the kit's fault; what it said on its rounds is not shown."""
        self.texts.clear()
        self._apologise()

    def _apologise(self) -> None:
        self.say(TOOL_FAILED)
        self.end_all("failed")

    def _execute(self, active: Frame, instruction: Instruction) -> bool:
        """Do one step; True when the flow now waits for the person."""
        step = instruction.step
        match step.kind:
            case "collect":
                if self._must_ask(instruction):
                    return True
            case "action" if str(step.action).startswith("utter_"):
                self.say(str(step.action))
            case "action":
                if not self._use_tool(str(step.action)):
                    return True
            case "set_slots":
                for pair in step.set_slots or ():
                    for name, value in pair.items():
                        self.set_slot(name, value)
            case "link":
                self.end("linked")
                self.start(str(step.link), called=active.called)
                return False
            case "call":
                self.start(str(step.call), called=True)
                return False
            case _:
                pass
        self._goto(active, instruction)
        return False

    def _goto(self, active: Frame, instruction: Instruction) -> None:
        self.record("flow_step", flow=active.flow, step=instruction.following(self.tracker.slots))

    def _must_ask(self, instruction: Instruction) -> bool:
        """Ask for the slot unless it is known and acceptable."""
        slot = str(instruction.step.collect)
        known = self.tracker.slots.get(slot) is not None
        if instruction.step.optional and not known:
            return False
        given_now = slot == self.tracker.asked or slot in self.corrected
        if known and instruction.step.ask_before_filling and not given_now:
            self.set_slot(slot, None)
            known = False
        if known:
            refusal = next((utter for bad, utter in instruction.rejections if bad.holds(self.tracker.slots)), None)
            if refusal is None:
                return False
            self.say(refusal)
            self.set_slot(slot, None)
        self.say(instruction.step.utter or f"utter_ask_{slot}")
        self.record("asked", slot=slot)
        return True

    def _use_tool(self, tool: str) -> bool:
        """Call a tool with the slots that it takes; its facts fill the slots of the same names."""
        try:
            said = {} if self.text is None else {QUERY: self.text}
            answer = self.call_tool(tool, {**self.tracker.slots, **said})
        except ToolFailed as error:
            self.record("tool_called", tool=tool, ok=False, code=error.faults[0].code)
            self._apologise()
            return False
        self.record("tool_called", tool=tool, ok=True, result=dict(answer.facts))
        self.sources.append(answer.source)
        self.evidence += [ScrubbedText(line) for line in fact_lines(answer.facts)]
        for name, value in answer.facts.items():
            if name in self.domain.slots:
                self.set_slot(name, value)
        if answer.facts.get("handoff") is True:
            self.handoff = str(answer.facts.get("reason") or tool)
            self.record("handoff", reason=self.handoff)
        return True


def programs_asked(programs: Mapping[str, Program], stack: Sequence[Frame]) -> frozenset[str]:
    """The slots that the flows on the stack collect, themselves or by calling others."""
    return frozenset().union(*(collected(programs, frame.flow) for frame in stack))
