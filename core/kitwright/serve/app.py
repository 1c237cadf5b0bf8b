"""The HTTP application over a desk: the visitors' API, health, readiness, metrics, and a plain page.

    POST /api/conversations ...         see `kitwright.serve.api` and /openapi.json
    POST /api/bots/{bot}/messages       {"text", "conversation_id"?} -> the shape of `chat --json`
    GET  /health /ready /metrics        the process lives; its stores answer; for Prometheus
    GET  /                              the page
    GET  /console                       the staff's pages, see `kitwright.serve.console`

Errors are JSON: {"faults": [{"code", "place", "problem", "value", "choices", "hint"}]}.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.cors import CORSMiddleware

from kitwright import __version__
from kitwright.bot import Bot
from kitwright.serve.api import visitor_router
from kitwright.serve.console import add_console
from kitwright.serve.desk import Desk
from kitwright.serve.faults import AsciiJSON, add_fault_handlers
from kitwright.serve.health import router as health_router
from kitwright.serve.metrics import Metrics
from kitwright.serve.reception import new_reception
from kitwright.serve.secret import server_secret
from kitwright.serve.settings import ServeSettings, read_settings
from kitwright.serve.shield import Shield

PAGE: Final = Path(__file__).parent / "page"
_METHODS: Final = ("GET", "POST", "PUT", "DELETE")
_ASKED: Final = ("Authorization", "Content-Type", "Last-Event-ID", "X-Request-ID")
_TOLD: Final = ("Retry-After", "X-Request-ID")


def create_app(bots: Sequence[Bot], *, settings: ServeSettings | None = None, secret: str | None = None) -> FastAPI:
    """The application for these bots; the first is the one on the page.

    Args:
        bots: assembled; they are left open at the end.
        settings: limits; from the environment by default.
        secret: key of the visitors' tokens; from the environment or the data folder by default.

    Raises:
        UsageError: a setting in the environment is wrong.
        StoreFailed: the key can not be used.
    """
    metrics = Metrics()
    desk = Desk(bots, settings or read_settings(), observe=metrics.observe)
    metrics.running.set_function(lambda: desk.queue.running)
    metrics.waiting.set_function(lambda: desk.queue.waiting)
    metrics.streams.set_function(lambda: desk.broker.listeners())

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await desk.drain()
        desk.close()

    app = FastAPI(
        title="Kitwright",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        default_response_class=AsciiJSON,
    )
    key = secret or server_secret()
    app.state.reception = new_reception(desk, metrics, key)
    app.include_router(health_router)
    app.include_router(visitor_router())
    add_console(app, desk, key)

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(PAGE / "index.html")

    app.mount("/page", StaticFiles(directory=PAGE), name="page")
    if desk.settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=desk.settings.origins,
            allow_methods=_METHODS,
            allow_headers=_ASKED,
            expose_headers=_TOLD,
        )
    app.add_middleware(Shield, settings=desk.settings, metrics=metrics)
    add_fault_handlers(app)
    return app
