"""A conversation as the staff see it: what was said, scrubbed, with placeholders, and what happened in between."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from kitwright.bot import is_restart
from kitwright.store import Rating
from kitwright.types import PLACEHOLDER, Event, label_of

_SAID: Final = {"user": "Visitor", "bot": "Bot", "agent": "", "note": ""}
_MINOR: Final = frozenset(
    {
        "flow_started",
        "flow_step",
        "flow_ended",
        "flow_waiting",
        "flow_taken_up",
        "slot_set",
        "asked",
        "tool_called",
        "kit_state",
    }
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: words, or what stands for a personal value."""

    text: str
    is_placeholder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the transcript.

    Args:
        kind: of the event.
        who: who said it; empty for what happened.
        pieces: the words.
        is_minor: a step of the bot, which is hidden at first.
        buttons: quick replies that were offered.
        sources: titles of what a reply rests on.
        rating: what the visitor thought of it.
        has_trace: whether the turn that it ends was kept.
        hint: more about what happened.
    """

    id: int
    kind: str
    at: datetime
    who: str = ""
    pieces: tuple[Piece, ...] = ()
    is_minor: bool = False
    buttons: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    rating: Rating | None = None
    has_trace: bool = False
    hint: str = ""


def lines(events: Iterable[Event], turns: Mapping[int, str], ratings: Iterable[Rating]) -> Iterator[Line]:
    """The lines of a transcript.

    Args:
        events: in order.
        turns: numbers of the first and last events of turns that were kept.
        ratings: of replies of the conversation.
    """
    rated = {rating.event_id: rating for rating in ratings}
    for event in events:
        number = event.id or 0
        if event.kind in _SAID:
            yield _said(event, rated.get(number), has_trace=number in turns and event.kind == "bot")
        else:
            what, hint = _happened(event)
            yield Line(
                id=number, kind=event.kind, at=event.at, pieces=pieces(what), is_minor=event.kind in _MINOR, hint=hint
            )


def pieces(text: str) -> tuple[Piece, ...]:
    """A text in pieces, so that placeholders can be shown as what they are.

    Example:
        >>> [piece.text for piece in pieces("write to <EMAIL_ADDRESS_1>.")]
        ['write to ', 'email address 1', '.']
    """
    found, last = [], 0
    for match in PLACEHOLDER.finditer(text):
        found.append(Piece(text[last : match.start()]))
        number = match[0].rstrip(">").rpartition("_")[2]
        found.append(Piece(f"{label_of(match[0]).replace('_', ' ').lower()} {number}", is_placeholder=True))
        last = match.end()
    found.append(Piece(text[last:]))
    return tuple(piece for piece in found if piece.text)


def _said(event: Event, rating: Rating | None, *, has_trace: bool) -> Line:
    data: Mapping[str, Any] = event.data
    return Line(
        id=event.id or 0,
        kind=event.kind,
        at=event.at,
        who=_SAID[event.kind] or str(data.get("agent", "")),
        pieces=pieces(str(data.get("text", ""))),
        buttons=tuple(str(each["title"]) for each in data.get("buttons") or ()),
        sources=tuple(str(each["title"]) for each in data.get("cited") or ()),
        rating=rating if rating and rating.value else None,
        has_trace=has_trace,
        hint=_understood(data) if event.kind == "user" else "",
    )


def _understood(data: Mapping[str, Any]) -> str:
    return f"{data['intent']} {data.get('confidence') or 0:.0%}" if data.get("intent") else ""


def _happened(event: Event) -> tuple[str, str]:
    """What happened in words, and more about it."""
    data = event.data
    match event.kind:
        case "opened":
            return "conversation opened", ", ".join(str(data[k]) for k in ("channel", "locale") if data.get(k))
        case "handoff":
            return "handed over, waiting for a person", str(data.get("reason", ""))
        case "agent_joined":
            return f"{data.get('agent')} took over", ""
        case "handed_back":
            return f"{data.get('agent')} handed back to the bot", ""
        case "restarted":
            return ("the visitor started again" if is_restart(event) else "started again"), ""
        case "not_understood":
            return "not understood", ""
        case "slot_set":
            gone = "slot cleared" if data.get("value") is None else "slot set"
            return f"{gone}: {data.get('slot')}", "" if data.get("value") is None else str(data.get("value"))
        case "tool_called":
            return f"tool called: {data.get('tool')}", "" if data.get("ok") else "failed"
        case "asked":
            return f"asked for: {data.get('slot')}", ""
        case _:
            return f"{event.kind.replace('_', ' ')}: {data.get('flow')}", str(data.get("how") or data.get("step") or "")
