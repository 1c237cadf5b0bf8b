"""The library as a door: `bot.reply` or `bot.stream`, with tools, steps and the store failing now and then."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from typing import Any, Final

from kitwright.bot import Bot, load_bot
from kitwright.errors import Fault, StoreFailed, UsageError
from kitwright.kit import ToolSpec
from kitwright.protocols import TurnRecord
from kitwright.store import SqlStore
from kitwright.types import Event, Reply, Step, Turn
from kitwright.workshop.privacy.leaks.conversation import Conversation
from kitwright.workshop.privacy.leaks.ground import Ground
from kitwright.workshop.privacy.leaks.outcome import Outcome

THREADS: Final = 4
_STEPS_EVERY: Final = 23  # turns of which one breaks off in the middle
_TOOLS_EVERY: Final = 5  # calls of which one fails
_STORE_EVERY: Final = 29  # appends of which one fails
_CUT_EVERY: Final = 7  # streams of which one is left after its first piece
_BROKEN: Final = ("understand", "decide", "guard_out")


class _Now:
    """Says of every nth call that it is to fail."""

    def __init__(self, every: int) -> None:
        self._every = every
        self._calls = count(1)
        self._lock = threading.Lock()

    def __call__(self) -> int:
        """The number of the failure, from 1; 0 for none."""
        with self._lock:
            number = next(self._calls)
        return 0 if number % self._every else number // self._every


class _FailingStore(SqlStore):
    """A store whose disk is full now and then."""

    def __init__(self, url: str, outcome: Outcome) -> None:
        super().__init__(url)
        self._now, self._outcome = _Now(_STORE_EVERY), outcome

    def append(
        self, bot: str, conversation_id: str, events: Sequence[Event], turn: TurnRecord | None = None
    ) -> tuple[Event, ...]:
        """Add events, or fail."""
        if self._now():
            self._outcome.trouble("store failed")
            raise StoreFailed(Fault(code="KW501", place="store", problem=f"no room for {len(events)} events"))
        return super().append(bot, conversation_id, events, turn)


def run_library(ground: Ground, conversations: Sequence[Conversation], outcome: Outcome, *, streamed: bool) -> None:
    """Hold the conversations, the second half after a restart of the bot, and delete some between."""
    say = _streamed(outcome) if streamed else _replied
    with ground.logged():
        for half in (0, 1):
            going = [each for each in conversations if half == 0 or not each.deleted]
            with _opened(ground, outcome) as bot, ThreadPoolExecutor(THREADS) as pool:
                list(pool.map(partial(_hold, ground, bot, say, outcome), ((each, half) for each in going)))
                for each in going if half == 0 else ():
                    if each.deleted:
                        with contextlib.suppress(UsageError):  # none of its turns was kept
                            bot.forget(each.id)


_Half = tuple[Conversation, int]
_Say = Callable[[Bot, str, str], Reply | None]


def _hold(ground: Ground, bot: Bot, say: _Say, outcome: Outcome, half: _Half) -> None:
    conversation, number = half
    for message in conversation.halves[number]:
        try:
            reply = say(bot, message.text, conversation.id)
        except Exception:  # noqa: BLE001 - whatever it raises is written down as a server would
            ground.crash()
            outcome.trouble("turn failed")
        else:
            if reply is not None:
                trace = [entry.as_dict() for entry in reply.trace]
                ground.trace(trace)
                outcome.answered(conversation, message, _shown(reply), trace)


def _shown(reply: Reply) -> str:
    return "\n".join([reply.text, *(f"{button.title} {button.payload}" for button in reply.buttons)])


def _replied(bot: Bot, text: str, conversation: str) -> Reply | None:
    return bot.reply(text, conversation=conversation)


def _streamed(outcome: Outcome) -> _Say:
    now = _Now(_CUT_EVERY)

    def say(bot: Bot, text: str, conversation: str) -> Reply | None:
        return asyncio.run(_heard(bot, text, conversation, outcome, cut=bool(now())))

    return say


async def _heard(bot: Bot, text: str, conversation: str, outcome: Outcome, *, cut: bool) -> Reply | None:
    """The reply of a stream; None of one that is left after its first piece."""
    events = bot.stream(text, conversation=conversation)
    async for event in events:
        if cut:
            outcome.trouble("stream left")
            await events.aclose()  # type: ignore[attr-defined]
            return None
        if event.reply is not None:
            return event.reply
    return None


@contextmanager
def _opened(ground: Ground, outcome: Outcome) -> Iterator[Bot]:
    file = ground.file()
    bot = load_bot(file.name, kit_paths=ground.paths, store=_FailingStore(str(file.store.url), outcome))
    tools, now = bot.kit.code.load().tools, _Now(_TOOLS_EVERY)
    tools.update({name: _watched(spec, now, outcome) for name, spec in tools.items()})
    try:
        bot.warm()
        bot.steps = _breaking(bot.steps, outcome)
        yield bot
    finally:
        bot.close()


def _watched(spec: ToolSpec, now: _Now, outcome: Outcome) -> ToolSpec:
    """A tool that is looked over the shoulder; it fails, dawdles, and says again what it was told."""

    def call(**arguments: Any) -> object:
        outcome.tool_called(arguments)
        if failure := now():
            outcome.trouble("tool failed")
            if failure % 2:
                raise RuntimeError(f"no answer for {arguments}")
            time.sleep(0.05)
            return f"something else: {arguments}"
        facts = spec.function(**arguments)
        told = {key: str(value) for key, value in arguments.items() if key != "context"}
        return {**facts, "told": told, "said_again": " ".join(told.values())}

    return replace(spec, function=call)


def _breaking(steps: Sequence[Step], outcome: Outcome) -> tuple[Step, ...]:
    now = _Now(_STEPS_EVERY * len(_BROKEN))

    def broken(step: Step) -> Step:
        def run(turn: Turn) -> Turn:
            if now():
                outcome.trouble(f"{step.name} crashed")
                raise RuntimeError(f"{step.name} failed on {turn!r}")
            return step.run(turn)

        return replace(step, run=run) if step.name in _BROKEN else step

    return tuple(broken(step) for step in steps)
