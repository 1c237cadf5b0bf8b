"""A client for benchmarks that costs next to nothing: one connection, one request after the other; and a stream.

A full client would take more of the machine than the server that is measured.
"""

import asyncio
import json
from contextlib import suppress
from types import TracebackType
from typing import Any


class Line:
    """A connection to a server of this machine that is kept open; answers must say their length.

    Args:
        port: of the server.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> "Line":
        return self

    async def __aexit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        if self._writer is not None:
            self._writer.close()

    async def call(
        self, method: str, path: str, body: object = None, *, token: str | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Status and JSON of an answer.

        Raises:
            OSError: the server is not there.
        """
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writer.write(request(method, path, body, token))
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        content = await self._reader.readexactly(int(fields["content-length"]))
        return int(head.split(" ", 2)[1]), json.loads(content)


class Stream:
    """Listens to a stream of events and counts the messages on it.

    Args:
        port: of the server.
        path: of the stream.
        token: of the conversation.
    """

    def __init__(self, port: int, path: str, token: str) -> None:
        self.messages = 0
        self._came = asyncio.Condition()
        self._port = port
        self._request = request("GET", path, None, token)
        self._reading: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def open(self) -> None:
        """Connect, and listen from now on."""
        reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writer.write(self._request)
        await reader.readuntil(b"\r\n\r\n")
        self._reading = asyncio.ensure_future(self._read(reader))

    async def reach(self, count: int) -> None:
        """Wait until so many messages have come."""
        async with self._came:
            await self._came.wait_for(lambda: self.messages >= count)

    async def close(self) -> None:
        """Listen no longer."""
        if self._writer is not None:
            self._writer.close()
        if self._reading is not None:
            self._reading.cancel()
            with suppress(asyncio.CancelledError):
                await self._reading

    async def _read(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line == b"event: message\n":
                async with self._came:
                    self.messages += 1
                    self._came.notify_all()


def request(method: str, path: str, body: object, token: str | None) -> bytes:
    """A request as it goes over the line."""
    content = b"" if body is None else json.dumps(body).encode("ascii")
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(content)}"]
    lines += ["Content-Type: application/json"] if content else []
    lines += [f"Authorization: Bearer {token}"] if token else []
    return "\r\n".join([*lines, "", ""]).encode("ascii") + content
