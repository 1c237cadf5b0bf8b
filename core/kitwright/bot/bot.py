"""The bot: a kit, a model and settings, assembled; it answers messages of many conversations at once."""

import asyncio
import threading
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal

from kitwright.bot.conversation import Conversation, Conversations
from kitwright.bot.people import People
from kitwright.bot.pipeline import checked_order, run_steps
from kitwright.bot.reply import last_number, reply_of, user_event
from kitwright.bot.request import Request
from kitwright.bot.rights import Forgotten, exported, forgotten
from kitwright.bot.turn_trace import turn_trace
from kitwright.bot.vaults import Vaults
from kitwright.dialogue import replay
from kitwright.errors import Fault, KitwrightError, ScrubFailed, UsageError, unexpected
from kitwright.kit import BotFile, Kit
from kitwright.privacy import Restorer
from kitwright.protocols import KeptTurn, Scrubber, Store, TurnRecord
from kitwright.types import Event, RawText, Reply, ScrubbedText, Step, TraceEntry, Turn, Understanding

NOT_SCRUBBED = "I am sorry, I can not take that message at the moment, so I have not kept it. Please try again."


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """A piece of a reply (`delta`), or the whole of it at the end (`message`).

    The deltas of a turn add up to the text of its message.
    """

    kind: Literal["delta", "message"]
    text: str = field(repr=False)
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class Models:
    """What a bot can do with its models besides answering."""

    warm_up: Callable[[], None]
    release: Callable[[], None]
    understand: Callable[[ScrubbedText], Understanding]
    scrubber: Scrubber


