"""Faults as answers: the status for each code, and bodies that never repeat what was sent."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from kitwright.errors import Fault, KitwrightError, Unexpected, UsageError
from kitwright.serve.shapes import shaped

STATUS: Final[Mapping[str, int]] = {
    "KW001": 404,
    "KW106": 422,
    "KW201": 413,
    "KW203": 503,
    "KW204": 409,
    "KW205": 504,
    "KW206": 429,
    "KW207": 401,
    "KW208": 403,
    "KW209": 503,
    "KW210": 403,
    "KW900": 500,
}
"""Status by the code of the first fault; 503 for all others."""

_SECONDS: Final = re.compile(r"in (\d+) seconds?")
_AGAIN: Final = frozenset({"KW203", "KW206", "KW209", "KW503"})  # worth trying again soon


class AsciiJSON(JSONResponse):
    """JSON in ASCII, since half a surrogate pair, from a person or a tool, could not be sent otherwise."""

    def render(self, content: Any) -> bytes:
        """The body."""
        return json.dumps(content, separators=(",", ":")).encode("ascii")


class FaultOut(BaseModel):
    """One thing that is wrong."""

    code: str
    place: str
    problem: str
    value: str | None
    choices: list[str]
    hint: str | None


class FaultsOut(BaseModel):
    """What is wrong with a request, or with the server."""

    faults: list[FaultOut]


def status_of(faults: Sequence[Fault]) -> int:
    """The status of an answer with these faults."""
    return STATUS.get(faults[0].code, 503) if faults else 500


def answer(status: int, faults: Sequence[Fault], path: str = "") -> JSONResponse:
    """An answer with faults, as who asks at this path expects them; says when to come again where that is worth it."""
    status, body = shaped(path, status, faults)
    response = AsciiJSON(body, status)
    if faults and faults[0].code in _AGAIN:
        seconds = _SECONDS.search(faults[0].hint or "")
        response.headers["Retry-After"] = seconds[1] if seconds else "1"
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def add_fault_handlers(app: FastAPI) -> None:
    """Make every error of the application an answer with faults."""
    app.add_exception_handler(KitwrightError, _failed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)


async def _failed(request: Request, error: Exception) -> Response:
    faults = error.faults if isinstance(error, KitwrightError) else []
    status = 404 if isinstance(error, UsageError) else 500 if isinstance(error, Unexpected) else status_of(faults)
    return answer(status, faults, request.url.path)


async def _refused(request: Request, error: Exception) -> Response:
    status, detail = (error.status_code, str(error.detail)) if isinstance(error, HTTPException) else (500, "failed")
    headers = error.headers if isinstance(error, HTTPException) else None
    response = answer(status, [Fault(code="KW001", place="path", problem=detail)], request.url.path)
    response.headers.update(headers or {})
    return response


async def _invalid(request: Request, error: Exception) -> Response:
    """What is wrong with the body, without the body itself."""
    errors = error.errors() if isinstance(error, RequestValidationError) else []
    known = _known_keys(request)
    faults = [_wrong(each["type"], each["loc"], each["msg"], known) for each in errors]
    return answer(422, faults, request.url.path)


def _known_keys(request: Request) -> tuple[str, ...]:
    body = getattr(request.scope.get("route"), "body_field", None)
    model = getattr(getattr(body, "field_info", None), "annotation", None)
    return tuple(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else ()


def _wrong(kind: str, place: Sequence[object], problem: str, known: tuple[str, ...]) -> Fault:
    """A fault of the body; an unknown key is not named, since it is part of what was sent."""
    if kind == "extra_forbidden":
        return Fault(code="KW105", place="body", problem="unknown key", choices=known)
    return Fault(code="KW106", place=".".join(str(part) for part in place), problem=problem)
