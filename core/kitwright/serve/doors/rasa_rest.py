"""The door of Rasa's REST channel: `POST /webhooks/rest/webhook` and `GET /webhooks/rest/`.

A `sender` is a conversation. Without one, or with the `default` that Rasa puts there, every message is a conversation
of its own, since nobody can tell whose it was: what one person said would come back to another. `metadata.bot` names
the bot where several are served (the first one otherwise), `metadata.consent: true` gives the consent that a kit asks
for. With `?stream=true` each message comes as a line of JSON, as Rasa sends them, without `data:`.
"""

import json
from collections.abc import AsyncIterator
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from kitwright.serve.doors.porter import Porter, Spoken, agreed, finished, message_id_of, porter_of
from kitwright.serve.doors.rasa_messages import rest_messages
from kitwright.serve.event import ServerEvent
from kitwright.serve.faults import AsciiJSON, status_of
from kitwright.serve.sending import Sending
from kitwright.serve.shapes import RasaErrorOut, errors, rasa_error

router = APIRouter(prefix="/webhooks/rest", responses=errors(RasaErrorOut))
_BOTH: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
            "text/event-stream": {"schema": {"type": "string"}},
        }
    }
}
NOBODY: Final = "default"


class RestMessageIn(BaseModel):
    """A message to the REST channel."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True, coerce_numbers_to_str=True)

    message: str
    sender: str | None = Field(default=None, min_length=1, max_length=512)
    input_channel: str | None = None
    metadata: dict[str, Any] | None = None


@router.get("/")
def health() -> dict[str, str]:
    """The channel is there."""
    return {"status": "ok"}


@router.post("/webhook", responses=_BOTH)
async def receive(request: Request, sent: RestMessageIn, stream: bool = False) -> Response:
    """Answer a message."""
    porter, metadata = porter_of(request), sent.metadata or {}
    caller = porter.caller(request)
    bot = str(metadata.get("bot") or porter.first_bot)
    recipient = sent.sender or NOBODY
    who = porter.desk.new_id() if recipient == NOBODY else recipient
    spoken = Spoken(
        door="rasa",
        bot=bot,
        conversation_id=porter.conversation("rasa", caller.key, bot, who),
        text=sent.message,
        consent=agreed(metadata),
        message_id=message_id_of(request),
    )
    sending = await porter.take(caller, spoken)
    if stream:
        events = await porter.begun(sending)
        return StreamingResponse(_lines(porter, sending, events, recipient), media_type="text/event-stream")
    message = await finished(sending)
    return AsciiJSON([*await _missed(porter, sending, recipient), *rest_messages(message, recipient)])


async def _lines(
    porter: Porter, sending: Sending, events: AsyncIterator[ServerEvent | None], sender: str
) -> AsyncIterator[bytes]:
    async for event in events:
        if event is None:
            continue
        if event.kind == "message":
            for said in [*await _missed(porter, sending, sender), *rest_messages(event.data, sender)]:
                yield _line(said)
        elif event.kind == "error":
            error = rasa_error(status_of(sending.faults), sending.faults)[1]
            yield _line({"recipient_id": sender, "custom": {"error": error}})


async def _missed(porter: Porter, sending: Sending, sender: str) -> list[dict[str, Any]]:
    return [{"recipient_id": sender, "text": text} for text in await porter.missed(sending)]


def _line(said: dict[str, Any]) -> bytes:
    return f"{json.dumps(said)}\n".encode("ascii")
