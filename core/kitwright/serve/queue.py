"""The queue of turns: a few are worked on at once, some wait, and more are refused at once with "busy"."""

import asyncio
import threading
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from kitwright.errors import Fault, KitwrightError, Refused, TurnStopped, unexpected
from kitwright.serve.event import ServerEvent
from kitwright.serve.sending import Sending
from kitwright.serve.settings import ServeSettings
from kitwright.types import Reply

_Key = tuple[str, str]
Answer = Callable[[Sending, Callable[[str], None]], Reply]
Present = Callable[[Sending, Reply], Sequence[ServerEvent]]
_Outcome = tuple[Reply, Sequence[ServerEvent]] | KitwrightError
BUSY_S: Final = 2
"""Seconds after which a client that found the server busy may try again."""

_TOO_LONG: Final = Fault(
    code="KW205", place="turn", problem="the reply took too long and was given up", hint="send the message again"
)
_NOT_KEPT: Final = Fault(
    code="KW202", place="scrub", problem="personal data could not be removed", hint="send the message again"
)


class TurnQueue:
    """Runs turns in threads, those of one conversation one after the other.

    Args:
        settings: how many at once, how many wait, and how long.
        answer: answers a message, in a thread; the function it is given takes pieces of the reply.
        present: makes a reply the events that end its stream; in the thread too.
        observe: told of every message that is over.
    """

    def __init__(
        self, settings: ServeSettings, answer: Answer, *, present: Present, observe: Callable[[Sending], None]
    ) -> None:
        self.draining = False
        self._settings = settings
        self._answer = answer
        self._present = present
        self._observe = observe
        self._threads = ThreadPoolExecutor(settings.turns_at_once, thread_name_prefix="turn")
        self._slots = asyncio.Semaphore(settings.turns_at_once)
        self._active: set[Sending] = set()
        self._by_id: dict[tuple[str, str, str], Sending] = {}
        self._last: dict[_Key, Sending] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._lock = threading.Lock()
        self.running = 0

    @property
    def waiting(self) -> int:
        """Messages that wait for their turn."""
        return len(self._active) - self.running

    def check_open(self) -> None:
        """See that new work is taken.

        Raises:
            Refused: the server is stopping.
        """
        if self.draining:
            problem, hint = "the server is stopping", "send it again in a moment"
            raise Refused(Fault(code="KW209", place="server", problem=problem, hint=hint))

    def take(
        self, bot: str, conversation_id: str, text: str, *, message_id: str | None = None, must_exist: bool = False
    ) -> Sending:
        """Take a message, or join it where it is worked on already.

        Raises:
            Refused: too many wait, or the server is stopping.
        """
        known = self._by_id.get((bot, conversation_id, message_id or ""))
        if known is not None and not known.ended:
            return known
        self.check_open()
        if len(self._active) >= self._settings.turns_at_once + self._settings.queue:
            raise _busy()
        sending = Sending(bot, conversation_id, message_id or uuid.uuid4().hex, text, must_exist)
        sending.named = message_id is not None
        key = (bot, conversation_id)
        before = self._last.get(key)
        self._last[key] = sending
        with self._lock:
            self._by_id[(*key, sending.message_id)] = sending
        self._active.add(sending)
        task = asyncio.get_running_loop().create_task(self._run(sending, before))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return sending

    def cancel(self, bot: str, conversation_id: str, message_id: str) -> bool:
        """Ask a message's turn to end early; whether it is worked on here. May be called from any thread."""
        with self._lock:
            sending = self._by_id.get((bot, conversation_id, message_id))
        if sending is not None:
            sending.stop.cancel()
        return sending is not None

    async def drain(self, seconds: float) -> bool:
        """Wait for all that was taken; what is not over by then is abandoned, and False returned."""
        self.draining = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        left = list(self._active)
        for sending in left:
            sending.stop.abandon()
        return not left

    def close(self) -> None:
        """Take no more work."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self, sending: Sending, before: Sending | None) -> None:
        try:
            async with asyncio.timeout(self._settings.queue_seconds):
                if before is not None:
                    await before.over.wait()
                await self._slots.acquire()
        except TimeoutError:
            sending.fail(_busy().faults)
            self._over(sending)
            return
        self.running += 1
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(self._threads, self._work, sending, loop)
        try:
            await self._within_time(work, sending)
        finally:
            # The slot is taken until the thread is done, also where nobody waits for it any more.
            if work.done():
                self._free(sending)
            else:
                work.add_done_callback(lambda _done: self._free(sending))

    async def _within_time(self, work: "asyncio.Future[_Outcome]", sending: Sending) -> None:
        await asyncio.wait([work], timeout=self._settings.turn_seconds)
        is_late = not work.done()
        if is_late:
            sending.stop.cancel()
            await asyncio.wait([work], timeout=self._settings.grace_seconds)
        if not work.done():
            sending.stop.abandon()
            sending.fail([_TOO_LONG])
            return
        outcome = work.result()
        if is_late and isinstance(outcome, TurnStopped):
            sending.fail([_TOO_LONG])
            return
        if isinstance(outcome, KitwrightError):
            sending.fail(outcome.faults)
            return
        reply, events = outcome
        if reply.event_id is None:
            sending.fail([_NOT_KEPT], reply)
        else:
            sending.finish(events, reply)

    def _work(self, sending: Sending, loop: asyncio.AbstractEventLoop) -> _Outcome:
        """Runs in a thread; a fault is returned, since an error would drag along what it was about."""
        try:
            reply = self._answer(sending, lambda piece: _put(loop, sending, ServerEvent("delta", {"text": piece})))
            return reply, self._present(sending, reply)
        except KitwrightError as error:
            return error
        except Exception as error:  # noqa: BLE001 - its message may carry what the person typed
            return unexpected(error)

    def _free(self, sending: Sending) -> None:
        self.running -= 1
        self._slots.release()
        self._over(sending)

    def _over(self, sending: Sending) -> None:
        key = (sending.bot, sending.conversation_id)
        with self._lock:
            if self._by_id.get((*key, sending.message_id)) is sending:
                del self._by_id[(*key, sending.message_id)]
        self._active.discard(sending)
        if self._last.get(key) is sending:
            del self._last[key]
        sending.over.set()
        self._observe(sending)


def _put(loop: asyncio.AbstractEventLoop, sending: Sending, event: ServerEvent) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(sending.put, event)


def _busy() -> Refused:
    problem, hint = "too many messages wait already", f"send it again in {BUSY_S} seconds"
    return Refused(Fault(code="KW203", place="server", problem=problem, hint=hint))
