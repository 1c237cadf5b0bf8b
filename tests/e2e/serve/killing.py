"""Servers killed at random moments while many talk to them: nothing acknowledged is lost, nothing answered twice.

As a program it runs the whole of it, e.g.
    PYTHONPATH=core:kits:tests python -m e2e.serve.killing --database postgresql --kills 50 --conversations 200
and prints what it counted as JSON; the exit code is 1 where something was lost or answered twice.
"""

import argparse
import asyncio
import json
import os
import random
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from e2e.serve.nursery import NAME, Nursery
from kitwright.kit import new_kit

QUESTIONS = (
    "hello",
    "where can I park",
    "do you have a café",
    "can I bring my dog",
    "I want to plan a visit",
    "Saturday",
)
PATIENCE_S = 900.0  # a busy machine is no fault of the code
_LONGEST_PAUSE_S = 0.5
_PATIENCE_OF_ONE_S = 120.0  # for one answer; the message is sent again then
SETTINGS = {
    "KITWRIGHT_SECRET": "k" * 40,
    "KITWRIGHT_SERVE_SENDS_PER_MINUTE": "100000",
    "KITWRIGHT_SERVE_SENDS_PER_MINUTE_ADDRESS": "1000000",
    "KITWRIGHT_SERVE_OPENS_PER_MINUTE": "100000",
    "KITWRIGHT_SERVE_QUEUE": "1000",
    "KITWRIGHT_SERVE_QUEUE_SECONDS": "300",
    "KITWRIGHT_SERVE_TURN_SECONDS": "300",
}


@dataclass
class Talk:
    """One conversation and what was acknowledged in it: message id to (event id, reply)."""

    number: int
    id: str = ""
    token: str = ""
    acknowledged: dict[str, tuple[int, str]] = field(default_factory=dict)


@dataclass
class Outcome:
    """What came of it."""

    kills: int = 0
    stops: int = 0
    acknowledged: int = 0
    sent_again: int = 0
    seconds: float = 0
    troubles: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Killing:
    """A run.

    Args:
        nursery: starts servers.
        servers: how many at once.
        seed: of the moments, the questions and the servers asked.
    """

    def __init__(self, nursery: Nursery, *, servers: int, seed: int) -> None:
        self._nursery = nursery
        self._random = random.Random(seed)
        self._ports = [free_port() for _ in range(servers)]
        self._pids = {port: nursery.start(port) for port in self._ports}
        self._over = False
        self._count = 0
        self._answers = asyncio.Condition()
        self.outcome = Outcome()

    async def run(self, *, conversations: int, kills: int, interrupt: Callable[[], None] | None = None) -> Outcome:
        """Let many talk while servers are killed, then compare what was acknowledged with what is kept.

        Args:
            conversations: how many at once.
            kills: how many.
            interrupt: stops and starts the database, after half of the kills.
        """
        started = time.monotonic()
        talks = [Talk(number) for number in range(conversations)]
        limits = httpx.Limits(max_connections=conversations, max_keepalive_connections=conversations)
        async with httpx.AsyncClient(timeout=_PATIENCE_OF_ONE_S, limits=limits) as client:
            talking = [asyncio.ensure_future(self._talk(client, talk)) for talk in talks]
            await self._answered(client)
            for number in range(kills):
                await asyncio.sleep(self._random.uniform(0.05, 0.8))
                self._kill()
                if interrupt is not None and number == kills // 2:
                    await asyncio.to_thread(interrupt)
                    self.outcome.stops += 1
                await self._progress()
            self._over = True
            await asyncio.wait_for(asyncio.gather(*talking), PATIENCE_S)
            for talk in talks:
                await self._compare(client, talk)
        self.outcome.acknowledged = sum(len(talk.acknowledged) for talk in talks)
        self.outcome.seconds = round(time.monotonic() - started, 1)
        return self.outcome

    def _kill(self) -> None:
        port = self._random.choice(self._ports)
        self._nursery.kill(self._pids[port])
        self._pids[port] = self._nursery.start(port)
        self.outcome.kills += 1

    async def _progress(self) -> None:
        """Wait until something was acknowledged since the kill, so that each kill meets servers at work."""
        before = self._count
        async with self._answers:
            await asyncio.wait_for(self._answers.wait_for(lambda: self._count >= before + 3), PATIENCE_S)

    async def _answered(self, client: httpx.AsyncClient) -> None:
        for port in self._ports:
            await self._until_ok(partial(_get, client, f"http://127.0.0.1:{port}/ready"), "ready")

    async def _talk(self, client: httpx.AsyncClient, talk: Talk) -> None:
        opened = await self._until_ok(lambda url: client.post(f"{url}/api/conversations", json={"bot": NAME}), "open")
        talk.id, talk.token = opened["conversation_id"], opened["token"]
        path = f"/api/conversations/{talk.id}/messages"
        headers = {"Authorization": f"Bearer {talk.token}"}
        while not self._over or not talk.acknowledged:
            message_id = f"m{len(talk.acknowledged)}"
            sent = {"text": self._random.choice(QUESTIONS), "message_id": message_id}
            answer = await self._until_ok(partial(_post, client, path, sent, headers), "message")
            talk.acknowledged[message_id] = (answer["event_id"], answer["reply"])
            async with self._answers:
                self._count += 1
                self._answers.notify_all()

    async def _until_ok(self, ask: Callable[[str], Any], what: str) -> dict[str, Any]:
        """Ask any of the servers again and again until one answers."""
        ends, first, pause = time.monotonic() + PATIENCE_S, True, 0.02
        while time.monotonic() < ends:
            self.outcome.sent_again += not first and what == "message"
            first = False
            try:
                response = await ask(f"http://127.0.0.1:{self._random.choice(self._ports)}")
                if response.status_code < 300:
                    answer: dict[str, Any] = response.json()
                    return answer
                self.outcome.troubles[f"{what}: {response.json()['faults'][0]['code']}"] += 1
            except (httpx.TransportError, ValueError) as error:
                self.outcome.troubles[f"{what}: {type(error).__name__}"] += 1
            await asyncio.sleep(pause := min(_LONGEST_PAUSE_S, 2 * pause))
        raise TimeoutError(f"no server answered: {what}; {dict(self.outcome.troubles)}")

    async def _compare(self, client: httpx.AsyncClient, talk: Talk) -> None:
        headers = {"Authorization": f"Bearer {talk.token}"}
        history = await self._until_ok(
            lambda url: client.get(f"{url}/api/conversations/{talk.id}", headers=headers), "history"
        )
        self.outcome.wrong += differences(talk, history["messages"])


