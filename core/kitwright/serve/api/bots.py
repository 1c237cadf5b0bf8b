"""The bots that are served, and the plain way to talk to one: a text in, the shape of `chat --json` out."""

import json

from fastapi import APIRouter, Request, Response

from kitwright.serve.api.conversations import described_bot
from kitwright.serve.api.models import ConversationId, In
from kitwright.serve.faults import answer, status_of
from kitwright.serve.reception import reception_of

router = APIRouter()


class PlainMessageIn(In):
    """One message of a visitor."""

    text: str
    conversation_id: ConversationId | None = None


@router.get("/bots")
def list_bots(request: Request, locale: str | None = None) -> list[dict[str, str | None]]:
    """The bots that are served, the one of the page first."""
    bots = reception_of(request).desk.bots.values()
    return [described_bot(bot, locale).model_dump() for bot in bots]


@router.post("/bots/{name}/messages")
async def message(request: Request, name: str, sent: PlainMessageIn) -> Response:
    """Answer a message; the same conversation id goes on with the same conversation, for whoever knows it."""
    desk = reception_of(request).desk
    sending = desk.begin(desk.bot(name).name, sent.conversation_id or desk.new_id(), sent.text)
    async for _ in sending.follow():
        pass
    if sending.reply is None:
        return answer(status_of(sending.faults), sending.faults)
    # In ASCII, since half a surrogate pair, from a person or a tool, could not be sent otherwise.
    return Response(json.dumps(sending.reply.as_record(sent.text)), media_type="application/json")
