"""The door of deep-chat: `POST /webhooks/deep-chat/{bot}`, as JSON, or as the server-sent events that it reads.

    <deep-chat connect='{"url": "https://host/webhooks/deep-chat/BOT", "stream": true}'></deep-chat>

It sends {"messages": [{"role", "text"}]}, of which the last one is answered: the server keeps the conversation, so what
a page sends along of earlier messages is not believed. The conversation is that of a session cookie which the first
answer sets; pages on other origins, where there is no cookie, open a conversation (`POST /api/conversations`) and put
its `token` into `additionalBodyProps`. There, `consent: true` gives the consent that a kit asks for.

Answers are {"text"}, with `custom: {"sources"}` where there are some. Buttons are deep-chat's suggestion buttons, in
`html` with escaped titles; a stream can not change to html, so there they are a list. Both send the title back, which
is understood as the button's payload.
"""

import json
from collections.abc import AsyncIterator, Mapping
from html import escape
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from kitwright.errors import Fault, Refused
from kitwright.serve.api.streams import TYPE, wants_stream
from kitwright.serve.desk import unknown_conversation
from kitwright.serve.doors.porter import Caller, Porter, Spoken, finished, message_id_of, porter_of, reply_text, rest_of
from kitwright.serve.event import ServerEvent
from kitwright.serve.faults import AsciiJSON, status_of
from kitwright.serve.reception import address_of
from kitwright.serve.sending import Sending
from kitwright.serve.shapes import DeepChatErrorOut, deep_chat_error, errors

router = APIRouter(prefix="/webhooks/deep-chat", responses=errors(DeepChatErrorOut))
_PART: Final = {"type": "object"}
_BOTH: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "application/json": {"schema": {"anyOf": [_PART, {"type": "array", "items": _PART}]}},
            TYPE: {"schema": {"type": "string"}},
        }
    }
}
_COOKIE: Final = "kitwright_conversation"


class SaidIn(BaseModel):
    """One message."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    role: str = "user"
    text: str | None = None


class DeepChatIn(BaseModel):
    """What deep-chat sends."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    messages: list[SaidIn] = Field(min_length=1)
    token: str | None = None
    consent: bool = False


@router.post("/{bot}", responses=_BOTH)
async def receive(request: Request, bot: str, sent: DeepChatIn) -> Response:
    """Answer the last message."""
    porter = porter_of(request)
    name = porter.desk.bot(bot).name
    text = sent.messages[-1].text
    if text is None:
        raise Refused(Fault(code="KW106", place="body.messages", problem="only text is understood"))
    known = await _known_conversation(porter, request, name, sent.token)
    conversation_id = known or f"deep_chat-{porter.desk.new_id()}"
    spoken = Spoken(
        door="deep_chat",
        bot=name,
        conversation_id=conversation_id,
        text=await _meant(porter, name, conversation_id, text) if known else text,
        consent=sent.consent,
        message_id=message_id_of(request),
    )
    sending = await porter.take(Caller(address_of(request)), spoken)
    if wants_stream(request):
        events = await porter.begun(sending)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        response: Response = StreamingResponse(_encoded(porter, sending, events), media_type=TYPE, headers=headers)
    else:
        message = await finished(sending)
        said = [{"text": text} for text in await porter.missed(sending)] + _parts(message)
        response = AsciiJSON(said if len(said) > 1 else (said or [{"text": ""}])[0])
    if not known:
        _give_cookie(porter, request, response, spoken)
    return response


async def _known_conversation(porter: Porter, request: Request, bot: str, token: str | None) -> str | None:
    """The conversation of a token, which must be good, or of a cookie, which may be old."""
    if token is not None:
        visitor = porter.reception.tokens.read(token)
        if visitor.bot != bot:
            raise Refused(Fault(code="KW207", place="token", problem="the token is another bot's"))
        if not await porter.desk.io(porter.desk.bot(bot).store.holds, bot, visitor.conversation_id):
            raise unknown_conversation()
        return visitor.conversation_id
    try:
        visitor = porter.reception.tokens.read(request.cookies.get(_COOKIE, ""))
    except Refused:
        return None
    return visitor.conversation_id if visitor.bot == bot else None


def _give_cookie(porter: Porter, request: Request, response: Response, spoken: Spoken) -> None:
    token, _ = porter.reception.tokens.give(spoken.bot, spoken.conversation_id)
    path, secure = request.url.path, request.url.scheme == "https"
    response.set_cookie(_COOKIE, token, path=path, httponly=True, samesite="lax", secure=secure)


async def _meant(porter: Porter, bot: str, conversation_id: str, text: str) -> str:
    """The payload of the button with this title, where the last reply had one; else the text."""
    if not await porter.desk.io(porter.desk.bot(bot).store.holds, bot, conversation_id):
        return text
    history = await porter.desk.history(bot, conversation_id)
    replies = [event.data for event in history.events if event.kind == "message" and event.data["from"] == "bot"]
    for button in _buttons(replies[-1]) if replies else ():
        if button["title"].strip() == text.strip():
            return button["payload"]
    return text


def _buttons(message: Mapping[str, Any]) -> list[dict[str, str]]:
    return list(message.get("buttons") or ())


def _parts(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    text, buttons = reply_text(message), _buttons(message)
    said: list[dict[str, Any]] = []
    if text:
        said.append({"text": text, **_sources(message)})
    if buttons:
        titles = "".join(
            f'<button class="deep-chat-button deep-chat-suggestion-button">{escape(button["title"])}</button>'
            for button in buttons
        )
        said.append({"html": f'<div class="deep-chat-temporary-message">{titles}</div>'})
    return said


def _sources(message: Mapping[str, Any]) -> dict[str, Any]:
    return {"custom": {"sources": message["sources"]}} if message.get("sources") else {}


async def _encoded(porter: Porter, sending: Sending, events: AsyncIterator[ServerEvent | None]) -> AsyncIterator[bytes]:
    seen = ""
    async for event in events:
        if event is None:
            yield b": still here\n\n"
        elif event.kind == "delta":
            seen += str(event.data["text"])
            yield _sse({"text": event.data["text"]})
        elif event.kind == "message":
            yield _sse(_ending(event.data, seen, await porter.missed(sending)))
        elif event.kind == "error":
            yield _sse(deep_chat_error(status_of(sending.faults), sending.faults)[1])


def _ending(message: Mapping[str, Any], seen: str, missed: list[str]) -> dict[str, Any]:
    """What a stream ends with: the rest of the text, the buttons as a list, the sources."""
    choices = "".join(f"\n- {button['title']}" for button in _buttons(message))
    rest = rest_of(reply_text(message), seen, missed) + (f"\n{choices}" if choices else "")
    return {"text": rest, **_sources(message)}


def _sse(data: Mapping[str, Any]) -> bytes:
    return f"data: {json.dumps(dict(data))}\n\n".encode("ascii")
