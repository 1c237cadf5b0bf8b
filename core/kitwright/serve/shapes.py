"""How faults are said: by the path of a request, in the words that its clients know.

    /v1/                    {"error": {"message", "type", "param", "code"}}                          as OpenAI
    /webhooks/rest          {"version", "status": "failure", "message", "reason", "details", "code"} as Rasa
    /webhooks/deep-chat     {"error": "..."}                                                         as deep-chat shows
    elsewhere               {"faults": [...]}

None of them repeats what was sent.
"""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, Final

from pydantic import BaseModel

from kitwright import __version__
from kitwright.errors import Fault


class OpenAIError(BaseModel):
    """What is wrong, to OpenAI's clients."""

    message: str
    type: str
    param: str | None
    code: str


class OpenAIErrorOut(BaseModel):
    """The body of an error of OpenAI's API."""

    error: OpenAIError


class RasaErrorOut(BaseModel):
    """The body of an error of Rasa's HTTP API."""

    version: str
    status: str
    message: str
    reason: str
    details: dict[str, Any]
    help: str | None
    code: int


class DeepChatErrorOut(BaseModel):
    """An error as deep-chat shows it."""

    error: str


Shaped = tuple[int, dict[str, Any]]
_OPENAI_CODES: Final = {"KW201": "string_above_max_length", "KW206": "rate_limit_exceeded", "KW207": "invalid_api_key"}
_OPENAI_TYPES: Final = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


def errors(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """The errors of a router, for the description of the API."""
    return {status: {"model": model} for status in (400, 401, 403, 404, 408, 409, 413, 422, 429, 500, 503, 504)}


def shaped(path: str, status: int, faults: Sequence[Fault]) -> Shaped:
    """The status and body of an answer with faults to a request for this path."""
    for prefix, shape in _SHAPES:
        if path.startswith(prefix):
            return shape(status, faults)
    return status, {"faults": [fault.as_dict() for fault in faults]}


def sentence(faults: Sequence[Fault]) -> str:
    """The first fault, said to a person."""
    if not faults:
        return "Failed."
    fault = faults[0]
    choices = f" ({', '.join(fault.choices)})" if fault.choices else ""
    said = f"{fault.problem}{choices}{': ' + fault.hint if fault.hint else ''}."
    return said[0].upper() + said[1:]


def openai_error(status: int, faults: Sequence[Fault]) -> Shaped:
    """OpenAI's shape; what is wrong with a body is a 400 there."""
    status = 400 if status == 422 else status
    fault = faults[0] if faults else Fault(code="KW900", place="server", problem="failed")
    param = fault.place.removeprefix("body.") if status in (400, 404, 413) else None
    code = _OPENAI_CODES.get(fault.code, fault.code)
    if status == 404:
        param, code = ("model", "model_not_found") if fault.place == "bot" else (None, "unknown_url")
    kind = _OPENAI_TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    return status, {"error": {"message": sentence(faults), "type": kind, "param": param, "code": code}}


def rasa_error(status: int, faults: Sequence[Fault]) -> Shaped:
    """The shape of errors of Rasa's HTTP API."""
    body = {
        "version": __version__,
        "status": "failure",
        "message": sentence(faults),
        "reason": HTTPStatus(status).phrase.title().replace(" ", ""),
        "details": {"faults": [fault.as_dict() for fault in faults]},
        "help": None,
        "code": status,
    }
    return status, body


def deep_chat_error(status: int, faults: Sequence[Fault]) -> Shaped:
    """What deep-chat shows as an error."""
    return status, {"error": sentence(faults)}


_SHAPES: Final[Sequence[tuple[str, Callable[[int, Sequence[Fault]], Shaped]]]] = (
    ("/v1/", openai_error),
    ("/webhooks/rest", rasa_error),
    ("/webhooks/deep-chat", deep_chat_error),
)
