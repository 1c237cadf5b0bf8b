"""Expectations of a conversation test: what happened in one turn, and which of them it does not hold."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from kitwright.dataset import ConversationStep
from kitwright.dialogue import SLOT_IN_TEXT
from kitwright.types import Event, Reply

_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")


class Talker(Protocol):
    """What the suite needs of a bot."""

    def reply(self, text: str, *, conversation: str | None = None) -> Reply:
        """Answer a message."""
        ...

    def events(self, conversation: str) -> tuple[Event, ...]:
        """What happened in a conversation."""
        ...

    def slots(self, conversation: str) -> Mapping[str, object]:
        """What a conversation knows."""
        ...

    def wordings(self, response: str) -> tuple[str, ...]:
        """The texts of a response, with their slots unfilled."""
        ...


@dataclass(frozen=True, slots=True)
class TurnSeen:
    """The last reply, what happened with it, and the flows that were open before."""

    reply: Reply
    events: tuple[Event, ...]
    resumed: frozenset[str]
    bot: Talker
    conversation: str

    @classmethod
    def after(cls, text: str, bot: Talker, conversation: str) -> "TurnSeen":
        """Say something to a bot, and look at what it does."""
        before = bot.events(conversation)
        reply = bot.reply(text, conversation=conversation)
        return cls(reply, bot.events(conversation)[len(before) :], _open_flows(before), bot, conversation)

    def problems(self, step: ConversationStep) -> Iterator[str]:
        """What does not hold of an expectation, one line each."""
        yield from _CHECKS[step.kind](self, step)

    def folded(self) -> str:
        """The reply's text as expectations are compared with it."""
        return _folded(self.reply.text)

    def happened(self, kind: str, key: str) -> list[str]:
        """A key of all events of a kind."""
        return [str(event.data[key]) for event in self.events if event.kind == kind]


def _open_flows(events: tuple[Event, ...]) -> frozenset[str]:
    """The flows that were started and have not ended."""
    stack: list[str] = []
    for event in events:
        match event.kind:
            case "flow_started":
                stack.append(str(event.data["flow"]))
            case "flow_ended":
                stack.pop()
            case "restarted":
                stack.clear()
    return frozenset(stack)


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _bot(turn: TurnSeen, step: ConversationStep) -> Iterator[str]:
    if turn.folded() != _folded(step.bot or ""):
        yield f"said {turn.reply.text!r}"


def _bot_contains(turn: TurnSeen, step: ConversationStep) -> Iterator[str]:
    for text in step.bot_contains or ():
        if _folded(text) not in turn.folded():
            yield f"{text!r} is not in {turn.reply.text!r}"


def _not_contains(turn: TurnSeen, step: ConversationStep) -> Iterator[str]:
    for text in step.not_contains or ():
        if _folded(text) in turn.folded():
            yield f"{text!r} is in {turn.reply.text!r}"


def _utter(turn: TurnSeen, step: ConversationStep) -> Iterator[str]:
    if not any(_pattern(text).search(turn.folded()) for text in turn.bot.wordings(str(step.utter))):
        yield f"{step.utter} was not said, but {turn.reply.text!r}"


def _pattern(wording: str) -> re.Pattern[str]:
    """A response's text as a pattern in which a slot stands for anything."""
    return re.compile(".*".join(re.escape(_folded(part)) for part in SLOT_IN_TEXT.split(wording)[::2]))


def _flow(turn: TurnSeen, step: ConversationStep) -> Iterator[str]:
    ran = {*turn.resumed, *turn.happened("flow_started", "flow")}
    if step.flow not in ran:
        yield f"flow {step.flow} did not run; {', '.join(sorted(ran)) or 'none did'}"


def _slot_was_set(turn: TurnSeen, step: ConversationStep) -> Iterator[str]:
    slots = turn.bot.slots(turn.conversation)
    for name, wanted in (step.slot_was_set or {}).items():
        if _plain(slots.get(name)) != _plain(wanted):
            yield f"slot {name} is {slots.get(name)!r}, not {wanted!r}"


def _slot_was_not_set(turn: TurnSeen, step: ConversationStep) -> Iterator[str]:
    slots = turn.bot.slots(turn.conversation)
    for name in step.slot_was_not_set or ():
        if name in slots:
            yield f"slot {name} is {slots[name]!r}"


def _tool(turn: TurnSeen, step: ConversationStep) -> Iterator[str]:
    called = turn.happened("tool_called", "tool")
    if step.tool not in called:
        yield f"tool {step.tool} was not called; {', '.join(called) or 'none was'}"


def _buttons(turn: TurnSeen, step: ConversationStep) -> Iterator[str]:
    titles = tuple(button.title for button in turn.reply.buttons)
    if titles != step.buttons:
        yield f"buttons are {', '.join(titles) or 'none'}"


def _handoff(turn: TurnSeen, step: ConversationStep) -> Iterator[str]:
    if turn.reply.handoff is not step.handoff:
        yield f"handoff is {turn.reply.handoff}"


def _source(turn: TurnSeen, step: ConversationStep) -> Iterator[str]:
    ids = [source.id for source in turn.reply.sources]
    if not any(found.startswith(str(step.source)) for found in ids):
        yield f"sources are {', '.join(ids) or 'none'}"


def _plain(value: object) -> object:
    if isinstance(value, bool) or value is None:
        return value
    text = str(value).casefold()
    return float(text) if _NUMBER.fullmatch(text) else text  # in YAML, 1043 is a number; in a slot, it is text


_CHECKS: Mapping[str, Callable[[TurnSeen, ConversationStep], Iterator[str]]] = {
    "bot": _bot,
    "bot_contains": _bot_contains,
    "not_contains": _not_contains,
    "utter": _utter,
    "flow": _flow,
    "slot_was_set": _slot_was_set,
    "slot_was_not_set": _slot_was_not_set,
    "tool": _tool,
    "buttons": _buttons,
    "handoff": _handoff,
    "source": _source,
}
