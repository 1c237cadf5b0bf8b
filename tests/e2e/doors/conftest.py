"""A real server with the museum bot, for clients that other people wrote."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from e2e.doors.packages import DEEP_CHAT, RASA_WEBCHAT, npm_package
from e2e.widget.serving import Served
from kitwright.bot import Bot
from kitwright.serve import ServeSettings, create_app
from kitwright.serve.doors.keys import Keys
from unit.bot.museum import museum_bot
from unit.serve.conftest import SECRET

PAGES = Path(__file__).parent / "pages"


@dataclass
class House:
    """A server and the bot in it."""

    served: Served
    app: FastAPI
    bot: Bot

    @property
    def url(self) -> str:
        return self.served.url

    def conversations(self) -> list[str]:
        """Ids of all that is kept."""
        return list(self.bot.store.conversations(self.bot.name))

    def staff(self) -> None:
        """From now on there are people who can answer."""
        self.app.state.reception.desk.staffed = lambda _bot: True


Build = Callable[..., House]


@pytest.fixture
def build(museum_kits: Path) -> Iterator[Build]:
    """`build(keys=..., app settings...)`: a server; stopped after the test."""
    houses: list[House] = []

    def made(keys: Keys | None = None, **settings: Any) -> House:
        bot = museum_bot(museum_kits)
        bot.warm()
        app = create_app([bot], settings=ServeSettings(**settings), secret=SECRET, keys=keys or Keys())
        house = House(Served(app), app, bot)
        houses.append(house)
        return house

    yield made
    for house in houses:
        house.served.stop()
        house.bot.close()


@pytest.fixture
def house(build: Build) -> House:
    return build()


def show_page(app: Starlette, path: str, name: str, **texts: str) -> None:
    """Put a page with somebody's chat client on a server, as its owner would."""
    page = (PAGES / name).read_text(encoding="utf-8")
    for key, text in texts.items():
        page = page.replace(f"{{{key}}}", text)
    policy = {"Content-Security-Policy": "default-src * 'unsafe-inline' data: blob:"}

    def show(_request: Request) -> Response:
        return HTMLResponse(page, headers=policy)

    def package(request: Request) -> Response:
        known = {each[0]: each for each in (DEEP_CHAT, RASA_WEBCHAT)}
        folder = npm_package(*known[request.path_params["package"]])
        return FileResponse(folder / request.path_params["file"])

    app.router.add_route(path, show)
    app.router.add_route("/packages/{package}/{file:path}", package)
