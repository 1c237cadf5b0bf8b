"""The tracker: what a conversation's events amount to; rebuilt by replaying them, changed only by them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kitwright.dialogue.domain import Domain
from kitwright.types import Button, Event


@dataclass(frozen=True, slots=True)
class Frame:
    """A flow in progress, the step it stands at, and whether the flow beneath it waits for it to come back."""

    flow: str
    step: str
    called: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A flow that was asked for, with the values and the words that were said with it."""

    flow: str
    slots: Mapping[str, object]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracker:
    """The state of a conversation.

    Args:
        slots: values by name; absent means not known.
        stack: flows in progress, the active one last.
        waiting: requests that were made at once with another, first come first.
        asked: the slot that the last bot message asked for.
        misunderstood: messages in a row that were not understood.
        done: the flow completed last.
        given: the slots as they were when it was completed.
        last_bot: what the bot said last, scrubbed.
        last_buttons: the quick replies offered with it.
        last_at: time of the last event.
    """

    slots: Mapping[str, object] = field(default_factory=dict)
    stack: tuple[Frame, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    asked: str | None = None
    misunderstood: int = 0
    done: str | None = None
    given: Mapping[str, object] = field(default_factory=dict)
    last_bot: str | None = None
    last_buttons: tuple[Button, ...] = ()
    last_at: datetime | None = None

    @property
    def active(self) -> Frame | None:
        """The flow that has the word."""
        return self.stack[-1] if self.stack else None

    @property
    def chain(self) -> tuple[Frame, ...]:
        """The active flow and those that called it, outermost first: together one purpose."""
        start = next((i for i in reversed(range(len(self.stack))) if not self.stack[i].called), 0)
        return self.stack[start:]

    def after(self, event: Event) -> "Tracker":
        """The state once `event` has happened."""
        if event.kind == "opened":  # nothing was said yet, so no session has begun
            return self
        return replace(_APPLY.get(event.kind, _unchanged)(self, event.data), last_at=event.at)


def replay(events: Iterable[Event], domain: Domain) -> Tracker:
    """The tracker of a conversation with these events."""
    tracker = Tracker(slots=initial_slots(domain))
    for event in events:
        tracker = tracker.after(event)
    return tracker


def initial_slots(domain: Domain) -> dict[str, object]:
    """The slots that have a value from the start."""
    return {name: slot.initial_value for name, slot in domain.slots.items() if slot.initial_value is not None}


def is_expired(tracker: Tracker, domain: Domain, now: datetime) -> bool:
    """Whether the pause since the last event ended the session."""
    minutes = domain.session_config.session_expiration_time
    return bool(minutes and tracker.last_at and now - tracker.last_at > timedelta(minutes=minutes))


def _unchanged(tracker: Tracker, _data: Mapping[str, object]) -> Tracker:
    return tracker


def _flow_started(tracker: Tracker, data: Mapping[str, object]) -> Tracker:
    frame = Frame(str(data["flow"]), str(data["step"]), called=data.get("called") is True)
    return replace(tracker, stack=(*tracker.stack, frame), asked=None)


def _flow_step(tracker: Tracker, data: Mapping[str, object]) -> Tracker:
    *below, active = tracker.stack
    return replace(tracker, stack=(*below, replace(active, step=str(data["step"]))), asked=None)


def _flow_ended(tracker: Tracker, data: Mapping[str, object]) -> Tracker:
    if data.get("how") == "completed" and len(tracker.stack) == 1:
        tracker = replace(tracker, done=str(data["flow"]), given=tracker.slots)
    return replace(tracker, stack=tracker.stack[:-1], asked=None)


def _flow_waiting(tracker: Tracker, data: Mapping[str, object]) -> Tracker:
    flow, slots = data["flow"], data.get("slots")
    if flow is None:
        return replace(tracker, waiting=())
    added = Waiting(str(flow), dict(slots) if isinstance(slots, Mapping) else {}, str(data.get("text", "")))
    return replace(tracker, waiting=(*tracker.waiting, added))


def _flow_taken_up(tracker: Tracker, _data: Mapping[str, object]) -> Tracker:
    return replace(tracker, waiting=tracker.waiting[1:])


def _slot_set(tracker: Tracker, data: Mapping[str, object]) -> Tracker:
    slots = {name: value for name, value in tracker.slots.items() if name != data["slot"]}
    if data["value"] is not None:
        slots[str(data["slot"])] = data["value"]
    return replace(tracker, slots=slots)


def _asked(tracker: Tracker, data: Mapping[str, object]) -> Tracker:
    return replace(tracker, asked=str(data["slot"]))


def _not_understood(tracker: Tracker, data: Mapping[str, object]) -> Tracker:
    return replace(tracker, misunderstood=int(str(data["count"])))


def _bot(tracker: Tracker, data: Mapping[str, object]) -> Tracker:
    offered = data.get("buttons")
    buttons = [Button(**button) for button in offered] if isinstance(offered, list | tuple) else []
    return replace(tracker, last_bot=str(data["text"]), last_buttons=tuple(buttons))


def _restarted(tracker: Tracker, data: Mapping[str, object]) -> Tracker:
    slots = data.get("slots", {})
    return Tracker(slots=dict(slots) if isinstance(slots, Mapping) else {}, last_at=tracker.last_at)


_APPLY = {
    "flow_started": _flow_started,
    "flow_step": _flow_step,
    "flow_ended": _flow_ended,
    "flow_waiting": _flow_waiting,
    "flow_taken_up": _flow_taken_up,
    "slot_set": _slot_set,
    "asked": _asked,
    "not_understood": _not_understood,
    "bot": _bot,
    "restarted": _restarted,
}
