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


class Served:
    """A running server."""

    def __init__(self, app: Any, port: int | None = None) -> None:
        self.app = app
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Listen; returns when the port answers."""
        config = uvicorn.Config(self.app, port=self.port, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
        self.server = uvicorn.Server(config)
        self.loop = asyncio.new_event_loop()
        started = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self.thread.start()
        if not started.wait(20):
            raise TimeoutError("the server did not start")

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self.loop)

        async def serve() -> None:
            running = asyncio.ensure_future(self.server.serve())
            while not self.server.started and not running.done():
                await asyncio.sleep(0.01)
            started.set()
            await running
            for connection in list(self.server.server_state.connections):
                connection.transport.abort()  # as when a process is killed: nobody says goodbye
            await asyncio.sleep(0.05)

        self.loop.run_until_complete(serve())

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something on the server's loop, and give what came of it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def stop(self) -> None:
        """Drop all connections and free the port."""
        self.server.should_exit = True
        self.server.force_exit = True
        self.thread.join(20)
