"""Servers that are quick to start, since they are forked from a process that has imported everything; for tests.

Run as a program it reads lines `start PORT` and answers `PID`; each child serves a museum bot, without a model, on the
store named on the command line. Children are killed by whoever reads their ids.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
NAME = "museum"


class Nursery:
    """Starts servers.

    Args:
        folder: a project with the museum kit.
        store: URL of the database.
        environment: settings of the servers.
        delay_s: pause before each word of a reply.
    """

    def __init__(self, folder: Path, store: str, environment: dict[str, str], *, delay_s: float = 0.002) -> None:
        paths = os.pathsep.join(str(ROOT / name) for name in ("core", "kits", "tests"))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "e2e.serve.nursery", store, str(delay_s)],
            cwd=folder,
            env={**os.environ, **environment, "PYTHONPATH": paths},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(folder / "servers.log").open("ab"),
            text=True,
        )
        self._living: set[int] = set()

    def start(self, port: int) -> int:
        """Start a server; returns the id of its process at once."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the nursery has no pipes")
        self._process.stdin.write(f"start {port}\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        self._living.add(pid)
        return pid

    def kill(self, pid: int, how: int = signal.SIGKILL) -> None:
        """Send a signal to a server that this nursery started."""
        if pid in self._living:
            os.kill(pid, how)
            self._living.discard(pid)

    def close(self) -> None:
        """Kill all that is left."""
        for pid in list(self._living):
            self.kill(pid)
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(timeout=30)
        if self._process.stdout is not None:
            self._process.stdout.close()


def main(store: str, delay_s: float) -> None:
    """Fork a server for each line that is read."""
    import sklearn.linear_model  # noqa: F401 - imported before the fork, as all that is slow
    import uvicorn  # noqa: F401

    from kitwright.bot import load_bot  # noqa: F401
    from kitwright.privacy import import_presidio
    from kitwright.serve import create_app  # noqa: F401
    from kitwright.serve.process import run  # noqa: F401

    import_presidio()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    for line in sys.stdin:
        port = int(line.split()[1])
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(2, 1)
            serve(store, delay_s, port)
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def serve(store: str, delay_s: float, port: int) -> None:
    """Serve the museum; waits for the database if it is away."""
    import time

    from kitwright.bot import load_bot
    from kitwright.encoder import HashingEncoder
    from kitwright.errors import StoreFailed
    from kitwright.generation import EchoBackend
    from kitwright.serve import create_app
    from kitwright.serve.process import run
    from kitwright.store import SqlStore

    while True:
        try:
            opened = SqlStore(store)
            bot = load_bot(NAME, backend=EchoBackend(delay_s=delay_s), encoder=HashingEncoder(), store=opened)
            break
        except StoreFailed:
            time.sleep(0.2)
    bot.warm()
    run(create_app([bot]), host="127.0.0.1", port=port)
    bot.close()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
