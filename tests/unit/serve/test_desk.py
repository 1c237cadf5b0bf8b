"""The desk: order, one answer a message, busy, cancelling, time limits, staff, stopping; with a model that waits."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from kitwright.bot import Bot
from kitwright.errors import Refused
from kitwright.serve import Desk, ServerEvent, ServeSettings
from kitwright.serve.sending import Sending
from kitwright.types import Message, Prompt, ScrubbedText
from unit.bot.museum import GROUNDED, NAME, PARKING, museum_bot

PATIENCE_S = 120.0
FIRST, SECOND = "There is a car park behind it, free for visitors. ", "The bus number 4 stops in front of the house."


class Held:
    """A model that says its first sentence, then waits until it is let go; it may be deaf to being cancelled."""

    name = "held"

    def __init__(self, *, deaf: bool = False) -> None:
        self.go = threading.Event()
        self.begun = threading.Semaphore(0)
        self._deaf = deaf

    def count(self, messages: Sequence[Message]) -> int:
        return len(messages)

    def warm(self, system: Message) -> None:
        pass

    def close(self) -> None:
        self.go.set()

    def stream(self, prompt: Prompt, *, cancelled: Callable[[], bool]) -> Iterator[ScrubbedText]:
        yield ScrubbedText(FIRST)
        yield ScrubbedText("The bus ")  # the first sentence is certain once the next one begins
        self.begun.release()
        while not self.go.wait(0.01):
            if cancelled() and not self._deaf:
                return
        yield ScrubbedText(SECOND.removeprefix("The bus "))


Make = Callable[..., tuple[Desk, Held]]


@pytest.fixture
def make(museum_kits: Path) -> Iterator[Make]:
    """`make(deaf=..., **settings)`: a desk with a museum whose model waits."""
    opened: list[tuple[Desk, Bot, Held]] = []

    def made(*, deaf: bool = False, **settings: Any) -> tuple[Desk, Held]:
        model = Held(deaf=deaf)
        bot = museum_bot(museum_kits, backend=model)
        bot.warm()
        opened.append((Desk([bot], ServeSettings(**settings)), bot, model))
        return opened[-1][0], model

    yield made
    for desk, bot, model in opened:
        model.go.set()
        desk.close()
        bot.close()


async def collect(sending: Sending) -> list[ServerEvent]:
    async with asyncio.timeout(PATIENCE_S):
        return [event async for event in sending.follow()]


async def begun(model: Held) -> None:
    assert await asyncio.to_thread(model.begun.acquire, timeout=PATIENCE_S)


def text_of(events: list[ServerEvent]) -> object:
    return next(event.data["text"] for event in events if event.kind == "message")


def code_of(events: list[ServerEvent]) -> object:
    faults: Any = next(event.data["faults"] for event in events if event.kind == "error")
    return faults[0]["code"]


def test_one_message_has_one_turn_however_many_follow_it(make: Make) -> None:
    async def run() -> None:
        desk, model = make()
        name, _ = await desk.open(NAME)
        first = desk.begin(NAME, name, PARKING, message_id="m")
        await begun(model)
        assert desk.begin(NAME, name, PARKING, message_id="m") is first
        following = [asyncio.ensure_future(collect(first)) for _ in range(3)]
        model.go.set()
        one, *others = await asyncio.gather(*following)
        assert others == [one, one]
        assert text_of(one) == GROUNDED
        history = await desk.history(NAME, name)
        assert [event.data["from"] for event in history.events] == ["user", "bot"]

    asyncio.run(run())


def test_messages_of_a_conversation_are_answered_in_their_order(make: Make) -> None:
    async def run() -> None:
        desk, model = make()
        name, _ = await desk.open(NAME)
        sendings = [desk.begin(NAME, name, text) for text in (PARKING, "hello", "I want to plan a visit", "Saturday")]
        model.go.set()
        await asyncio.gather(*map(collect, sendings))
        history = await desk.history(NAME, name)
        asked = [event.data["text"] for event in history.events if event.data.get("from") == "user"]
        assert asked == [PARKING, "hello", "I want to plan a visit", "Saturday"]

    asyncio.run(run())


def test_a_full_queue_says_busy_at_once_and_takes_again_later(make: Make) -> None:
    async def run() -> None:
        desk, model = make(turns_at_once=1, queue=1)
        names = [(await desk.open(NAME))[0] for _ in range(3)]
        taken = [desk.begin(NAME, name, PARKING) for name in names[:2]]
        await begun(model)
        assert (desk.queue.running, desk.queue.waiting) == (1, 1)
        with pytest.raises(Refused, match="KW203"):
            desk.begin(NAME, names[2], PARKING)
        (error, done) = [event async for event in desk.send(NAME, names[2], PARKING)]
        assert (code_of([error]), done.kind) == ("KW203", "done")
        model.go.set()
        assert [text_of(await collect(sending)) for sending in taken] == [GROUNDED, GROUNDED]
        assert text_of(await collect(desk.begin(NAME, names[2], PARKING))) == GROUNDED

    asyncio.run(run())


def test_who_waits_too_long_is_told_busy(make: Make) -> None:
    async def run() -> None:
        desk, model = make(turns_at_once=1, queue=5, queue_seconds=0.05)
        names = [(await desk.open(NAME))[0] for _ in range(2)]
        first = desk.begin(NAME, names[0], PARKING)
        await begun(model)
        assert code_of(await collect(desk.begin(NAME, names[1], PARKING))) == "KW203"
        model.go.set()
        assert text_of(await collect(first)) == GROUNDED

    asyncio.run(run())


def test_a_cancelled_reply_is_what_was_shown_and_the_conversation_goes_on(make: Make) -> None:
    async def run() -> None:
        desk, model = make()
        name, _ = await desk.open(NAME)
        sending = desk.begin(NAME, name, PARKING, message_id="m")
        await begun(model)
        await desk.cancel(NAME, name, "m")
        events = await collect(sending)
        assert text_of(events) == FIRST.strip()
        assert "".join(str(event.data["text"]) for event in events if event.kind == "delta").strip() == FIRST.strip()
        again = await collect(desk.begin(NAME, name, PARKING, message_id="m"))
        assert text_of(again) == FIRST.strip()

    asyncio.run(run())


def test_what_is_cancelled_before_it_began_leaves_nothing(make: Make) -> None:
    async def run() -> None:
        desk, model = make(turns_at_once=1)
        one, other = [(await desk.open(NAME))[0] for _ in range(2)]
        first = desk.begin(NAME, one, PARKING)
        await begun(model)
        second = desk.begin(NAME, other, PARKING, message_id="m")
        await desk.cancel(NAME, other, "m")
        model.go.set()
        await collect(first)
        assert code_of(await collect(second)) == "KW204"
        assert (await desk.history(NAME, other)).events == ()

    asyncio.run(run())


def test_out_of_time_a_reply_ends_with_what_was_shown(make: Make) -> None:
    async def run() -> None:
        desk, _ = make(turn_seconds=5, grace_seconds=60)
        name, _ = await desk.open(NAME)
        assert text_of(await collect(desk.begin(NAME, name, PARKING))) == FIRST.strip()

    asyncio.run(run())


def test_a_reply_that_can_not_be_ended_is_given_up_and_not_kept(make: Make) -> None:
    async def run() -> None:
        desk, model = make(deaf=True, turn_seconds=5, grace_seconds=0)
        name, _ = await desk.open(NAME)
        sending = desk.begin(NAME, name, PARKING, message_id="m")
        assert code_of(await collect(sending)) == "KW205"
        assert desk.queue.running == 1  # its thread is still busy
        model.go.set()
        async with asyncio.timeout(PATIENCE_S):
            await sending.over.wait()
        assert (desk.queue.running, (await desk.history(NAME, name)).events) == (0, ())
        assert text_of(await collect(desk.begin(NAME, name, PARKING, message_id="m"))) == GROUNDED

    asyncio.run(run())


def test_who_listens_hears_of_other_tabs_and_of_staff(make: Make) -> None:
    async def run() -> None:
        desk, model = make()
        desk.staffed = lambda _bot: True
        model.go.set()
        name, last = await desk.open(NAME)
        heard = desk.subscribe(NAME, name, last)
        async with asyncio.timeout(PATIENCE_S):
            await collect(desk.begin(NAME, name, "please send me your programme"))
            assert [(await anext(heard)).data["from"] for _ in range(2)] == ["user", "bot"]
            await desk.record(NAME, name, "handoff", reason="asked")
            await desk.record(NAME, name, "agent_joined", agent="Ann")
            assert [(await anext(heard)).data for _ in range(2)] == [
                {"state": "waiting"},
                {"state": "agent", "agent": "Ann"},
            ]
            kept = await collect(desk.begin(NAME, name, "I am on canary.person@example.com", message_id="m"))
            assert [(e.kind, e.data.get("from")) for e in kept] == [("message", "user"), ("done", None)]
            assert (await anext(heard)).data["text"] == "I am on canary.person@example.com"
            event = await desk.io(
                desk.bot(NAME).people.say,
                name,
                "Thanks, canary.person@example.com, ask sam@museum.example",
                agent="Ann",
            )
            assert event.data["text"] == "Thanks, <EMAIL_ADDRESS_1>, ask <EMAIL_ADDRESS_2>"
            said = await anext(heard)
            assert (said.data["from"], said.data["agent"]) == ("agent", "Ann")
            assert said.data["text"] == "Thanks, canary.person@example.com, ask sam@museum.example"
            await desk.record(NAME, name, "handed_back", agent="Ann")
            assert (await anext(heard)).data == {"state": "bot"}
            assert str(text_of(await collect(desk.begin(NAME, name, "where can I park")))).startswith(GROUNDED)

    asyncio.run(run())


def test_while_nobody_can_come_the_bot_goes_on(make: Make) -> None:
    async def run() -> None:
        desk, model = make()
        model.go.set()
        name, _ = await desk.open(NAME)
        await desk.record(NAME, name, "handoff", reason="asked")
        assert text_of(await collect(desk.begin(NAME, name, PARKING))) == GROUNDED
        assert (await desk.history(NAME, name)).mode.name == "bot"

    asyncio.run(run())


def test_stopping_finishes_what_was_begun_and_takes_nothing_new(make: Make) -> None:
    async def run() -> None:
        desk, model = make()
        name, last = await desk.open(NAME)
        sending = desk.begin(NAME, name, PARKING)
        listening = asyncio.ensure_future(anext(desk.subscribe(NAME, name, last)))
        await begun(model)
        draining = asyncio.ensure_future(desk.drain())
        await asyncio.sleep(0)
        with pytest.raises(Refused, match="KW209"):
            desk.begin(NAME, name, "hello")
        async with asyncio.timeout(PATIENCE_S):
            assert (await listening).kind == "done"
            model.go.set()
            assert await draining
        assert text_of(await collect(sending)) == GROUNDED

    asyncio.run(run())


def test_stopping_does_not_wait_for_ever(make: Make) -> None:
    async def run() -> None:
        desk, model = make(deaf=True)
        name, _ = await desk.open(NAME)
        sending = desk.begin(NAME, name, PARKING)
        await begun(model)
        assert not await desk.drain(0.05)
        model.go.set()
        async with asyncio.timeout(PATIENCE_S):
            await sending.over.wait()
        assert (await desk.history(NAME, name)).events == ()

    asyncio.run(run())
