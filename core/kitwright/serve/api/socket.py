"""The WebSocket: one connection for a conversation, both ways.

The first frame is {"token", "after"?}; then {"type": "message", "text", "message_id"?} or {"type": "cancel",
"message_id"}. The server's frames are the events of the streams, with `type` and `id`; each is sent once.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated, Final, Literal

import anyio
from anyio.abc import TaskGroup
from fastapi import APIRouter, WebSocket
from pydantic import Field, TypeAdapter, ValidationError
from starlette.websockets import WebSocketDisconnect

from kitwright.errors import Fault, KitwrightError
from kitwright.serve.api.messages import begin
from kitwright.serve.api.models import CancelIn, In, MessageIn
from kitwright.serve.api.streams import with_pauses
from kitwright.serve.event import ServerEvent, error_event
from kitwright.serve.log import hashed, log
from kitwright.serve.reception import Reception, address_of, reception_of
from kitwright.serve.sending import Sending
from kitwright.serve.tokens import Visitor

router = APIRouter()
_AUTH_S: Final = 10.0
_REMEMBERED: Final = 500
_BAD_REQUEST, _DENIED, _TOO_MANY, _GONE = 4400, 4401, 4429, 1001


class HelloIn(In):
    """The first frame."""

    token: str
    after: int = Field(default=0, ge=0, le=2**31 - 1)


class MessageFrame(MessageIn):
    """A message."""

    type: Literal["message"]


class CancelFrame(CancelIn):
    """Stop a reply."""

    type: Literal["cancel"]


_FRAMES: Final[TypeAdapter[MessageFrame | CancelFrame]] = TypeAdapter(
    Annotated[MessageFrame | CancelFrame, Field(discriminator="type")]
)


@router.websocket("/conversations/{conversation_id}/socket")
async def talk(socket: WebSocket, conversation_id: str) -> None:
    """Hold a conversation over one connection."""
    await socket.accept()
    reception = reception_of(socket)
    try:
        hello = HelloIn.model_validate_json(await asyncio.wait_for(socket.receive_text(), _AUTH_S))
        visitor = reception.tokens.read(hello.token)
        if visitor.conversation_id != conversation_id or visitor.bot not in reception.desk.bots:
            raise KeyError
        await reception.desk.check_there(visitor.bot, conversation_id)
    except (ValidationError, KeyError, TimeoutError):
        await _close(socket, _BAD_REQUEST)
        return
    except KitwrightError:
        await _close(socket, _DENIED)
        return
    except WebSocketDisconnect:
        return
    if reception.desk.broker.listeners((visitor.bot, conversation_id)) >= reception.settings.streams:
        await _close(socket, _TOO_MANY)
        return
    log("socket", conversation=hashed(conversation_id))
    await _Line(socket, reception, visitor).hold(hello.after)


class _Line:
    """One connection that was let in."""

    def __init__(self, socket: WebSocket, reception: Reception, visitor: Visitor) -> None:
        self._socket = socket
        self._reception = reception
        self._visitor = visitor
        self._writing = asyncio.Lock()
        self._sent: OrderedDict[tuple[str, int], None] = OrderedDict()
        self._replies: set[Sending] = set()

    async def hold(self, after: int) -> None:
        """Read and write until either side has enough."""
        desk, visitor = self._reception.desk, self._visitor
        async with anyio.create_task_group() as group:

            async def listen() -> None:
                await self._pass_on(desk.subscribe(visitor.bot, visitor.conversation_id, after))
                while self._replies:  # we are stopping: what was begun is finished first
                    await next(iter(self._replies)).over.wait()
                group.cancel_scope.cancel()

            group.start_soon(listen)
            await self._read(group)
            group.cancel_scope.cancel()
        await _close(self._socket, _GONE)

    async def _read(self, group: TaskGroup) -> None:
        while True:
            try:
                text = await self._socket.receive_text()
            except (WebSocketDisconnect, KeyError, RuntimeError):  # gone, or bytes instead of text
                return
            try:
                frame = _FRAMES.validate_json(text)
                await self._take(frame, group)
            except ValidationError:
                problem = "not a frame: {type: message, text, message_id?} or {type: cancel, message_id}"
                await self._send(error_event([Fault(code="KW106", place="frame", problem=problem)]))
            except KitwrightError as error:
                await self._send(error_event(error.faults))

    async def _take(self, frame: MessageFrame | CancelFrame, group: TaskGroup) -> None:
        if isinstance(frame, CancelFrame):
            await self._reception.desk.cancel(self._visitor.bot, self._visitor.conversation_id, frame.message_id)
            return
        sending = begin(self._reception, self._visitor, address_of(self._socket), frame)
        group.start_soon(self._answer, sending)

    async def _answer(self, sending: Sending) -> None:
        self._replies.add(sending)
        await self._pass_on(sending.follow())
        self._replies.discard(sending)

    async def _pass_on(self, events: AsyncIterator[ServerEvent]) -> None:
        async for event in with_pauses(events, self._reception.settings.keepalive_seconds):
            if event is not None:  # the protocol has pings of its own
                await self._send(event)

    async def _send(self, event: ServerEvent) -> None:
        async with self._writing:
            if event.id is not None:
                key = (event.kind, event.id)
                if key in self._sent:
                    return
                self._sent[key] = None
                while len(self._sent) > _REMEMBERED:
                    self._sent.popitem(last=False)
            with suppress(WebSocketDisconnect, RuntimeError):
                await self._socket.send_json(event.as_frame())


async def _close(socket: WebSocket, code: int) -> None:
    with suppress(RuntimeError):
        await socket.close(code)
