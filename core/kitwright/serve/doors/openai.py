"""The door of OpenAI's clients: `POST /v1/chat/completions` and `GET /v1/models`; a bot is a model.

What is not as with a model, since a bot is more than one:

- A bot keeps its conversations; a client of this protocol keeps them itself and sends everything each time. With
  `metadata.conversation_id` the client names the conversation, and only the last message is read. Without it the
  conversation is the one in which exactly this history was said and heard (see `histories`); where there is none, a
  new one begins with the last message. `user` and the API key tell people apart: no history is anyone else's.
- Answers that the client sends along are never taken for facts: they only help to find the conversation.
- `system` and `developer` messages and settings such as `temperature` or `tools` are not obeyed: the kit decides. The
  header `X-Kitwright-Ignored` lists those of a request; `X-Kitwright-Conversation` says `named`, `continued` or `new`.
- An answer has the extra key `kitwright`: {"from", "event_id", "conversation", "sources", "buttons", "handoff"}. While
  a person of the staff answers the content is what they have written since, or empty.
- Texts come back with the person's own values in them, to the conversation in which they were given, and nowhere else.

A client that goes away in the middle of a stream ends the reply.
"""

import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from kitwright.bot import Bot
from kitwright.errors import Fault, KitwrightError, UsageError
from kitwright.registry import AdapterBinding
from kitwright.serve.doors.histories import Histories
from kitwright.serve.doors.openai_models import ChatIn, chunk, completion
from kitwright.serve.doors.porter import (
    Caller,
    Porter,
    Spoken,
    agreed,
    finished,
    message_id_of,
    porter_of,
    reply_text,
    rest_of,
)
from kitwright.serve.faults import AsciiJSON, status_of
from kitwright.serve.sending import Sending
from kitwright.serve.shapes import OpenAIErrorOut, errors, openai_error

router = APIRouter(prefix="/v1", responses=errors(OpenAIErrorOut))
_OBJECT: Final = {"schema": {"type": "object"}}
_BOTH: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": _OBJECT, "text/event-stream": {"schema": {"type": "string"}}}}
}
_STARTED: Final = int(time.time())


@router.get("/models")
async def list_models(request: Request) -> dict[str, Any]:
    """The bots; `root` is the adapter a bot speaks with, and `parent` the model that it was made for."""
    porter = porter_of(request)
    porter.caller(request)
    return {"object": "list", "data": [_described(bot) for bot in porter.desk.bots.values()]}


@router.get("/models/{name}")
async def show_model(request: Request, name: str) -> dict[str, Any]:
    """One bot."""
    porter = porter_of(request)
    porter.caller(request)
    return _described(_bot(porter, name))


