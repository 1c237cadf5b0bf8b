"""The desk: takes messages to the bots and brings back what comes of them, for every door of the server.

A message is acknowledged by its `message` event, which comes after the turn was stored with the message's own id. The
same id, sent again, gets the same reply: from the turn that still runs, or from the store. One message of a
conversation is worked on at a time, in the order they came; a limited number wait, and more are told so at once.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar

from kitwright.bot import Bot, Mode, Request, is_restart, mode_of
from kitwright.errors import Fault, KitwrightError, UsageError
from kitwright.protocols import Watch, Watcher
from kitwright.serve.broker import Broker
from kitwright.serve.event import DONE, ServerEvent, error_event
from kitwright.serve.queue import TurnQueue
from kitwright.serve.sending import Sending
from kitwright.serve.settings import ServeSettings
from kitwright.serve.shown import buttons_of, kept_message, message_of, shown
from kitwright.types import Event, EventKind, Reply

_IO_THREADS: Final = 16
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class History:
    """A conversation as its visitor sees it now."""

    events: tuple[ServerEvent, ...]
    mode: Mode
    last_event_id: int


class Desk:
    """Serves several bots to many clients.

    Args:
        bots: the first is the one on the page.
        settings: how much at once.
        observe: told of every reply, or of the faults that came instead; for metrics.
    """

    def __init__(
        self,
        bots: Sequence[Bot],
        settings: ServeSettings | None = None,
        *,
        observe: Callable[[Sending], None] = lambda _sending: None,
    ) -> None:
        self.bots: Mapping[str, Bot] = {bot.name: bot for bot in bots}
        self.settings = settings or ServeSettings()
        self.broker = Broker()
        self.queue = TurnQueue(self.settings, self._answer, present=self._present, observe=observe)
        self.staffed: Callable[[str], bool] = lambda _bot: False
        """Whether people of the staff can answer for a bot; the console sets it. While nobody can, the bot goes on."""
        self._io = ThreadPoolExecutor(_IO_THREADS, thread_name_prefix="store")
        self._watches: list[Watch] = [
            bot.store.watch(Watcher(changed=self.broker.changed, told=self._told)) for bot in bots
        ]

    def bot(self, name: str) -> Bot:
        """The bot of this name.

        Raises:
            UsageError: there is none.
        """
        try:
            return self.bots[name]
        except KeyError:
            fault = Fault(code="KW001", place="bot", problem="no such bot", choices=tuple(self.bots))
        raise UsageError(fault)

    async def open(
        self,
        bot: str,
        *,
        locale: str | None = None,
        consent: bool = False,
        channel: str = "web",
        conversation_id: str | None = None,
    ) -> tuple[str, int]:
        """Begin a conversation; returns its id and the number of its first event.

        Raises:
            UsageError: there is no such bot.
            Refused: the server is stopping.
            StoreFailed: it can not be kept.
        """
        serving, name = self.bot(bot), conversation_id or self.new_id()
        self.queue.check_open()
        event = await self.io(serving.people.record, name, "opened", locale=locale, consent=consent, channel=channel)
        return name, event.id or 0

    def new_id(self) -> str:
        """An id that no conversation has."""
        return uuid.uuid4().hex

    def begin(
        self, bot: str, conversation_id: str, text: str, *, message_id: str | None = None, must_exist: bool = False
    ) -> Sending:
        """Take a message; it is worked on whether or not somebody follows it.

        Args:
            bot: name of the bot.
            conversation_id: of the conversation.
            text: what the person typed.
            message_id: the message's own; the same one is answered once.
            must_exist: refuse a conversation that was never opened, or was deleted.

        Raises:
            UsageError: there is no such bot.
            Refused: the server is busy or stopping.
        """
        name = self.bot(bot).name
        return self.queue.take(name, conversation_id, text, message_id=message_id, must_exist=must_exist)

    async def send(
        self, bot: str, conversation_id: str, text: str, *, message_id: str | None = None
    ) -> AsyncIterator[ServerEvent]:
        """Take a message and follow it: `delta`s, `message`, maybe `buttons` and `handoff`, or `error`; then `done`."""
        try:
            sending = self.begin(bot, conversation_id, text, message_id=message_id)
        except KitwrightError as error:
            yield error_event(error.faults)
            yield DONE
            return
        async for event in sending.follow():
            yield event

    async def cancel(self, bot: str, conversation_id: str, message_id: str) -> None:
        """Ask for the end of a reply, in whatever process it is worked on; what was shown of it stays.

        Raises:
            StoreFailed: other processes can not be told.
        """
        signal = {"cancel": message_id, "conversation": conversation_id, "bot": bot}
        self.queue.cancel(bot, conversation_id, message_id)
        await self.io(self.bot(bot).store.tell, signal)

    async def record(self, bot: str, conversation_id: str, kind: EventKind, **data: object) -> Event:
        """Keep an event that holds no words of a person; who listens is told of it.

        Raises:
            StoreFailed: it was not kept.
        """
        return await self.io(self.bot(bot).people.record, conversation_id, kind, **data)

    async def history(self, bot: str, conversation_id: str, *, after: int = 0) -> History:
        """What a visitor sees of a conversation.

        Raises:
            UsageError: there is no such conversation.
            StoreFailed: it can not be read.
        """
        return await self.io(self._history, self.bot(bot), conversation_id, after)

    async def check_there(self, bot: str, conversation_id: str) -> None:
        """See that a conversation is there.

        Raises:
            UsageError: it was never opened, or was deleted.
            StoreFailed: the store can not be read.
        """
        if not await self.io(self.bot(bot).store.holds, bot, conversation_id):
            raise unknown_conversation()

    def subscribe(self, bot: str, conversation_id: str, after: int = 0) -> AsyncIterator[ServerEvent]:
        """Everything a visitor may see that happens behind an event, until the conversation is deleted or we stop.

        Listens from the call on, before anything is asked for.

        Raises:
            UsageError: there is no such bot.
        """
        return self._follow(self.bot(bot), conversation_id, after, self.broker.listen((bot, conversation_id)))

    async def _follow(
        self, bot: Bot, conversation_id: str, after: int, woken: asyncio.Event
    ) -> AsyncIterator[ServerEvent]:
        try:
            while not self.broker.closed:
                woken.clear()
                events, number = await self.io(self._news, bot, conversation_id, after)
                for event in events:
                    yield event
                if number is None:
                    break
                after = max(after, number)
                await woken.wait()
        finally:
            self.broker.leave((bot.name, conversation_id), woken)
        yield DONE

    async def io(self, work: Callable[..., _Result], *arguments: Any, **named: Any) -> _Result:
        """Run what waits for the store beside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._io, partial(work, *arguments, **named))

    def stop_accepting(self) -> None:
        """Refuse new messages and end all subscriptions; replies that were begun go on."""
        self.queue.draining = True
        self.broker.close()

    async def drain(self, seconds: float | None = None) -> bool:
        """Stop accepting, and wait for the replies that were begun; False where some had to be abandoned."""
        self.stop_accepting()
        return await self.queue.drain(self.settings.drain_seconds if seconds is None else seconds)

    def close(self) -> None:
        """Stop watching; the bots are left open."""
        for watch in self._watches:
            watch.close()
        self.queue.close()
        self._io.shutdown(wait=False, cancel_futures=True)

    def is_silent(self, bot: str, events: tuple[Event, ...]) -> bool:
        """Whether a person is to answer, so that no model does."""
        return mode_of(events).name != "bot" and self.staffed(bot)

    def mode(self, bot: str, events: Sequence[Event]) -> Mode:
        """Who answers, as the visitor is told: nobody is waited for where nobody can come."""
        mode = mode_of(events)
        return mode if self.staffed(bot) else Mode(since=mode.since)

    def _answer(self, sending: Sending, show: Callable[[str], None]) -> Reply:
        """Answer a message; runs in a thread of the queue."""
        bot = self.bots[sending.bot]
        request = Request(
            id=sending.message_id if sending.named else None,
            show=show,
            stop=sending.stop,
            silent=partial(self.is_silent, sending.bot),
            must_exist=sending.must_exist,
        )
        return bot.answer(sending.take_text(), conversation=sending.conversation_id, request=request)

    def _present(self, sending: Sending, reply: Reply) -> list[ServerEvent]:
        """The events that acknowledge a message."""
        if reply.kind == "user":
            return [kept_message(reply, sending.message_id)]
        events = [message_of(reply, sending.message_id), *buttons_of(reply)]
        if reply.handoff and self.staffed(sending.bot):
            events.append(ServerEvent("handoff", {"state": "waiting"}, reply.event_id))
        return events

    def _history(self, bot: Bot, conversation_id: str, after: int) -> History:
        events = bot.store.events(bot.name, conversation_id)
        if not events:
            raise unknown_conversation()
        begun = max((e.id or 0 for e in events if is_restart(e)), default=0)
        after = max(after, begun)
        turns = bot.store.turn_ids(bot.name, conversation_id, after=after)
        told, staffed = partial(bot.told, conversation_id), self.staffed(bot.name)
        seen = shown((event for event in events if (event.id or 0) > after), told, turns=turns, staffed=staffed)
        return History(tuple(seen), self.mode(bot.name, events), events[-1].id or 0)

    def _news(self, bot: Bot, conversation_id: str, after: int) -> tuple[list[ServerEvent], int | None]:
        """What is new behind an event, and the number of the last one; None where the conversation is gone."""
        events = bot.store.events(bot.name, conversation_id, after=after)
        if not events:
            return [], (after if bot.store.holds(bot.name, conversation_id) else None)
        turns = bot.store.turn_ids(bot.name, conversation_id, after=after)
        told, staffed = partial(bot.told, conversation_id), self.staffed(bot.name)
        return list(shown(events, told, turns=turns, staffed=staffed)), events[-1].id

    def _told(self, signal: Mapping[str, str]) -> None:
        """A signal of this or another process; called from a thread."""
        if "cancel" in signal:
            self.queue.cancel(signal["bot"], signal["conversation"], signal["cancel"])


def unknown_conversation() -> UsageError:
    """The error of a conversation that is not there, or is not the caller's."""
    return UsageError(Fault(code="KW001", place="conversation", problem="no such conversation"))
