"""Messages: send one and get the reply, whole or as it comes; stop a reply."""

from typing import Any

from fastapi import APIRouter, Request, Response

from kitwright.errors import Fault
from kitwright.serve.api.models import CancelIn, MessageIn, ReplyOut
from kitwright.serve.api.streams import stream_response, wants_stream
from kitwright.serve.api.visitor import VisitorOf
from kitwright.serve.faults import AsciiJSON, answer, status_of
from kitwright.serve.reception import Reception, address_of, reception_of
from kitwright.serve.sending import Sending
from kitwright.serve.tokens import Visitor

router = APIRouter()
_BOTH: dict[int | str, dict[str, Any]] = {
    200: {"model": ReplyOut, "content": {"text/event-stream": {"schema": {"type": "string"}}}}
}


@router.post("/conversations/{conversation_id}/messages", responses=_BOTH, response_model=ReplyOut)
async def send_message(request: Request, visitor: VisitorOf, sent: MessageIn) -> Response:
    """Send a message: the reply comes as JSON, or as server-sent events where the client accepts them."""
    reception = reception_of(request)
    if len(sent.text) > reception.settings.message_characters:
        problem = f"longer than {reception.settings.message_characters} characters"
        return answer(413, [Fault(code="KW201", place="body.text", problem=problem)])
    sending = begin(reception, visitor, address_of(request), sent)
    if wants_stream(request):
        return stream_response(request, sending.follow())
    async for _ in sending.follow():
        pass
    if sending.faults or sending.reply is None:
        return answer(status_of(sending.faults), sending.faults)
    return AsciiJSON(_reply_of(sending))


@router.post("/conversations/{conversation_id}/cancel", status_code=202)
async def cancel_reply(request: Request, visitor: VisitorOf, wanted: CancelIn) -> dict[str, str]:
    """End a reply early; what was shown of it stays."""
    await reception_of(request).desk.cancel(visitor.bot, visitor.conversation_id, wanted.message_id)
    return {"message_id": wanted.message_id}


def begin(reception: Reception, visitor: Visitor, address: str, sent: MessageIn) -> Sending:
    """Take a visitor's message, within what they may send.

    Raises:
        Refused: too many, or the server is busy or stopping.
    """
    reception.sends.take(visitor.conversation_id)
    reception.sends_by_address.take(address)
    return reception.desk.begin(
        visitor.bot, visitor.conversation_id, sent.text, message_id=sent.message_id, must_exist=True
    )


def _reply_of(sending: Sending) -> dict[str, object]:
    message = next(event for event in sending.events if event.kind == "message")
    data = dict(message.data)
    reply = ReplyOut.model_validate({**data, "conversation_id": sending.conversation_id, "reply": data["text"]})
    return reply.model_dump(by_alias=True)
