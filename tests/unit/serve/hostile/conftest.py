"""A real server on a real port, and what it logged: whatever is sent, it answers the next one and logs no content."""

import io
import json
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from kitwright.serve import ServeSettings, create_app
from kitwright.serve.log import write_logs
from kitwright.serve.process import configured
from unit.bot.museum import GROUNDED, PARKING, museum_bot
from unit.serve.conftest import SECRET

CANARY = "canary"
PATIENCE_S = 120.0


@dataclass
class Live:
    """A server that runs in a thread."""

    port: int
    logged: io.StringIO = field(repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self) -> socket.socket:
        """A bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_S)

    def exchange(self, *pieces: bytes) -> bytes:
        """What comes back for bytes, up to the end of the connection; empty where it was just closed."""
        with self.connect() as connection:
            try:
                for piece in pieces:
                    connection.sendall(piece)
            except (BrokenPipeError, ConnectionResetError):
                pass
            return read_all(connection)

    def open(self) -> tuple[str, dict[str, str]]:
        """A new conversation: its path, and the header with its token."""
        body = httpx.post(f"{self.url}/api/conversations", json={"bot": "museum"}, timeout=PATIENCE_S).json()
        return f"/api/conversations/{body['conversation_id']}", {"Authorization": f"Bearer {body['token']}"}

    def works(self) -> None:
        """See that somebody else is answered as ever."""
        path, headers = self.open()
        answer = httpx.post(f"{self.url}{path}/messages", json={"text": PARKING}, headers=headers, timeout=PATIENCE_S)
        assert answer.json()["reply"] == GROUNDED

    def lines(self) -> list[dict[str, Any]]:
        """What was logged."""
        return [json.loads(line) for line in self.logged.getvalue().splitlines()]


def read_all(connection: socket.socket) -> bytes:
    """All that comes, up to the end."""
    got = b""
    try:
        while piece := connection.recv(65536):
            got += piece
    except (ConnectionResetError, TimeoutError):
        pass
    return got


def status_of(answer: bytes) -> int:
    """The status of a raw answer; 0 for none."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


@contextmanager
def serving(kits: Path, settings: ServeSettings) -> Iterator[Live]:
    """A server with the museum bot."""
    logged = io.StringIO()
    bot = museum_bot(kits)
    bot.warm()
    before = {name: (log := logging.getLogger(name)).handlers[:] for name in ("kitwright.serve", "uvicorn")}
    write_logs(logged)
    server = configured(create_app([bot], settings=settings, secret=SECRET), host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Live(server.port(PATIENCE_S), logged)
    finally:
        server.should_exit = True
        thread.join(PATIENCE_S)
        bot.close()
        for name, handlers in before.items():
            log = logging.getLogger(name)
            log.handlers, log.propagate = handlers, True


@pytest.fixture(scope="module")
def start(museum_kits: Path) -> Iterator[Callable[..., Live]]:
    """`start(**settings)`: a server of this module."""
    running: list[Any] = []

    def started(**settings: Any) -> Live:
        generous = {"opens_per_minute": 10_000, "sends_per_minute_address": 10_000}
        context = serving(museum_kits, ServeSettings(**generous | settings))
        running.append(context)
        live: Live = context.__enter__()
        return live

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kitwright.privacy.tagger.recogniser.is_installed", lambda: False)
        yield started
        for context in reversed(running):
            context.__exit__(None, None, None)


@pytest.fixture(scope="module")
def live(start: Callable[..., Live]) -> Live:
    """A server with short patience."""
    return start(header_seconds=0.5, body_seconds=0.5)


@pytest.fixture(autouse=True)
def _nothing_is_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every attack: others are answered, and the logs hold nothing of it."""
    yield
    if "live" in request.fixturenames:
        server: Live = request.getfixturevalue("live")
        server.works()
        assert CANARY not in server.logged.getvalue().lower()
        assert all(line["event"] != "bug" for line in server.lines())
