"""An ASGI application on a port of its own, in a thread, that can be stopped and started again on the same port."""

import asyncio
import socket
import threading
from collections.abc import Coroutine
from typing import Any

import uvicorn


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class _Server(uvicorn.Server):
    """Tells when it listens; at its end it cuts all connections, as when a process is killed."""

    def __init__(self, config: uvicorn.Config, started_listening: threading.Event) -> None:
        super().__init__(config)
        self._listening = started_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._listening.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await super().shutdown(sockets)


class Served:
    """A running server."""

    def __init__(self, app: Any, port: int | None = None) -> None:
        self.app = app
        self.started = threading.Event()
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Listen; returns when the port answers."""
        self.started.clear()
        self.server = _Server(
            uvicorn.Config(self.app, port=self.port, log_level="critical", timeout_graceful_shutdown=1), self.started
        )
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        if not self.started.wait(60):
            raise TimeoutError("the server did not start")

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self.server.serve())
        if left := asyncio.all_tasks(self.loop):
            for task in left:
                task.cancel()
            self.loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self.loop.close()

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something on the server's loop, and give what came of it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    def stop(self) -> None:
        """Drop all connections and free the port."""
        self.server.should_exit = True
        self.thread.join(60)