@router.post("/chat/completions", responses=_BOTH)
async def complete(request: Request, sent: ChatIn) -> Response:
    """Answer the last message."""
    porter = porter_of(request)
    caller = porter.caller(request)
    bot = _bot(porter, sent.checked().model).name
    talk = _find(request, caller, sent, bot)
    spoken = Spoken(
        door="openai",
        bot=bot,
        conversation_id=talk.conversation_id,
        text=sent.messages[-1].text(),
        consent=agreed(sent.metadata or {}),
        message_id=message_id_of(request),
    )
    try:
        sending = await porter.take(caller, spoken)
    except KitwrightError:
        talk.put_back()
        raise
    headers = {"X-Kitwright-Conversation": talk.found}
    if ignored := sent.not_obeyed():
        headers["X-Kitwright-Ignored"] = ", ".join(ignored)
    answer = _Answer(porter, sending, talk, {"created": int(time.time()), "model": bot})
    if not sent.stream:
        return AsciiJSON(await answer.whole(), headers=headers)
    pieces = await answer.pieces(with_usage=bool(sent.stream_options and sent.stream_options.include_usage))
    headers |= {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(pieces, media_type="text/event-stream", headers=headers)


@dataclass(slots=True)
class _Talk:
    """The conversation that a request goes on with, and how it was found."""

    histories: Histories
    conversation_id: str
    found: str
    before: bytes = b""
    digest: Callable[[str], bytes] = field(default=lambda _text: b"", repr=False)
    repeated: bool = False

    def put_back(self) -> None:
        """Nothing came of it: the same history may come again."""
        if self.found == "continued" and not self.repeated:
            self.histories.keep(self.before, self.conversation_id)

    def went_on(self, text: str) -> None:
        """The client will bring what was said, and this answer; who came twice has brought it to this point before."""
        if self.found != "named" and not self.repeated:
            self.histories.keep(self.digest(text), self.conversation_id)


def _find(request: Request, caller: Caller, sent: ChatIn, bot: str) -> _Talk:
    porter, histories = porter_of(request), request.app.state.histories
    who = ("openai", caller.key, bot)
    named = (sent.metadata or {}).get("conversation_id")
    if named:
        return _Talk(histories, porter.conversation("openai", *who, named), "named")
    turns = [(each.role, each.text().strip()) for each in sent.messages if each.role in ("user", "assistant")]

    def digest(*more: tuple[str, str]) -> bytes:
        said = [*turns, *more] if more else turns[:-1]
        return porter.digest(*who, sent.user or "", *(word for turn in said for word in turn))

    before, message_id = digest(), message_id_of(request)
    again = digest(("sent", message_id)) if message_id else None  # the very same request comes twice
    first = histories.take(again) if again else None
    known = first or (histories.take(before) if len(turns) > 1 else None)
    conversation_id = known or f"openai-{porter.desk.new_id()}"
    if again:
        histories.keep(again, conversation_id)
    return _Talk(
        histories,
        conversation_id,
        found="continued" if known else "new",
        before=before,
        digest=lambda text: digest(("assistant", text.strip())),
        repeated=first is not None,
    )


@dataclass(slots=True)
class _Answer:
    """An answer on its way into OpenAI's shape."""

    porter: Porter
    sending: Sending
    talk: _Talk
    about: dict[str, Any]

    def __post_init__(self) -> None:
        self.about = {"id": f"chatcmpl-{self.porter.desk.new_id()}", **self.about}

    async def whole(self) -> dict[str, Any]:
        """All of it."""
        try:
            message = await finished(self.sending)
        except KitwrightError:
            self.talk.put_back()
            raise
        text = "\n\n".join(filter(None, [*await self.porter.missed(self.sending), reply_text(message)]))
        self.talk.went_on(text)
        return completion(self.about, text, self._usage(), self._more(message))

    async def pieces(self, *, with_usage: bool) -> AsyncIterator[bytes]:
        """Its pieces as server-sent events.

        Raises:
            Refused: there is none.
        """
        try:
            events = await self.porter.begun(self.sending)
        except KitwrightError:
            self.talk.put_back()
            raise

        async def encoded() -> AsyncIterator[bytes]:
            yield _sse(chunk(self.about, {"role": "assistant", "content": ""}))
            seen = ""
            try:
                async for event in events:
                    if event is None:
                        yield b": still here\n\n"
                    elif event.kind == "delta":
                        seen += str(event.data["text"])
                        yield _sse(chunk(self.about, {"content": str(event.data["text"])}))
                    elif event.kind == "error":
                        self.talk.put_back()
                        yield _sse(openai_error(status_of(self.sending.faults), self.sending.faults)[1])
                        return
                    elif event.kind == "message":
                        rest = rest_of(reply_text(event.data), seen, await self.porter.missed(self.sending))
                        if rest:
                            yield _sse(chunk(self.about, {"content": rest}))
                        self.talk.went_on(seen + rest)
                        yield _sse(chunk(self.about, {}, "stop", kitwright=self._more(event.data)))
                if with_usage:
                    yield _sse(chunk(self.about, None, usage=self._usage()))
                yield b"data: [DONE]\n\n"
            finally:
                if not self.sending.ended and not self.sending.named:
                    self.sending.stop.cancel()

        return encoded()

    def _usage(self) -> dict[str, int]:
        reply = self.sending.reply
        asked, answered = (reply.prompt_tokens, reply.answer_tokens) if reply else (0, 0)
        return {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}

    def _more(self, message: Mapping[str, object]) -> dict[str, Any]:
        about = {
            key: message.get(key) for key in ("from", "event_id", "sources", "buttons", "handoff") if key in message
        }
        return {**about, "conversation": self.talk.found}


def _bot(porter: Porter, name: str) -> Bot:
    """The bot of this name, or the one that speaks with an adapter of this name."""
    bots = porter.desk.bots
    found = bots.get(name) or next((bot for bot in bots.values() if _adapter(bot)[0] == name), None)
    if found is None:
        raise UsageError(Fault(code="KW001", place="bot", problem="there is no such model", choices=tuple(bots)))
    return found


def _described(bot: Bot) -> dict[str, Any]:
    adapter, base = _adapter(bot)
    return {
        "id": bot.name,
        "object": "model",
        "created": _STARTED,
        "owned_by": "kitwright",
        "root": adapter or base,
        "parent": base if adapter else None,
    }


def _adapter(bot: Bot) -> tuple[str | None, str]:
    """The name of a bot's adapter, and the model below it."""
    base = str(getattr(bot.file.model, "model", bot.file.model.kind))
    with suppress(KitwrightError):
        folder = bot.file.adapter_folder
        if folder is not None:
            return folder.name, AdapterBinding.read(folder).base
    return None, base


def _sse(data: Mapping[str, Any]) -> bytes:
    return f"data: {json.dumps(data)}\n\n".encode("ascii")
