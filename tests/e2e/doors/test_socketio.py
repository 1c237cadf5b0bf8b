"""python-socketio's client, as Rasa's users write it: sessions, replies, metadata, tokens, people of the staff."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import jwt
import pytest
import socketio

from e2e.doors.conftest import Build, House
from kitwright.serve.doors.keys import Keys
from unit.bot.museum import ASK_ADDRESS, GROUNDED, PARKING

ADDRESS = "ada.lovelace@example.org"
WAIT_S = 60


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """What comes of it, on a loop in a thread: a browser of other tests may have one in this thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class Client:
    """A connected client, and what it hears."""

    def __init__(self) -> None:
        self.socket = socketio.AsyncClient(reconnection=False)
        self.heard: asyncio.Queue[Any] = asyncio.Queue()
        self.sessions: asyncio.Queue[Any] = asyncio.Queue()
        self.socket.on("bot_uttered", self.heard.put)
        self.socket.on("session_confirm", self.sessions.put)

    async def session(self, session_id: str | None = None) -> Any:
        await self.socket.emit("session_request", {"session_id": session_id})
        return await asyncio.wait_for(self.sessions.get(), WAIT_S)

    async def say(self, text: str, **more: Any) -> Any:
        """The first answer to a message."""
        await self.socket.emit("user_uttered", {"message": text, **more})
        return await self.hear()

    async def hear(self) -> Any:
        return await asyncio.wait_for(self.heard.get(), WAIT_S)


@asynccontextmanager
async def connected(house: House, **options: Any) -> AsyncIterator[Client]:
    client = Client()
    await client.socket.connect(house.url, **options)
    try:
        yield client
    finally:
        await client.socket.disconnect()


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_conversation_lasts_as_long_as_its_connection(house: House, transport: str) -> None:
    async def talk() -> None:
        async with connected(house, transports=[transport]) as client:
            session = await client.session()
            assert isinstance(session, str)
            assert len(session) == 32
            assert await client.session("mine") == "mine"
            greeting = await client.say("hello", session_id=session, customData={"language": "en"})
            assert greeting["quick_replies"] == [
                {"content_type": "text", "title": "Plan a visit", "payload": "/plan_visit"}
            ]
            assert await client.say("/plan_visit") == {"text": "On which day would you like to come?"}
            await client.say("stop")
            parking = await client.say(PARKING)
            assert parking["text"] == GROUNDED
            assert parking["metadata"]["sources"]
            await client.say(ASK_ADDRESS)
            assert ADDRESS in (await client.say(ADDRESS))["text"]
        async with connected(house, transports=[transport]) as client:
            await client.say("hello", session_id=session)

    run(talk())
    first, second = house.conversations()
    assert len(house.bot.store.events("museum", first)) > len(house.bot.store.events("museum", second))


def test_messages_are_answered_in_the_order_they_came(house: House) -> None:
    async def talk() -> None:
        async with connected(house) as client:
            for text in ("hello", "/plan_visit", "Saturday"):
                await client.socket.emit("user_uttered", {"message": text})
            said = [(await client.hear())["text"] for _ in range(3)]
        assert said[0].startswith("Hello!")
        assert said[1] == "On which day would you like to come?"
        assert said[2].startswith("On Saturday")

    run(talk())


def test_sessions_persist_where_the_settings_say_so(build: Build) -> None:
    house = build(socketio_session_persistence=True)

    async def talk() -> None:
        async with connected(house) as client:
            session = await client.session()
            await client.say(ASK_ADDRESS, session_id=session)
        async with connected(house) as client:
            await client.socket.emit("user_uttered", {"message": "a message without a session is dropped"})
            assert await client.session(session) == session
            assert ADDRESS in (await client.say(ADDRESS, session_id=session))["text"]
            assert client.heard.empty()

    run(talk())
    assert len(house.conversations()) == 1


def test_names_are_those_of_the_settings(build: Build) -> None:
    house = build(
        socketio_path="/talk/here",
        socketio_namespace="/museum",
        socketio_user_event="asked",
        socketio_bot_event="told",
        socketio_metadata_key="extra",
    )

    async def talk() -> Any:
        socket, heard = socketio.AsyncClient(), asyncio.Queue[Any]()
        socket.on("told", heard.put, namespace="/museum")
        await socket.connect(house.url, socketio_path="/talk/here", namespaces=["/museum"])
        await socket.emit("asked", {"message": "hello", "extra": '{"bot": "nobody"}'}, namespace="/museum")
        refused = await asyncio.wait_for(heard.get(), WAIT_S)
        await socket.emit("asked", {"message": "/plan_visit", "extra": {"bot": "museum"}}, namespace="/museum")
        answered = await asyncio.wait_for(heard.get(), WAIT_S)
        await socket.disconnect()
        return refused, answered

    refused, answered = run(talk())
    assert refused["text"].startswith("No such bot")
    assert answered == {"text": "On which day would you like to come?"}


def test_a_token_is_asked_for_where_there_is_a_key(build: Build) -> None:
    house = build(keys=Keys(jwt="k" * 32))
    good, forged = (jwt.encode({"sub": "page"}, key * 32, algorithm="HS256") for key in "kx")

    async def talk() -> None:
        for auth in (None, {"token": forged}, {"token": 7}):
            with pytest.raises(socketio.exceptions.ConnectionError):
                async with connected(house, auth=auth, wait_timeout=WAIT_S):
                    pass
        async with connected(house, auth={"token": good}) as client:
            assert await client.say("/plan_visit")

    run(talk())


def test_what_is_wrong_is_said_to_the_person(build: Build) -> None:
    house = build(sends_per_minute_address=3, message_characters=50)

    async def talk() -> list[str]:
        async with connected(house) as client:
            said = [await client.say("x" * 51)]
            await client.socket.emit("user_uttered", {"message": {"no": "text"}})
            said.append(await client.hear())
            await client.socket.emit("user_uttered", "no object")
            said.append(await client.hear())
            for _ in range(3):
                await client.say("hello")
            said.append(await client.say("hello"))
            return [each["text"] for each in said]

    long, wrong, no_object, many = run(talk())
    assert long == "Longer than 50 characters."
    assert wrong == no_object == "A message is a text."
    assert many.startswith("Too many messages from one address: try again in")


def test_a_person_of_the_staff_is_heard_at_once(house: House) -> None:
    house.staff()

    async def talk() -> None:
        async with connected(house) as client:
            await client.say("hello")
            conversation = house.conversations()[0]
            house.bot.people.record(conversation, "agent_joined", agent="Sam")
            await client.socket.emit("user_uttered", {"message": PARKING})
            await asyncio.to_thread(house.bot.people.say, conversation, "Behind the house.", agent="Sam")
            assert await client.hear() == {"text": "Behind the house."}

    run(talk())
