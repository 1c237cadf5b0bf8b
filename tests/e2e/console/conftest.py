"""The museum's server with its console, the staff in browsers of their own, screenshots in reports/console."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page

from e2e.widget.conftest import ROOT
from e2e.widget.serving import Served
from kitwright.bot import Bot
from kitwright.serve import ServeSettings, create_app
from kitwright.serve.console.passwords import Passwords
from unit.bot.museum import museum_bot

SHOTS = ROOT / "reports" / "console"
PASSWORD = "correct horse battery staple"
_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def bot(museum_kits: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bot]:
    """The museum bot."""
    monkeypatch.setattr("kitwright.privacy.tagger.recogniser.is_installed", lambda: False)
    monkeypatch.setattr("kitwright.serve.console.application.is_installed", lambda: False)
    monkeypatch.setattr("kitwright.serve.console.parts.Passwords", lambda: Passwords(_HASHER))
    museum = museum_bot(museum_kits)
    yield museum
    museum.close()


@pytest.fixture
def museum(bot: Bot) -> Iterator[Served]:
    """The museum's server; its staff are Ana, who keeps everything, and Rob, who reviews."""
    app = create_app([bot], settings=ServeSettings(), secret="s" * 40)
    for name, role in (("Ana", "admin"), ("Rob", "reviewer")):
        app.state.console.staff.add(name, role, _HASHER.hash(PASSWORD))
    app.state.console.staffed.look()
    served = Served(app)
    yield served
    served.stop()


@dataclass
class Worker:
    """Somebody of the staff at the console; `troubles` is what the browser complained about."""

    page: Page
    url: str
    troubles: list[str] = field(default_factory=list)

    def see(self, path: str) -> Page:
        """Open a page."""
        self.page.goto(f"{self.url}/console{path}")
        return self.page

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def sign_in(self, name: str, password: str = PASSWORD) -> None:
        """Fill in the form by keyboard alone, and send it."""
        self.see("/sign-in")
        self.page.keyboard.type(name)  # the field has the focus
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(password)
        self.page.keyboard.press("Enter")

    def shot(self, name: str) -> None:
        """A picture to be looked at by a person."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", animations="disabled", full_page=True)


Come = Callable[..., Worker]


@pytest.fixture
def come(browser: Browser, museum: Served) -> Iterator[Come]:
    """`come("Ana", **of the browser)`: signed in; no page may ask another host or break its policy."""
    workers: list[Worker] = []

    def arrive(name: str | None = None, **has: Any) -> Worker:
        page = browser.new_context(
            **{"reduced_motion": "reduce", "viewport": {"width": 1200, "height": 800}, **has}
        ).new_page()
        worker = Worker(page, museum.url)
        workers.append(worker)
        page.on("pageerror", lambda error: worker.troubles.append(str(error)))
        page.on("console", lambda line: worker.troubles.append(line.text) if "Security Policy" in line.text else None)
        page.on("request", lambda sent: None if sent.url.startswith(museum.url) else worker.troubles.append(sent.url))
        if name:
            worker.sign_in(name)
            page.wait_for_url("**/console/")
        return worker

    yield arrive
    for worker in workers:
        worker.page.context.close()
        assert worker.troubles == []
