"""The kit's places in a turn: the screen before any model, the policy that holds the interview."""

from collections.abc import Mapping
from typing import Any, Final

from .assessment import assessor
from .interview.session import Session
from .interview.turn import Interview, Said

_INTERVIEW: Final = frozenset({"symptoms", "push_back", "emergency", "affirm", "deny", "stop_flow", "repeat"})
_SURE: Final = 0.6


def screen(text: str, context: Mapping[str, Any]) -> dict[str, Any] | None:
    """Answer an emergency or a crisis at once, by words and rules alone; text is raw and is not kept."""
    said = _interview(context).screen(_session(context), text)
    return _verdict(said) if said else None


def policy(text: str, understanding: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, Any] | None:
    """Hold the interview; leave greetings, thanks and questions about the assistant to the flows."""
    session = _session(context)
    said = _interview(context).turn(session, text, beside=_is_small_talk(understanding))
    return _verdict(said) if said else None


def _is_small_talk(understanding: Mapping[str, Any]) -> bool:
    first = understanding["intents"][0] if understanding["intents"] else None
    return bool(first and first["name"] not in _INTERVIEW and first["confidence"] >= _SURE)


def _interview(context: Mapping[str, Any]) -> Interview:
    return Interview(assessor(), context["settings"])


def _session(context: Mapping[str, Any]) -> Session:
    return Session.from_dict(context.get("state"))


def _verdict(said: Said) -> dict[str, Any]:
    base = assessor().base
    buttons = (
        [{"title": each.title, "payload": each.payload} for each in said.question.choices(base)]
        if said.question
        else []
    )
    return {
        "text": said.text,
        "why": said.why,
        "handoff": said.handoff,
        "buttons": buttons,
        "state": said.session.to_dict(),
    }