class Bot:
    """Answers messages; safe to use from many threads and tasks.

    Made by `load_bot`. Turns of one conversation run one after the other, in the order they were sent.
    """

    def __init__(
        self,
        file: BotFile,
        kit: Kit,
        steps: Sequence[Step],
        store: Store,
        *,
        models: Models,
        vaults: Vaults | None = None,
    ) -> None:
        self.file = file
        self.kit = kit
        self.steps = checked_order(steps)
        self._hearing = next((n for n, step in enumerate(steps, 1) if "text" in step.writes), len(self.steps))
        self._store = store
        retention = timedelta(days=kit.privacy.retention_days)
        self._conversations = Conversations(store, file.name, vaults=vaults, retention=retention)
        self._models = models
        self.people = People(store, file.name, self._conversations, models.scrubber)

    @property
    def name(self) -> str:
        """The bot's name."""
        return self.file.name

    @property
    def title(self) -> str:
        """What people see."""
        return self.file.title or self.kit.manifest.title

    @property
    def store(self) -> Store:
        """Where its conversations are kept."""
        return self._store

    def reply(self, text: str, *, conversation: str | None = None) -> Reply:
        """Answer a message.

        Args:
            text: what the person typed.
            conversation: its id; the same id goes on with the same conversation, None starts one.

        Raises:
            StoreFailed: the conversation can not be read or kept.
            ToolFailed: the kit's screen, policy or check failed.
            Unexpected: a bug stopped the message; the conversation goes on.

        Example:
            >>> bot = load_bot("clothing_support")  # doctest: +SKIP
            >>> bot.reply("can I return swimwear?").sources[0].id  # doctest: +SKIP
            'returns/swimwear'
        """
        return self._turn(text, conversation, Request())

    def answer(self, text: str, *, conversation: str, request: Request) -> Reply:
        """Answer a message as `reply` does, for a caller that may come twice, look on, and lose patience.

        A message that was answered before gets the reply that was stored.

        Args:
            text: what the person typed.
            conversation: its id.
            request: the message's own id, and how it is to be answered.

        Raises:
            StoreFailed, ToolFailed, Unexpected: as `reply` does.
            TurnOvertaken: another process answered in this conversation meanwhile; send it again.
            TurnStopped: it was cancelled or abandoned; nothing was kept.
            ScrubFailed: personal data could not be removed; nothing was kept.
        """
        return self._turn(text, conversation, request)

    async def stream(self, text: str, *, conversation: str | None = None) -> AsyncIterator[StreamEvent]:
        """Answer a message piece by piece.

        Raises:
            StoreFailed: the conversation can not be read or kept.
        """
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[StreamEvent | None] = asyncio.Queue()

        def put(event: StreamEvent | None) -> None:
            loop.call_soon_threadsafe(queue.put_nowait, event)

        def work() -> Reply:
            try:
                return self._turn(text, conversation, Request(show=lambda piece: put(StreamEvent("delta", piece))))
            finally:
                put(None)

        running = loop.run_in_executor(None, work)
        while (event := await queue.get()) is not None:
            yield event
        reply = await running
        yield StreamEvent("message", reply.text, reply)

    def events(self, conversation: str) -> tuple[Event, ...]:
        """What happened in a conversation, scrubbed."""
        return self._conversations.open(conversation).events

    def slots(self, conversation: str) -> Mapping[str, object]:
        """What a conversation knows, scrubbed."""
        return replay(self.events(conversation), self.kit.domain).slots

    def told(self, conversation: str, text: str) -> str:
        """Kept text as the conversation's owner is to see it; what is known no more is said in words.

        Raises:
            StoreFailed: the conversation can not be read.
        """
        return self._conversations.told(conversation, text)

    def wordings(self, response: str) -> tuple[str, ...]:
        """The texts of a response of the kit, with their slots unfilled."""
        return tuple(variation.text for variation in self.kit.domain.responses[response])

    def warm(self) -> None:
        """Load models and prepare the system prompt, so that the first reply is quick.

        Raises:
            ModelUnavailable: a model or package is missing.
        """
        self._models.warm_up()

    def understand(self, text: ScrubbedText) -> Understanding:
        """Read one message without answering it."""
        return self._models.understand(text)

    def export(self, conversation: str) -> dict[str, object]:
        """All that is kept of a conversation, for the person it belongs to; see `exported`.

        Raises:
            UsageError: there is no such conversation.
        """
        return exported(self._store, self.name, conversation)

    def forget(self, conversation: str) -> Forgotten:
        """Delete a conversation, from memory, store and vault; a turn that is under way is waited for.

        Raises:
            UsageError: there is no such conversation.
            StoreFailed: nothing was deleted.
        """
        return forgotten(conversation, *self._conversations.delete(conversation))

    def close(self) -> None:
        """Release the model and the store."""
        self._models.release()
        self._conversations.close()
        self._store.close()

    def _turn(self, text: str, conversation_id: str | None, request: Request) -> Reply:
        try:
            return self._answered(text, conversation_id or uuid.uuid4().hex, request)
        except KitwrightError:
            raise
        except Exception as error:  # noqa: BLE001 - a bug's message may carry what the person typed
            bug = unexpected(error)
        raise bug  # outside the handler, so that the bug's own error is not chained to it

    def _answered(self, text: str, conversation_id: str, request: Request) -> Reply:
        with self._conversations.turn(conversation_id) as conversation:
            if request.id and (kept := self._store.turn(self.name, conversation_id, request.id)):
                return self._kept(conversation, kept)
            if request.must_exist and not conversation.events:
                raise UsageError(Fault(code="KW001", place="conversation", problem="no such conversation"))
            stream = _Shown(Restorer(conversation.vault), request.show)
            # A kit's own check sees whole replies, so nothing is shown before it.
            early = stream.take if self.kit.code.check is None else (lambda _piece: None)
            turn = self._new_turn(text, conversation, request, early)
            try:
                done = self._run(turn, silent=request.silent(conversation.events))
            except ScrubFailed as error:
                if request.id:
                    raise
                return _refused(turn, error, request.show)
            if done.reply is None or done.events is None:
                raise ValueError("no step wrote the reply")
            if done.reply.kind == "bot":
                stream.finish(done.reply.text)
            conversation.events = (*conversation.events, *done.events)
            note = self._conversations.keep_vault(conversation)
            return replace(done.reply, trace=(*done.trace, note) if note else done.trace)

    def _run(self, turn: Turn, *, silent: bool) -> Turn:
        """All steps; of a turn that a person is to answer, only those that hear it, unless they have a verdict."""
        if not silent:
            return run_steps(self.steps, turn)
        heard = run_steps(self.steps[: self._hearing], turn)
        if heard.verdict is not None:
            return run_steps(self.steps[self._hearing :], heard)
        record = TurnRecord(id=turn.turn_id, seen=last_number(turn.past), trace=turn_trace(heard))
        turn.stop.check(kept=True)
        events = self._store.append(self.name, turn.conversation_id, (user_event(heard),), record)
        shown = turn.vault.restore(heard.text) if heard.text else ""
        number = last_number(events)
        reply = Reply(conversation_id=turn.conversation_id, text=shown, kind="user", event_id=number, at=turn.at)
        return replace(heard, reply=reply, events=events)

    def _kept(self, conversation: Conversation, turn: KeptTurn) -> Reply:
        """The reply that was stored for a turn."""
        events = self._store.events(self.name, conversation.id, after=turn.first - 1)
        said = next(e for e in reversed(events) if e.id == turn.last)
        base = Reply(conversation_id=conversation.id, text="", repeated=True)
        return replace(
            reply_of(said, base, partial(self.told, conversation.id)), kind="bot" if said.kind == "bot" else "user"
        )

    def _new_turn(
        self, text: str, conversation: Conversation, request: Request, emit: Callable[[ScrubbedText], None]
    ) -> Turn:
        return Turn(
            conversation_id=conversation.id,
            turn_id=request.id or uuid.uuid4().hex,
            received=RawText(text),
            at=datetime.now(UTC),
            history=conversation.history(),
            past=conversation.events,
            vault=conversation.vault,
            emit=emit,
            stop=request.stop,
        )


class _Shown:
    """What the person has seen of a reply so far; the rest is shown at the end, so nothing is shown twice."""

    def __init__(self, restorer: Restorer, show: Callable[[str], None]) -> None:
        self._restorer = restorer
        self._show = show
        self._seen = ""
        self._lock = threading.Lock()

    def take(self, piece: ScrubbedText) -> None:
        """Show a piece that is certain."""
        with self._lock:
            self._put(self._restorer.feed(piece))

    def finish(self, whole: str) -> None:
        """Show what is missing of the whole reply."""
        with self._lock:
            if whole.startswith(self._seen):
                self._put(whole[len(self._seen) :])

    def _put(self, text: str) -> None:
        if text:
            self._seen += text
            self._show(text)


def _refused(turn: Turn, error: ScrubFailed, show: Callable[[str], None]) -> Reply:
    show(NOT_SCRUBBED)
    fault = error.faults[0]
    return Reply(
        conversation_id=turn.conversation_id,
        text=NOT_SCRUBBED,
        trace=(TraceEntry("scrub", "failed", f"{fault.code} {fault.problem}", 0.0),),
    )
