"""Server-sent events: a message's own stream, and everything that happens in a conversation."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse

from kitwright.errors import Fault, KitwrightError, Refused
from kitwright.serve.api.visitor import VisitorOf
from kitwright.serve.event import DONE, ServerEvent, error_event
from kitwright.serve.reception import reception_of

router = APIRouter()
TYPE: Final = "text/event-stream"
_HIGHEST: Final = 2**31 - 1
_STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {TYPE: {"schema": {"type": "string"}}}}}


@router.get("/conversations/{conversation_id}/events", responses=_STREAM, response_class=StreamingResponse)
async def listen(
    request: Request,
    visitor: VisitorOf,
    after: Annotated[int, Query(ge=0, le=_HIGHEST)] = 0,
    last_event_id: Annotated[int | None, Header(ge=0, le=_HIGHEST)] = None,
) -> StreamingResponse:
    """Everything that a visitor may see and that comes after an event, as it happens."""
    reception = reception_of(request)
    desk = reception.desk
    if desk.broker.listeners((visitor.bot, visitor.conversation_id)) >= reception.settings.streams:
        raise Refused(Fault(code="KW206", place="server", problem="too many connections listen to the conversation"))
    await desk.check_there(visitor.bot, visitor.conversation_id)
    events = desk.subscribe(visitor.bot, visitor.conversation_id, max(after, last_event_id or 0))
    return stream_response(request, events)


def wants_stream(request: Request) -> bool:
    """Whether a client would rather have events than JSON."""
    return TYPE in request.headers.get("accept", "")


def stream_response(request: Request, events: AsyncIterator[ServerEvent]) -> StreamingResponse:
    """An answer that sends events as they come, and a comment now and then to keep proxies awake."""
    pause = reception_of(request).settings.keepalive_seconds
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_encoded(events, pause), media_type=TYPE, headers=headers)


async def _encoded(events: AsyncIterator[ServerEvent], pause: float) -> AsyncIterator[bytes]:
    yield b": hello\n\n"
    async for event in with_pauses(events, pause):
        yield b": still here\n\n" if event is None else event.as_sse()


async def with_pauses(events: AsyncIterator[ServerEvent], pause: float) -> AsyncIterator[ServerEvent | None]:
    """The events, and None after every pause of so many seconds; an error ends them as an event."""
    following: asyncio.Task[ServerEvent] | None = None
    try:
        while True:
            following = following or asyncio.ensure_future(anext(events))
            done, _ = await asyncio.wait([following], timeout=pause)
            if not done:
                yield None
                continue
            try:
                event = following.result()
            except StopAsyncIteration:
                return
            except KitwrightError as error:
                yield error_event(error.faults)
                yield DONE
                return
            following = None
            yield event
    finally:
        if following is not None:
            following.cancel()
