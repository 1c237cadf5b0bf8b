"""The tools of the flows: passing a conversation to a person, and telling whom to call."""

from collections.abc import Mapping
from typing import Any

from .result.texts import Texts


def hand_over(*, context: Mapping[str, Any]) -> dict[str, object]:
    """Pass the conversation to a person.

    Args:
        context: What the core tells about the turn.
    """
    numbers = Texts(context.get("settings")).numbers
    text = (
        "I am passing this conversation to a person, who may not be there at once. If it cannot wait, call "
        f"{numbers['advice_line']}; if it may be an emergency, call {numbers['emergency']} now."
    )
    return {"handoff": True, "handoff_text": text}


def emergency_help(*, context: Mapping[str, Any]) -> dict[str, object]:
    """Tell whom to call in an emergency.

    Args:
        context: What the core tells about the turn.
    """
    numbers = Texts(context.get("settings")).numbers
    text = (
        f"If somebody is in danger now, call {numbers['emergency']}; do not wait for me. If you can, tell me in a few "
        "words what is happening, such as trouble breathing, heavy bleeding or a hard knock on the head."
    )
    return {"emergency_text": text}
