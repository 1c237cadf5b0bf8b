"""The HTTP application: one JSON endpoint per bot, a health check, and a plain page.

    POST /api/bots/{bot}/messages   {"text", "conversation_id"?} -> the shape of `chat --json`
    GET  /api/bots                  [{"name", "title"}]
    GET  /health                    {"status": "ok"}
    GET  /                          the page

Errors are JSON: {"faults": [{"code", "place", "problem", "value", "choices", "hint"}]}.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Annotated, Final

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from kitwright import __version__
from kitwright.bot import Bot
from kitwright.errors import Fault, KitwrightError, Unexpected, UsageError

PAGE: Final = Path(__file__).parent / "page"
MAX_BODY: Final = 256 * 1024  # bytes
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'"
)

ConversationId = Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


class MessageIn(BaseModel):
    """One message of a visitor."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    text: str
    conversation_id: ConversationId | None = None


def create_app(bots: Sequence[Bot]) -> FastAPI:
    """The application for these bots; the first is the one on the page."""
    app = FastAPI(title="Kitwright", version=__version__, docs_url=None, redoc_url=None)
    by_name = {bot.name: bot for bot in bots}

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/api/bots")
    def list_bots() -> list[dict[str, str]]:
        return [{"name": bot.name, "title": bot.file.title or bot.kit.manifest.title} for bot in bots]

    @app.post("/api/bots/{name}/messages")
    async def message(name: str, sent: MessageIn) -> Response:
        bot = by_name.get(name)
        if bot is None:
            raise UsageError(Fault(code="KW001", place="path.bot", problem="no such bot", choices=tuple(by_name)))
        reply = await run_in_threadpool(bot.reply, sent.text, conversation=sent.conversation_id)
        # In ASCII, since half a surrogate pair, from a person or a tool, could not be sent otherwise.
        return Response(json.dumps(reply.as_record(sent.text)), media_type="application/json")

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(PAGE / "index.html")

    app.mount("/page", StaticFiles(directory=PAGE), name="page")
    app.middleware("http")(_guarded)
    app.add_exception_handler(KitwrightError, _failed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    return app


async def _guarded(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuse bodies that are too large, and send the security headers."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > MAX_BODY or "transfer-encoding" in request.headers:
        fault = Fault(code="KW201", place="body", problem=f"longer than {MAX_BODY} bytes, or of unknown length")
        return _answer(413, [fault])
    response = await call_next(request)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _answer(status: int, faults: Sequence[Fault]) -> JSONResponse:
    return JSONResponse({"faults": [fault.as_dict() for fault in faults]}, status)


async def _failed(_request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, UsageError) else 500 if isinstance(error, Unexpected) else 503
    return _answer(status, error.faults if isinstance(error, KitwrightError) else [])


async def _refused(_request: Request, error: Exception) -> Response:
    status, detail = (error.status_code, str(error.detail)) if isinstance(error, HTTPException) else (500, "failed")
    return _answer(status, [Fault(code="KW001", place="path", problem=detail)])


async def _invalid(_request: Request, error: Exception) -> Response:
    """What is wrong with the body, without the body itself."""
    errors = error.errors() if isinstance(error, RequestValidationError) else []
    return _answer(422, [_wrong(each["type"], each["loc"], each["msg"]) for each in errors])


def _wrong(kind: str, place: Sequence[object], problem: str) -> Fault:
    """A fault of the body; an unknown key is not named, since it is part of what was sent."""
    if kind == "extra_forbidden":
        return Fault(code="KW105", place="body", problem="unknown key", choices=tuple(MessageIn.model_fields))
    return Fault(code="KW106", place=".".join(str(part) for part in place), problem=problem)
