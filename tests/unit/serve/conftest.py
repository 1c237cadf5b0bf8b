"""The museum bot behind the application, and a visitor of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from kitwright.bot import Bot
from kitwright.serve import ServeSettings, create_app
from unit.bot.museum import museum_bot
from unit.bot.museum_kits import museum_folder, museum_kits

__all__ = ["museum_folder", "museum_kits"]

SECRET = "s" * 40


@dataclass
class Visitor:
    """A visitor with a conversation of their own."""

    client: TestClient
    id: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def ask(self, method: str, what: str = "", **sent: Any) -> Any:
        """A request about the conversation."""
        headers = self.headers | sent.pop("headers", {})
        return self.client.request(method, f"/api/conversations/{self.id}{what}", headers=headers, **sent)

    def say(self, text: str, message_id: str | None = None) -> dict[str, Any]:
        """The answer to a message, as JSON."""
        response = self.ask("POST", "/messages", json={"text": text, "message_id": message_id})
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer


Serve = Callable[..., TestClient]


@pytest.fixture
def serve(museum_kits: Path) -> Iterator[Serve]:
    """`serve(settings=..., **of the bot)`: a client of an application with the museum bot; closed after the test."""
    opened: list[tuple[TestClient, Bot]] = []

    def made(settings: ServeSettings | None = None, **options: Any) -> TestClient:
        bot = museum_bot(museum_kits, **options)
        app: FastAPI = create_app([bot], settings=settings or ServeSettings(), secret=SECRET)
        client = TestClient(app, raise_server_exceptions=False)
        client.__enter__()
        opened.append((client, bot))
        return client

    yield made
    for client, bot in opened:
        client.__exit__(None, None, None)
        bot.close()


@pytest.fixture
def client(serve: Serve) -> TestClient:
    return serve()


def new_visitor(client: TestClient, **more: Any) -> Visitor:
    """Open a conversation."""
    response = client.post("/api/conversations", json={"bot": "museum", **more})
    assert response.status_code == 201, response.text
    body = response.json()
    return Visitor(client, body["conversation_id"], body["token"])


@pytest.fixture
def visitor(client: TestClient) -> Visitor:
    return new_visitor(client)
