"""A stand-in for the desk of the server: conversations in memory whose replies are written for the tests."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

Data = dict[str, Any]

LONG = (
    "A parcel within the country takes **two to three days**. "
    "You get a message with a tracking number as soon as it has left our warehouse in Bristol."
)
RICH = (
    "You can return:\n\n- dresses and shirts\n- shoes, **unworn**\n\nFirst steps:\n"
    "1. Open your order\n2. Choose *Return*\n\nMore at [the returns page](https://fernhill.example/returns) or https://fernhill.example/help."
)
HOSTILE = "<img src=x onerror=window.hacked=1> **<script>window.hacked=1</script>** [press](javascript:window.hacked=1)"
SOURCES: list[Data] = [
    {"id": "returns/swimwear", "title": "Returning swimwear", "url": "https://fernhill.example/help/returns#swimwear"},
    {"id": "orders", "title": "Fernhill orders", "url": None},
]
BUTTONS: list[Data] = [
    {"title": "Where is my order?", "payload": "/track"},
    {"title": "Return something", "payload": "/return"},
]
LOREM = "Linen is washed at 30 degrees, inside out, and dried in the shade. " * 3


@dataclass
class Event:
    """What happened, as visitors see it."""

    id: int
    kind: str
    data: Data


@dataclass
class Talk:
    """One conversation."""

    id: str
    token: str
    bot: str
    state: str = "bot"
    agent: str | None = None
    shown_after: int = 0
    events: list[Event] = field(default_factory=list)
    turns: dict[str, list[Event]] = field(default_factory=dict)
    ratings: dict[int, Data] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)


@dataclass
class Desk:
    """All conversations, and the faults that tests order: `drops` and `busy` count down."""

    drops: int = 0
    busy: int = 0
    failures: int = 0
    talks: dict[str, Talk] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)
    opened: list[Data] = field(default_factory=list)
    staffed: bool = True
    banner: object = None
    consent: object = None
    hold: asyncio.Event = field(default_factory=asyncio.Event)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    last: int = 0

    def open(self, wanted: Data) -> Talk:
        """A new conversation."""
        self.opened.append(wanted)
        talk = Talk(secrets.token_hex(8), secrets.token_hex(16), wanted["bot"])
        self.talks[talk.id] = talk
        return talk

    async def put(self, talk: Talk, kind: str, **data: object) -> Event:
        """Store an event and wake whoever listens."""
        self.last += 1
        event = Event(self.last, kind, {**data, **({"event_id": self.last} if kind == "message" else {})})
        talk.events.append(event)
        async with self.changed:
            self.changed.notify_all()
        return event

    async def say(self, talk: Talk, speaker: str, text: str, **more: object) -> Event:
        """Store a message of somebody."""
        return await self.put(talk, "message", **{"from": speaker, "text": text, **more})

    async def turn(self, talk: Talk, text: str, message_id: str) -> AsyncIterator[tuple[str, Event | Data]]:
        """The frames of a turn: `delta`s, stored events, and what is left out where a drop was ordered."""
        if message_id in talk.turns:
            for event in talk.turns[message_id]:
                yield event.kind, event
            return
        self.ran.append(message_id)
        kept = talk.turns[message_id] = []
        if talk.state in ("waiting", "agent"):
            kept.append(await self.say(talk, "user", text, message_id=message_id))
            yield "message", kept[0]
            return
        reply, buttons, sources = self._reply(text)
        for word in reply.split(" "):
            if "slowly" in text and word == "message":
                await self.hold.wait()
            if message_id in talk.cancelled:
                return
            yield "delta", {"text": word if word == reply.split(" ", 1)[0] else f" {word}"}
            await asyncio.sleep(0.004)
        await self.say(talk, "user", text, message_id=message_id)
        kept.append(await self.say(talk, "bot", reply, sources=sources, handoff=False))
        if buttons:
            kept.append(await self.put(talk, "buttons", buttons=buttons))
        if "person" in text:
            kept.append(await self.to_state(talk, "waiting"))
        for event in kept:
            yield event.kind, event

    async def to_state(self, talk: Talk, state: str, agent: str | None = None) -> Event:
        """Hand over, take over, hand back."""
        talk.state, talk.agent = state, agent
        return await self.put(talk, "handoff", state=state, **({"agent": agent} if agent else {}))

    def _reply(self, text: str) -> tuple[str, list[Data], list[Data]]:
        said = text.lower()
        if "deliver" in said or "slowly" in said:
            return LONG, [], []
        if "rich" in said:
            return RICH, [], []
        if "hostile" in said:
            return HOSTILE, [], []
        if "swimwear" in said:
            return "Yes, swimwear can be returned if the hygiene strip is still in place.", [], SOURCES
        if "help" in said:
            return "I can help with these:", BUTTONS, []
        if "much" in said:
            return LOREM, [], []
        return f"You said: {text}", [], []

    async def since(self, talk: Talk, after: int) -> AsyncIterator[Event | None]:
        """Events after an id, then as they happen; None now and then, to keep the line awake."""
        while talk.id in self.talks:
            for event in [each for each in talk.events if each.id > after]:
                after = event.id
                yield event
            async with self.changed:
                try:
                    await asyncio.wait_for(self.changed.wait(), 1)
                except TimeoutError:
                    yield None

    def history(self, talk: Talk) -> list[Data]:
        """What the visitor sees of the past."""
        past: list[Data] = []
        for event in talk.events:
            if event.id <= talk.shown_after:
                continue
            if event.kind == "message":
                past.append({**event.data, "rating": talk.ratings.get(event.id, {}).get("value")})
            elif event.kind == "buttons" and past:
                past[-1]["buttons"] = event.data["buttons"]
        return past
