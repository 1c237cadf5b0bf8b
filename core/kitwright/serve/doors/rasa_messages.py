"""Replies as Rasa's channels know them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def parts(message: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[Mapping[str, str]]]]:
    """A reply as texts and the buttons below each: one text where there are buttons, else one for each paragraph."""
    text, buttons = str(message["text"]) if message["from"] == "bot" else "", message.get("buttons") or ()
    if buttons:
        yield text, [{"title": button["title"], "payload": button["payload"]} for button in buttons]
        return
    for part in text.strip().split("\n\n"):
        if part.strip():
            yield part, ()


def rest_messages(message: Mapping[str, Any], recipient: str) -> Iterator[dict[str, Any]]:
    """The messages of the REST channel; where facts come from is told at the end, as `custom`."""
    for text, buttons in parts(message):
        yield {"recipient_id": recipient, "text": text} | ({"buttons": list(buttons)} if buttons else {})
    if message.get("sources"):
        yield {"recipient_id": recipient, "custom": {"sources": message["sources"]}}


def socket_messages(message: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The messages of the socket.io channel; where facts come from is told in the last one's `metadata`."""
    found = list(parts(message))
    for number, (text, buttons) in enumerate(found, 1):
        said: dict[str, Any] = {"text": text}
        if buttons:
            said["quick_replies"] = [{"content_type": "text", **button} for button in buttons]
        if message.get("sources") and number == len(found):
            said["metadata"] = {"sources": message["sources"]}
        yield said
