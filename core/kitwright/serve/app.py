"""The HTTP application over a desk: the visitors' API, health, readiness, metrics, and the pages.

    POST /api/conversations ...         see `kitwright.serve.api` and /openapi.json
    POST /api/bots/{bot}/messages       {"text", "conversation_id"?} -> the shape of `chat --json`
    GET  /health /ready /metrics        the process lives; its stores answer; for Prometheus
    GET  / /widget.js                   the pages, see `kitwright.serve.site`
    GET  /console                       the staff's pages, see `kitwright.serve.console`
    POST /v1/chat/completions ...       other chat protocols, see `kitwright.serve.doors`

Errors are JSON: {"faults": [{"code", "place", "problem", "value", "choices", "hint"}]}, or as the protocol has them.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from kitwright import __version__
from kitwright.bot import Bot
from kitwright.serve.api import visitor_router
from kitwright.serve.console import add_console
from kitwright.serve.desk import Desk
from kitwright.serve.doors import open_doors
from kitwright.serve.doors.keys import Keys, read_keys
from kitwright.serve.faults import AsciiJSON, add_fault_handlers
from kitwright.serve.health import router as health_router
from kitwright.serve.metrics import Metrics
from kitwright.serve.reception import new_reception
from kitwright.serve.secret import server_secret
from kitwright.serve.settings import ServeSettings, read_settings
from kitwright.serve.shield import Shield
from kitwright.serve.site import Front, site_routes

_METHODS: Final = ("GET", "POST", "PUT", "DELETE")
_ASKED: Final = ("Authorization", "Content-Type", "Last-Event-ID", "X-Request-ID")
_TOLD: Final = ("Retry-After", "X-Request-ID")


def create_app(
    bots: Sequence[Bot], *, settings: ServeSettings | None = None, secret: str | None = None, keys: Keys | None = None
) -> FastAPI:
    """The application for these bots; the first is the one on the page.

    Args:
        bots: assembled; they are left open at the end.
        settings: limits; from the environment by default.
        secret: key of the visitors' tokens; from the environment or the data folder by default.
        keys: of the doors for programs; from the environment by default.

    Raises:
        UsageError: a setting or key in the environment is wrong.
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
    secret = secret or server_secret()
    app.state.reception = new_reception(desk, metrics, secret)
    app.include_router(health_router)
    app.include_router(visitor_router())
    add_console(app, desk, secret)
    open_doors(app, app.state.reception, secret, read_keys() if keys is None else keys)
    app.router.routes.extend(site_routes([_front(bot) for bot in desk.bots.values()]))
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


def _front(bot: Bot) -> Front:
    return Front(bot.name, bot.title, bot.kit.manifest.language, bot.file.page_folder)
