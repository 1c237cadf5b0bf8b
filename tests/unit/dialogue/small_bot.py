"""A small domain, and a conversation with its dialogue engine in which understanding is given, not guessed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

import numpy as np
import yaml

from kitwright.dialogue import DialogueEngine, Domain, FlowFile, ToolAnswer, Tracker, replay
from kitwright.errors import Fault, ToolFailed
from kitwright.types import Decision, Entity, Event, IntentScore, ScrubbedText, Source, Understanding

DOMAIN: Final = """
intents: [track, give_back, cancel_it, advice, greet, affirm, deny, stop, again, start_over, person, faq, ask_cost]
entities: [order, proof, colour, city]
slots:
  order: {type: text, mappings: [{type: from_entity, entity: order}]}
  proof: {type: text, mappings: [{type: from_entity, entity: proof}]}
  colour: {type: categorical, values: [Red, Blue], mappings: [{type: from_entity, entity: colour}]}
  start: {type: text, mappings: [{type: from_entity, entity: city}]}
  goal: {type: text, mappings: [{type: from_entity, entity: city}]}
  reason: {type: text, mappings: [{type: from_text}]}
  size: {type: float, mappings: [{type: from_text}]}
  confirm:
    type: bool
    mappings:
      - {type: from_intent, intent: affirm, value: true}
      - {type: from_intent, intent: deny, value: false}
      - {type: from_intent, intent: stop, value: false}
  language: {type: text, initial_value: en, mappings: [{type: custom}]}
  found: {type: bool, mappings: [{type: custom}]}
  summary: {type: text, mappings: [{type: custom}]}
responses:
  utter_ask_order: [{text: "Which order?"}]
  utter_ask_proof: [{text: "Which postcode?"}]
  utter_ask_colour: [{text: "Which colour?", buttons: [{title: Red, payload: red}]}]
  utter_ask_start: [{text: "From where?"}]
  utter_ask_goal: [{text: "To where?"}]
  utter_ask_reason: [{text: "Why?"}]
  utter_ask_size: [{text: "Which size?"}]
  utter_ask_confirm: [{text: "Are you sure?"}]
  utter_explain_colour: [{text: "Red and blue are what we have."}]
  utter_too_small: [{text: "{size} is too small."}]
  utter_summary: [{text: "Order {order}: {summary}."}]
  utter_not_found: [{text: "No such order."}]
  utter_returned: [{text: "{order} comes back, since: {reason}."}]
  utter_kept: [{text: "Kept."}]
  utter_advice: [{text: "Take {colour}."}]
  utter_trip: [{text: "{start} to {goal}."}]
  utter_sized: [{text: "Size {size}."}]
  utter_hello: [{text: "Hello."}]
  utter_ok: [{text: "All right."}]
  utter_round: [{text: "Round."}]
  utter_bye: [{text: "A colleague takes over."}]
  utter_cancelled: [{text: "Dropped."}]
  utter_nothing_to_cancel: [{text: "Nothing to drop."}]
  utter_restarted: [{text: "From the start."}]
  utter_person: [{text: "Shall I fetch a person?"}]
  utter_rephrase: [{text: "Say it in other words?"}]
  utter_clarify: [{text: "Which do you mean?"}]
  utter_tool_failed: [{text: "That does not work now."}]
session_config: {session_expiration_time: 30}
"""

FLOWS: Final = """
flows:
  open_order:
    description: Finds an order; others call it.
    steps:
      - collect: order
      - collect: proof
        reset_after_flow_ends: false
      - action: find_order
  track:
    name: Track an order
    description: Says where an order is.
    nlu_trigger: [{intent: track}]
    steps:
      - call: open_order
        next:
          - if: not slots.found
            then:
              - action: utter_not_found
                next: END
          - else: say
      - id: say
        action: utter_summary
  give_back:
    name: Give something back
    description: Sets up a return.
    nlu_trigger: [{intent: give_back}]
    steps:
      - call: open_order
      - collect: reason
      - collect: confirm
        next:
          - if: slots.confirm
            then: done
          - else: kept
      - id: kept
        action: utter_kept
        next: END
      - id: done
        action: utter_returned
  advice:
    name: Get advice
    description: Recommends a colour.
    nlu_trigger: [{intent: advice}]
    steps: [{collect: colour}, {action: utter_advice}]
  trip:
    description: Two slots with one entity.
    steps: [{collect: start}, {collect: goal}, {action: utter_trip}]
  sized:
    description: Refuses values, and always asks.
    steps:
      - collect: size
        ask_before_filling: true
        rejections: [{if: slots.size < 3, utter: utter_too_small}]
      - action: utter_sized
  twice:
    description: Asks the same slot on every round.
    steps:
      - id: ask
        collect: size
        ask_before_filling: true
        next:
          - if: slots.size > 9
            then: END
          - else: ask
  endless:
    description: Turns in circles while found is not set.
    steps:
      - id: round
        action: utter_round
        next:
          - if: slots.found
            then: END
          - else: round
  pass_on:
    description: Calls a flow that passes on to another.
    steps: [{call: passing}, {action: utter_ok}]
  passing:
    description: Passes on.
    steps: [{link: advice}]
  small_talk:
    description: Says hello, or takes note of a yes or no.
    nlu_trigger: [{intent: greet}, {intent: deny}, {intent: affirm}]
    steps: [{action: utter_hello}]
  hand_over:
    description: To a person.
    steps: [{action: hand_over}, {action: utter_bye}]
  pattern_human_handoff:
    description: Asked for a person.
    nlu_trigger: [{intent: person}]
    steps: [{link: hand_over}]
  pattern_cancel_flow:
    description: Dropped.
    nlu_trigger: [{intent: stop}]
    steps: [{action: utter_cancelled}]
  pattern_restart:
    description: Starts again.
    nlu_trigger: [{intent: start_over}]
    steps: [{action: utter_restarted}]
  pattern_repeat:
    description: Says it again.
    nlu_trigger: [{intent: again}]
    steps: [{action: utter_rephrase}]
  pattern_cannot_handle:
    description: Not understood twice.
    steps: [{action: utter_person}]
