"""One message on its way through a bot: what has come of it so far, for everyone who follows it."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field

from kitwright.errors import Fault
from kitwright.serve.event import DONE, ServerEvent, error_event
from kitwright.types import Reply, Stop


@dataclass(slots=True, eq=False)
class Sending:
    """A message that was taken; it goes on when nobody follows it.

    Args:
        bot: the bot's name.
        conversation_id: of the conversation.
        message_id: the message's own.
        text: what the person typed; dropped as soon as the bot has it.
        must_exist: the conversation must be there already.
        named: whether the client gave the id, and so may come again.
    """

    bot: str
    conversation_id: str
    message_id: str
    text: str = field(repr=False)
    must_exist: bool = False
    named: bool = False
    stop: Stop = field(default_factory=Stop, repr=False)
    reply: Reply | None = field(default=None, repr=False)
    faults: Sequence[Fault] = ()
    over: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    _events: list[ServerEvent] = field(default_factory=list, repr=False)
    _waiting: list[asyncio.Future[None]] = field(default_factory=list, repr=False)
    _ended: bool = False

    @property
    def events(self) -> Sequence[ServerEvent]:
        """What has come so far."""
        return tuple(self._events)

    @property
    def ended(self) -> bool:
        """Whether nothing more comes."""
        return self._ended

    def take_text(self) -> str:
        """The text, once."""
        text, self.text = self.text, ""
        return text

    def put(self, event: ServerEvent) -> None:
        """Add an event, unless the message is over."""
        if not self._ended:
            self._events.append(event)
            self._wake()

    def finish(self, events: Iterable[ServerEvent], reply: Reply | None = None) -> None:
        """Add the last events."""
        if not self._ended:
            self.reply = reply
            self._events += [*events, DONE]
            self._ended = True
            self._wake()

    def fail(self, faults: Sequence[Fault], reply: Reply | None = None) -> None:
        """End with an error, perhaps in place of a reply that was not kept."""
        if not self._ended:
            self.faults = faults
            self.finish([error_event(faults)], reply)

    async def follow(self) -> AsyncIterator[ServerEvent]:
        """All events from the first, as they come."""
        at = 0
        while True:
            while at < len(self._events):
                yield self._events[at]
                at += 1
            if self._ended:
                return
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(waiter)
            await waiter

    def _wake(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()