async def _get(client: httpx.AsyncClient, address: str, _url: str) -> httpx.Response:
    return await client.get(address)


async def _post(
    client: httpx.AsyncClient, path: str, sent: dict[str, str], headers: dict[str, str], url: str
) -> httpx.Response:
    return await client.post(f"{url}{path}", json=sent, headers=headers)


def differences(talk: Talk, messages: list[dict[str, Any]]) -> Iterator[str]:
    """What is wrong with a conversation as it is kept, against what was acknowledged."""
    by_speaker = {who: [m["message_id"] for m in messages if m["from"] == who] for who in ("user", "bot")}
    for who, ids in by_speaker.items():
        if ids != list(talk.acknowledged):
            yield f"conversation {talk.number}: {who} {ids}, acknowledged {list(talk.acknowledged)}"
    for message in messages:
        told = talk.acknowledged.get(message["message_id"] or "")
        if message["from"] == "bot" and told != (message["event_id"], message["text"]):
            yield f"conversation {talk.number}: {message['message_id']} was acknowledged otherwise than it is kept"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def nursery(folder: Path, store: str) -> Iterator[Nursery]:
    """A nursery in a project with a museum."""
    if not (folder / "kits" / NAME).exists():
        new_kit(NAME, folder)
    environment = {"KITWRIGHT_DATA": str(folder / "data"), "KITWRIGHT_CACHE": str(folder / "cache")} | SETTINGS
    made = Nursery(folder, store, environment)
    try:
        yield made
    finally:
        made.close()


def main() -> int:
    """Run it as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--conversations", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(2), "big"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = _run_on(Path(folder), given)
    sys.stdout.write(json.dumps({"database": given.database, "seed": given.seed, **vars(outcome)}, indent=1) + "\n")
    return 1 if outcome.wrong else 0


def _run_on(folder: Path, given: argparse.Namespace) -> Outcome:
    from integration.serve.postgres import binaries, running_postgres

    programs = binaries()
    is_server = given.database == "postgresql"
    if is_server and programs is None:
        raise SystemExit("no PostgreSQL here: apt-get install postgresql")
    with running_postgres(programs) if is_server and programs else nullcontext() as database:
        store = database.new_database() if database else f"sqlite:///{folder}/talks.sqlite"

        def interrupt() -> None:
            if database:
                database.stop("immediate")
                database.start()

        with nursery(folder, store) as servers:
            killing = Killing(servers, servers=2 if database else 1, seed=given.seed)
            return asyncio.run(
                killing.run(
                    conversations=given.conversations, kills=given.kills, interrupt=interrupt if database else None
                )
            )


if __name__ == "__main__":
    sys.exit(main())
