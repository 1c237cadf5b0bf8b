"""The OpenAI-compatible backend against a recording server on this machine."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kitwright.errors import BackendFailed
from kitwright.generation import OpenAICompatibleBackend
from kitwright.types import Message, Prompt, ScrubbedText

PROMPT = Prompt(
    messages=(
        Message("system", ScrubbedText("Be brief.")),
        Message("tool", ScrubbedText("14 days")),
        Message("user", ScrubbedText("my private question")),
    ),
    tokens=0,
    max_new_tokens=30,
)
KEY = "sk-very-secret"


@dataclass
class Endpoint:
    """Answers with (status, body) in order, the last one again and again; a body of None never comes."""

    answers: list[tuple[int, bytes | None]]
    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)

    def next_answer(self) -> tuple[int, bytes | None]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    point = Endpoint([(200, sse("Hello"))])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            point.paths.append(self.path)
            point.keys.append(self.headers.get("Authorization"))
            point.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            status, body = point.next_answer()
            self.send_response(status)
            self.end_headers()
            if body is None:
                point.release.wait(10)
            else:
                self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    point.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield point
    point.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


def chunk(finish: str | None = None, **delta: object) -> bytes:
    return event({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


def event(data: object) -> bytes:
    return b"data: " + json.dumps(data).encode() + b"\n\n"


def sse(*pieces: str, done: bool = True) -> bytes:
    body = chunk(role="assistant", content="") + b"".join(chunk(content=piece) for piece in pieces) + chunk("stop")
    return body + (b"data: [DONE]\n\n" if done else b"")


def backend_for(endpoint: Endpoint, **options: Any) -> OpenAICompatibleBackend:
    return OpenAICompatibleBackend(endpoint.url, "small", **{"backoff_s": 0.0, "timeout_s": 5.0} | options)


def said(backend: OpenAICompatibleBackend) -> list[str]:
    return list(backend.stream(PROMPT, cancelled=lambda: False))


def test_it_asks_as_agreed_and_streams_the_pieces(endpoint: Endpoint) -> None:
    endpoint.answers = [(200, sse("Ver", "y ", "wöll 🙂"))]
    assert said(backend_for(endpoint)) == ["Ver", "y ", "wöll 🙂"]
    assert endpoint.paths == ["/v1/chat/completions"]
    assert endpoint.keys == [None]
    assert endpoint.bodies[0] == {
        "model": "small",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Result of a look-up:\n14 days"},
            {"role": "user", "content": "my private question"},
        ],
        "max_tokens": 30,
        "stream": True,
        "temperature": 0.0,
        "top_p": 1.0,
    }


def test_no_done_reasoning_comments_and_a_usage_chunk_are_understood(endpoint: Endpoint) -> None:
    usage = event({"choices": [], "usage": {"total_tokens": 3}})
    body = b": keep-alive\n\n" + chunk(reasoning_content="hm") + sse("Yes", done=False) + usage
    endpoint.answers = [(200, body)]
    assert said(backend_for(endpoint)) == ["Yes"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(endpoint: Endpoint, status: int) -> None:
    endpoint.answers = [(status, b"busy"), (200, sse("Yes"))]
    assert said(backend_for(endpoint)) == ["Yes"]
    assert len(endpoint.bodies) == 2


def test_it_gives_up_after_the_retries(endpoint: Endpoint) -> None:
    endpoint.answers = [(503, b"")]
    with pytest.raises(BackendFailed, match="503"):
        said(backend_for(endpoint, retries=2))
    assert len(endpoint.bodies) == 3


@pytest.mark.parametrize("status", [400, 401, 404, 307])
def test_a_refusal_is_not_asked_again(endpoint: Endpoint, status: int) -> None:
    endpoint.answers = [(status, b"my private question")]
    with pytest.raises(BackendFailed, match=str(status)) as caught:
        said(backend_for(endpoint))
    assert len(endpoint.bodies) == 1
    assert "private" not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>my private question</html>",
        b"",
        b"data: {my private question\n\n",
        b"data: [1]\n\n",
        event({"choices": "my private question"}),
        event({"choices": [{"delta": {"content": 5}}]}),
        event({"error": {"message": "my private question"}}),
        chunk(content="broken off"),
    ],
)
def test_nonsense_is_a_failure_that_quotes_nothing_and_is_not_retried(endpoint: Endpoint, body: bytes) -> None:
    endpoint.answers = [(200, body)]
    with pytest.raises(BackendFailed, match="KW303") as caught:
        said(backend_for(endpoint))
    assert "private" not in str(caught.value)
    assert len(endpoint.bodies) == 1


def test_silence_is_a_failure_with_a_hint(endpoint: Endpoint) -> None:
    endpoint.answers = [(200, None)]
    with pytest.raises(BackendFailed, match="timeout_s"):
        said(backend_for(endpoint, timeout_s=0.2))
    assert len(endpoint.bodies) == 1


def test_no_server_is_a_failure_with_a_hint() -> None:
    with pytest.raises(BackendFailed, match="no connection"):
        said(OpenAICompatibleBackend("http://127.0.0.1:9/v1", "small", retries=1, backoff_s=0.0))


def test_the_key_is_sent_and_never_told(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_KEY", KEY)
    endpoint.answers = [(401, b"")]
    with pytest.raises(BackendFailed) as caught:
        said(backend_for(endpoint, api_key_env="SOME_KEY"))
    assert endpoint.keys == [f"Bearer {KEY}"]
    assert KEY not in str(caught.value)


def test_a_key_that_is_not_set_is_told_before_asking(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOME_KEY", raising=False)
    with pytest.raises(BackendFailed, match="SOME_KEY"):
        backend_for(endpoint, api_key_env="SOME_KEY").warm(PROMPT.messages[0])
    assert endpoint.bodies == []


def test_cancelling_stops(endpoint: Endpoint) -> None:
    endpoint.answers = [(200, sse("a", "b", "c"))]
    seen: list[str] = []
    for piece in backend_for(endpoint).stream(PROMPT, cancelled=lambda: bool(seen)):
        seen.append(piece)
    assert seen == ["a"]


def test_count_is_an_estimate_unless_a_counter_is_given() -> None:
    messages = (Message("user", ScrubbedText("x" * 41)),)
    assert OpenAICompatibleBackend("http://h/v1", "m").count(messages) == 11 + 4
    assert OpenAICompatibleBackend("http://h/v1", "m", count_tokens=lambda text: 7).count(messages) == 7 + 4
