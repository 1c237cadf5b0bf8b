"""The console over the museum bot, and people of the staff, each with cookies of their own."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from kitwright.serve.console import application
from kitwright.serve.console.parts import Console
from kitwright.serve.console.passwords import Passwords
from kitwright.serve.console.recent import Recent
from unit.serve.conftest import Serve

PASSWORD = "correct horse battery staple"
_TOKEN = re.compile(r'name="token" value="([0-9a-f]+)"')


def cheap() -> Passwords:
    """Hashes that take no time."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@dataclass
class Person:
    """Somebody with a browser."""

    client: TestClient
    cookie: str = ""
    token: str = ""
    seen: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, **sent: Any) -> Any:
        """A request to a page of the console; no redirect is followed."""
        self.client.cookies.clear()
        headers = {"Cookie": f"kitwright_console={self.cookie}"} if self.cookie else {}
        headers |= sent.pop("headers", {})
        response = self.client.request(method, f"/console{path}", headers=headers, follow_redirects=False, **sent)
        if "kitwright_console" in response.cookies:
            self.cookie = response.cookies["kitwright_console"]
        found = _TOKEN.search(response.text)
        self.token = found[1] if found else self.token
        return response

    def see(self, path: str) -> str:
        """A page that opens."""
        response = self.ask("GET", path)
        assert response.status_code == 200, (response.status_code, response.text[-400:])
        return str(response.text)

    def send(self, path: str, **fields: str) -> Any:
        """Send a form with its token."""
        return self.ask("POST", path, data={"token": self.token, **fields})

    def sign_in(self, name: str, password: str = PASSWORD, back: str = "") -> Any:
        """Open the form and send it."""
        self.see("/sign-in")
        return self.send("/sign-in", name=name, password=password, back=back)


@dataclass
class Office:
    """An application with its staff."""

    client: TestClient

    @property
    def console(self) -> Console:
        found: Console = self.client.app.state.console  # type: ignore[attr-defined]  # it is a FastAPI application
        return found

    def hire(self, name: str, role: Any) -> None:
        """Add somebody to the staff."""
        self.console.staff.add(name, role, self.console.passwords.hashed(PASSWORD))
        self.console.staffed.look()

    def stranger(self) -> Person:
        """Somebody who is not signed in."""
        return Person(self.client)

    def signed_in(self, name: str, role: Any) -> Person:
        """Somebody new of the staff, signed in."""
        self.hire(name, role)
        person = self.stranger()
        assert person.sign_in(name).status_code == 303
        person.see("/account")
        return person

    def done(self) -> list[tuple[str, str]]:
        """Who did what, newest first."""
        from datetime import UTC, datetime, timedelta

        now = datetime.now(UTC)
        entries = self.console.audit.between(now - timedelta(hours=1), now + timedelta(hours=1))
        return [(entry.who, entry.what) for entry in entries]


@pytest.fixture
def open_office(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Office]:
    """`open_office(...)`: an application with options of its own."""
    monkeypatch.setattr("kitwright.serve.console.parts.Passwords", cheap)
    monkeypatch.setattr("kitwright.serve.console.parts.Recent", lambda: Recent(times=0))
    monkeypatch.setattr("kitwright.serve.console.application.is_installed", lambda: False)
    application._encoder.cache_clear()
    return lambda *given, **options: Office(serve(*given, **options))


@pytest.fixture
def office(open_office: Callable[..., Office]) -> Office:
    return open_office()
