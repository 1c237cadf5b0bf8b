"""What a visitor is shown of a conversation: stored events as events of the stream, with their values restored."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict

from kitwright.bot import reply_of
from kitwright.serve.event import ServerEvent
from kitwright.types import Event, Reply

Told = Callable[[str], str]


def shown(events: Iterable[Event], told: Told, *, turns: Mapping[int, str], staffed: bool) -> Iterator[ServerEvent]:
    """Stored events as the visitor sees them.

    Args:
        events: in order.
        told: makes kept text what its owner is to see.
        turns: number of an event to the id of its message, where it has one.
        staffed: whether people can answer; if not, nobody is waited for.
    """
    for event in events:
        yield from _shown(event, told, turns.get(event.id or 0), staffed)


def message_of(reply: Reply, message_id: str | None) -> ServerEvent:
    """A reply of the bot as an event."""
    data: dict[str, object] = {
        "event_id": reply.event_id,
        "message_id": message_id,
        "from": "bot",
        "text": reply.text,
        "at": reply.at.isoformat() if reply.at else None,
        "buttons": [asdict(button) for button in reply.buttons],
        "sources": [asdict(source) for source in reply.sources],
        "handoff": reply.handoff,
    }
    return ServerEvent("message", data, reply.event_id)


def kept_message(reply: Reply, message_id: str | None) -> ServerEvent:
    """The event of a message that was only kept, since a person is to answer."""
    data = {"event_id": reply.event_id, "message_id": message_id, "from": "user", "text": reply.text}
    return ServerEvent("message", {**data, "at": reply.at.isoformat() if reply.at else None}, reply.event_id)


def buttons_of(reply: Reply) -> Iterator[ServerEvent]:
    """The quick replies of a reply, where it has some."""
    if reply.buttons:
        yield ServerEvent("buttons", {"buttons": [asdict(button) for button in reply.buttons]}, reply.event_id)


def _shown(event: Event, told: Told, message_id: str | None, staffed: bool) -> Iterator[ServerEvent]:
    match event.kind:
        case "user":
            yield said(event, "user", told, message_id)
        case "agent":
            yield said(event, "agent", told, message_id)
        case "bot":
            reply = reply_of(event, Reply(conversation_id="", text=""), told)
            yield message_of(reply, message_id)
            yield from buttons_of(reply)
        case "handoff" if staffed:
            yield ServerEvent("handoff", {"state": "waiting"}, event.id)
        case "agent_joined":
            yield ServerEvent("handoff", {"state": "agent", "agent": event.data.get("agent")}, event.id)
        case "handed_back":
            yield ServerEvent("handoff", {"state": "bot"}, event.id)
        case _:
            return


def said(event: Event, speaker: str, told: Told, message_id: str | None) -> ServerEvent:
    """What a person said as an event."""
    data = {
        "event_id": event.id,
        "message_id": message_id,
        "from": speaker,
        "text": told(str(event.data.get("text", ""))),
        "at": event.at.isoformat(),
    }
    return ServerEvent("message", data | ({"agent": event.data["agent"]} if "agent" in event.data else {}), event.id)
