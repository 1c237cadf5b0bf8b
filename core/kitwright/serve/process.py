"""The server as a process: uvicorn with patience of its own, that finishes its replies before it stops."""

import asyncio
import sys
import threading
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from kitwright.serve.log import write_logs
from kitwright.serve.reception import Reception

_HEAD_BYTES = 32 * 1024
_LAST_SECONDS = 5  # for streams to end once all replies are done


def run(app: FastAPI, *, host: str, port: int) -> None:
    """Serve until a signal comes; then take nothing new, finish what was begun, and stop."""
    write_logs(sys.stderr)
    configured(app, host=host, port=port).run()


def configured(app: FastAPI, *, host: str, port: int) -> "Server":
    """A server for the application, with the limits of its settings."""
    reception: Reception = app.state.reception
    settings = reception.settings
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        http=patient_protocol(settings.header_seconds),
        ws="websockets-sansio",
        ws_max_size=settings.body_bytes,
        h11_max_incomplete_event_size=_HEAD_BYTES,
        limit_concurrency=settings.connections,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
    return Server(config, reception)


class Server(uvicorn.Server):
    """Finishes the replies that were begun before it lets go of their connections.

    Args:
        config: uvicorn's.
        reception: of the application.
    """

    def __init__(self, config: uvicorn.Config, reception: Reception) -> None:
        super().__init__(config)
        self._reception = reception
        self._listening = threading.Event()

    def port(self, seconds: float) -> int:
        """The port that is listened on, once it is.

        Raises:
            TimeoutError: it was not after so many seconds.
        """
        if not self._listening.wait(seconds):
            raise TimeoutError("the server did not start")
        return int(self.servers[0].sockets[0].getsockname()[1])

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Start."""
        await super().startup(sockets)
        self._listening.set()

    async def shutdown(self, sockets: list[Any] | None = None) -> None:
        """Stop."""
        for server in self.servers:
            server.close()
        await self._reception.desk.drain()
        await super().shutdown(sockets)


def patient_protocol(seconds: float) -> type[H11Protocol]:
    """Uvicorn's protocol, which drops a client that takes longer than this over the head of a request."""

    class Patient(H11Protocol):
        _timer: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its parent's
            super().connection_made(transport)
            self._wait_for_head()

        def data_received(self, data: bytes) -> None:
            if self._timer is None and (self.cycle is None or self.cycle.response_complete):
                self._wait_for_head()
            super().data_received(data)
            if self.cycle is not None and not self.cycle.response_complete:
                self._has_head()

        def connection_lost(self, exc: Exception | None) -> None:
            self._has_head()
            super().connection_lost(exc)

        def _wait_for_head(self) -> None:
            self._timer = self.loop.call_later(seconds, self._give_up)

        def _has_head(self) -> None:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

        def _give_up(self) -> None:
            self._timer = None
            if self.cycle is None or self.cycle.response_complete:
                self.transport.close()

    return Patient
