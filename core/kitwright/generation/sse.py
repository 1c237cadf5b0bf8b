"""Reading the stream of an OpenAI-compatible chat completion: server-sent events with JSON in them."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

_FIELD: Final = "data:"
_END: Final = "[DONE]"


class MalformedStream(ValueError):
    """The server answered something else than a stream of chat completion chunks; says what, quotes nothing."""


def content_pieces(lines: Iterable[str]) -> Iterator[str]:
    """The non-empty `delta.content` of the first choice, until `[DONE]` or the end.

    Servers that send no `[DONE]`, usage in a last chunk without choices, comments, or `reasoning_content` are
    all understood; reasoning is left out.

    Raises:
        MalformedStream: not JSON, not of the agreed shape, an error of the server, or it broke off.
    """
    finished = False
    for line in lines:
        if not line.startswith(_FIELD):
            continue
        data = line.removeprefix(_FIELD).strip()
        if data == _END:
            return
        choice = _first_choice(data)
        finished = finished or choice.get("finish_reason") is not None
        if content := _content(choice):
            yield content
    if not finished:
        raise MalformedStream("the stream broke off before its end")


def _first_choice(data: str) -> dict[str, Any]:
    try:
        chunk = json.loads(data)
    except ValueError as error:
        raise MalformedStream("the stream holds something that is not JSON") from error
    if not isinstance(chunk, dict):
        raise MalformedStream("a chunk of the stream is not an object")
    if chunk.get("error"):
        raise MalformedStream("the server reported an error within the stream")
    choices = chunk.get("choices")
    if choices is None or choices == []:
        return {}
    if not isinstance(choices, list) or not isinstance(choices[0], dict):
        raise MalformedStream("`choices` in the stream has the wrong shape")
    return choices[0]


def _content(choice: dict[str, Any]) -> str:
    delta = choice.get("delta") or {}
    content = delta.get("content") if isinstance(delta, dict) else delta
    if content is None:
        return ""
    if not isinstance(content, str):
        raise MalformedStream("`delta.content` in the stream is not text")
    return content