"""


def understanding(
    intent: str = "oos",
    confidence: float = 0.9,
    *,
    in_scope: float = 1.0,
    rival: float | None = None,
    entities: Mapping[str, str] = MappingProxyType({}),
    text: str = "",
) -> Understanding:
    """What the nlu room would have read; `intent` oos is read with little confidence, out of scope.

    Entities stand where `text` has their value, or else at its beginning.
    """
    if intent == "oos":
        confidence, in_scope = 0.1, 0.1
    intents = [IntentScore(intent, confidence)]
    if rival is not None:
        intents.append(IntentScore("give_back", rival))
    starts = {name: max(text.casefold().find(value.casefold()), 0) for name, value in entities.items()}
    found = tuple(Entity(n, value, starts[n], starts[n] + len(value)) for n, value in entities.items())
    return Understanding(tuple(intents), found, in_scope, np.zeros(1, dtype=np.float32))


def engine(flows: str = FLOWS, domain: str = DOMAIN) -> DialogueEngine:
    """The engine of the small bot, or of a changed one."""
    return DialogueEngine(Domain.model_validate(yaml.safe_load(domain)), FlowFile.model_validate(_loaded(flows)).flows)


def _loaded(text: str) -> object:
    loaded: object = yaml.safe_load(text)
    return loaded


@dataclass
class Talk:
    """One conversation; orders 1 to 3 exist, and the tool is down for order `down`."""

    engine: DialogueEngine = field(default_factory=engine)
    now: datetime = datetime(2026, 1, 5, 9, tzinfo=UTC)
    events: tuple[Event, ...] = ()
    calls: list[tuple[str, object]] = field(default_factory=list)
    last: Decision = field(default_factory=lambda: Decision(kind="say", why="nothing yet"))

    def say(self, text: str, intent: str = "oos", confidence: float = 0.9, **entities: str) -> str:
        """What the bot says to a message."""
        return self.hear(text, understanding(intent, confidence, entities=entities, text=text))

    def hear(self, text: str, understood: Understanding) -> str:
        """What the bot says to a message that is understood like this."""
        scrubbed = ScrubbedText(text)
        self.last = self.engine.decide(scrubbed, understood, self.events, now=self.now, call_tool=self._tool)
        said = " ".join(self.last.texts)
        user = Event("user", self.now, {"text": text})
        self.events = (*self.events, user, *self.last.events, self.bot_said())
        return said

    def bot_said(self) -> Event:
        """The event of the last reply."""
        buttons = [asdict(button) for button in self.last.buttons]
        return Event("bot", self.now, {"text": " ".join(self.last.texts), "buttons": buttons})

    def start(self, flow: str) -> str:
        """Start a flow that no intent starts, and say a word that fills nothing."""
        step = self.engine.programs[flow].start
        self.events = (*self.events, Event("flow_started", self.now, {"flow": flow, "step": step}))
        return self.say("well?", "faq")

    def wait(self, minutes: float) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes)

    @property
    def tracker(self) -> Tracker:
        """Where the conversation stands."""
        return replay(self.events, self.engine.domain)

    @property
    def slots(self) -> Mapping[str, object]:
        """What it knows."""
        return self.tracker.slots

    @property
    def flows(self) -> list[str]:
        """The flows in progress, the active one last."""
        return [frame.flow for frame in self.tracker.stack]

    def _tool(self, tool: str, slots: Mapping[str, object]) -> ToolAnswer:
        order = slots.get("order")
        self.calls.append((tool, order))
        if order == "down":
            raise ToolFailed(Fault(code="KW401", place=f"tool {tool}", problem="raised OSError"))
        if tool == "hand_over":
            return ToolAnswer({"handoff": True, "reason": "asked for"}, Source("tool:hand_over", "People"))
        facts = {"found": order in ("1", "2", "3"), "summary": f"parcel {order}"}
        return ToolAnswer(facts, Source("tool:find_order", "Orders"))
