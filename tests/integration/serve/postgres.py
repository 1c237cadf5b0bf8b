"""A PostgreSQL server of Debian's package in a temporary folder, for tests; never the machine's own."""

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_USER = "kitwright"
_ACCOUNT = "postgres"  # the server refuses to run as root


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl, the newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


class Postgres:
    """A server that can be stopped and started again.

    Args:
        folder: its own.
        programs: folder of its binaries.
    """

    def __init__(self, folder: Path, programs: Path) -> None:
        self._folder = folder
        self._programs = programs
        self._port = _free_port()
        self._run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", _USER, "--no-sync", "-E", "UTF8")

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -k {self._folder} -c fsync=off -c max_connections=200"
        self._ctl("start", "-w", "-t", "60", "-l", str(self._folder / "log"), "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """Stop; `immediate` is as a crash."""
        self._ctl("stop", "-w", "-t", "60", "-m", mode)

    def new_database(self) -> str:
        """The URL of an empty database."""
        name = f"k{uuid.uuid4().hex}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self._url(name)

    def _url(self, database: str) -> str:
        return f"postgresql://{_USER}@127.0.0.1:{self._port}/{database}"

    def _ctl(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        account = {"user": _ACCOUNT, "group": _ACCOUNT} if os.geteuid() == 0 else {}
        with (self._folder / "out").open("ab") as out:  # a pipe would stay open as long as the server runs
            subprocess.run(
                [str(self._programs / program), *arguments],
                check=True,
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                cwd=self._folder,
                **account,  # type: ignore[call-overload]
            )


@contextmanager
def running_postgres(programs: Path) -> Iterator[Postgres]:
    """A server, stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="kitwright-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _ACCOUNT, _ACCOUNT)
        server = Postgres(folder, programs)
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
