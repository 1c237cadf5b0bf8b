"""The console's routes, put into an application."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy.typing as npt
from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from kitwright.encoder import HashingEncoder, embedded_encoder, is_installed
from kitwright.pages import STYLE
from kitwright.protocols import Encoder
from kitwright.serve.console import conversation, conversations, dashboard, keeping, ratings, sign_in, trace
from kitwright.serve.console.page import HERE
from kitwright.serve.console.parts import new_console
from kitwright.serve.console.session import PATH
from kitwright.serve.desk import Desk
from kitwright.types import ScrubbedText

_ROOMS: Final = (sign_in, conversations, conversation, trace, ratings, dashboard, keeping)


def add_console(app: FastAPI, desk: Desk, secret: str) -> None:
    """Put the console into an application; from now on the desk knows whether people can answer.

    Raises:
        StoreFailed: the database of the staff can not be opened.
    """
    console = new_console(desk, secret, _encode)
    app.state.console = console
    desk.staffed = console.staffed
    router = APIRouter(prefix=PATH, include_in_schema=False)
    for room in _ROOMS:
        router.include_router(room.router)

    @router.get("/page.css")
    def base_style() -> FileResponse:
        return FileResponse(STYLE, media_type="text/css")

    app.include_router(router)
    app.mount(f"{PATH}/static", StaticFiles(directory=HERE / "static"), name="console")


def _encode(texts: Sequence[ScrubbedText]) -> npt.NDArray[Any]:
    return _encoder().encode(texts)


@cache
def _encoder() -> Encoder:
    """The embedded encoder; where it is not installed, one that compares words."""
    return embedded_encoder() if is_installed() else HashingEncoder()
