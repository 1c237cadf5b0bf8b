"""Who answers in a conversation: the bot, a person of the staff, or for the moment nobody; read off its events."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from kitwright.types import Event

ASKED: Final = "asked for by the person"
ModeName = Literal["bot", "waiting", "agent"]


@dataclass(frozen=True, slots=True)
class Mode:
    """Who answers.

    Args:
        name: `bot`; `waiting` for a person since a reply handed over or the visitor asked; `agent`, a person answers.
        agent: the person's name.
        since: number of the event that made it so.
    """

    name: ModeName = "bot"
    agent: str | None = None
    since: int = 0


def mode_of(events: Iterable[Event]) -> Mode:
    """The mode that a conversation's events lead to.

    Example:
        >>> mode_of([]).name
        'bot'
    """
    mode = Mode()
    for event in events:
        mode = mode_after(mode, event)
    return mode


def mode_after(mode: Mode, event: Event) -> Mode:
    """The mode once an event has happened."""
    match event.kind:
        case "handoff" if mode.name == "bot":
            return Mode("waiting", None, event.id or 0)
        case "agent_joined":
            return Mode("agent", str(event.data.get("agent", "")), event.id or 0)
        case "handed_back" | "restarted":
            return Mode("bot", None, event.id or 0)
        case _:
            return mode


def is_restart(event: Event) -> bool:
    """Whether the person started again here: what was said before counts no more, and is not shown."""
    return event.kind == "restarted" and event.data.get("reason") == ASKED
