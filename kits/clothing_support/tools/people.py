"""The tool that passes a conversation to a person of customer care."""

from datetime import datetime, timedelta

from .turn import Context, shop_of, uk_now

_OPENS, _CLOSES = 8, 20
_PHONE_OPENS, _PHONE_CLOSES = 9, 17
_SATURDAY = 5


def hand_over(reason: str, *, context: Context) -> dict[str, object]:
    """Pass the conversation to a person of customer care.

    Args:
        reason: Why a person is needed, in a few words.
        context: What the core tells about the turn.
    """
    now = uk_now(context)
    # Half a surrogate pair, cut by some channel, could be neither stored nor sent.
    told = reason[:200].encode("utf-8", "replace").decode("utf-8")
    shop_of(context).hand_over(told, f"conversation {context.get('conversation_id', '')}")
    is_open = _OPENS <= now.hour < _CLOSES
    return {"handoff": True, "handoff_live": is_open, "handoff_text": _live_text(now) if is_open else _later_text(now)}


def _live_text(now: datetime) -> str:
    phone = " You can also call 0117 496 0123 until 17:00." if _phone_is_open(now) else ""
    return (
        f"I am passing you to a colleague from customer care, who answers here in the chat until 20:00 UK time.{phone}"
    )


def _later_text(now: datetime) -> str:
    opening = now if now.hour < _OPENS else now + timedelta(days=1)
    when = "today" if opening.date() == now.date() else "tomorrow"
    return (
        f"I have passed this on. Our people are in the chat every day from 8:00 to 20:00 UK time, so a colleague "
        f"answers from "
        f"8:00 {when}. You can also write to help@fernhill.example (answered within 1 working day) or call 0117 496 "
        f"0123, "
        "Monday to Friday 9:00-17:00."
    )


def _phone_is_open(now: datetime) -> bool:
    return now.weekday() < _SATURDAY and _PHONE_OPENS <= now.hour < _PHONE_CLOSES
