"""A model endpoint that records every byte it is sent, on the loopback address; some of its answers are faulty.

It thanks for the placeholders of the last message, so that their owner must get the values back, and now and then
fails in each of the ways in which servers do.
"""

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final, Literal

from kitwright.privacy import PLACEHOLDER

Trouble = Literal["error", "cut", "silence", "nonsense", "dropped"]
_TROUBLES: Final[tuple[Trouble, ...]] = ("error", "cut", "silence", "nonsense", "dropped")
_EVERY: Final = 11  # requests of which one goes wrong
_THANKED: Final = 3
SILENCE_S: Final = 0.6
"""Seconds after which a bot under audit gives up waiting."""


class RecordingEndpoint:
    """Speaks enough of the OpenAI chat API; `url` is its base URL.

    Args:
        record: the file that requests are written to, headers and body as they came.
    """

    def __init__(self, record: Path) -> None:
        self._record = record
        self._lock = threading.Lock()
        self.url = ""
        self.requests = 0
        self.troubles: Counter[str] = Counter()

    def take(self, head: bytes, body: bytes) -> Trouble | None:
        """Record a request; returns how the answer to it is to fail."""
        with self._lock, self._record.open("ab") as file:
            file.write(head + body + b"\n")
            self.requests += 1
            if self.requests % _EVERY:
                return None
            trouble = _TROUBLES[self.requests // _EVERY % len(_TROUBLES)]
            self.troubles[trouble] += 1
            return trouble

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Answer until the block is left."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads = True
        self.url = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def answer_to(body: bytes) -> str:
    """Thanks for each placeholder of the last message."""
    messages: Sequence[dict[str, str]] = json.loads(body).get("messages", ())
    asked = next((m["content"] for m in reversed(messages) if m["role"] == "user"), "")
    tokens = list(dict.fromkeys(PLACEHOLDER.findall(asked)))[:_THANKED]
    return " ".join(f"Thank you, {token}." for token in tokens) or "Thank you."


def pieces(text: str) -> list[str]:
    """A text cut where a tokenizer may cut it, within placeholders too."""
    return re.findall(r".{1,5}", text, re.DOTALL)


def _handler(endpoint: RecordingEndpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            head = f"{self.requestline}\n{self.headers}".encode("utf-8", "replace")
            trouble = endpoint.take(head, body)
            try:
                self._answer(body, trouble)
            except (BrokenPipeError, ConnectionResetError):
                return  # who asked has gone

        def _answer(self, body: bytes, trouble: Trouble | None) -> None:
            if trouble == "dropped":
                self.close_connection = True
                return
            self.send_response(500 if trouble == "error" else 200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            if trouble in ("error", "nonsense"):
                self.wfile.write(b"no JSON here: " + body)  # as some servers do, with all that they were sent
                return
            said = pieces(answer_to(body))
            for piece in said[: len(said) // 2] if trouble else said:
                self.wfile.write(
                    b"data: " + json.dumps({"choices": [{"delta": {"content": piece}}]}).encode() + b"\n\n"
                )
                self.wfile.flush()
            if trouble == "silence":
                time.sleep(2 * SILENCE_S)
            if trouble is None:
                self.wfile.write(b"data: [DONE]\n\n")

        def log_message(self, *_arguments: object) -> None:
            """Nothing: what came is in the record."""

    return Handler
