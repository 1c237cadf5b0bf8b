"""The proxy of compose.yaml: Caddy itself with our Caddyfile, TLS and all, before a stand-in for the server."""

import json
import os
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from images.dockerfile import DOCKER

CADDYFILE: Final = DOCKER / "caddy" / "Caddyfile"
LONG: Final = "x" * 4000


@dataclass(slots=True)
class Upstream:
    """What stands for the server."""

    port: int
    go_on: threading.Event = field(default_factory=threading.Event)
    bodies: list[int] = field(default_factory=list)

    def started(self) -> ThreadingHTTPServer:
        """Answer on the port, in a thread, until `shutdown`."""
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/events":
                    self._head("text/event-stream")
                    self.wfile.write(b"event: delta\ndata: 1\n\n")
                    self.wfile.flush()
                    upstream.go_on.wait(10)
                    self.wfile.write(b"event: done\ndata: 2\n\n")
                else:
                    self._head("application/json")
                    self.wfile.write(json.dumps({"for": self.headers["X-Forwarded-For"], "long": LONG}).encode())

            def do_POST(self) -> None:
                upstream.bodies.append(len(self.rfile.read(int(self.headers["Content-Length"]))))
                self._head("application/json")
                self.wfile.write(b"{}")

            def _head(self, kind: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Server", "told-to-nobody")
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server


@pytest.fixture(scope="module")
def upstream() -> Upstream:
    return Upstream(_free_port())


@pytest.fixture
def answering(upstream: Upstream) -> Iterator[Upstream]:
    server = upstream.started()
    yield upstream
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def client(caddy: str, upstream: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client that trusts the proxy's own authority, and nothing else."""
    folder = tmp_path_factory.mktemp("caddy")
    port, config = _configuration(caddy, upstream.port, folder)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([caddy, "run", "--config", str(config)], env=_environment(folder), stderr=log)
    try:
        authority = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        _wait_for(lambda: authority.is_file() and _shakes_hands(port, authority), folder / "log")
        trusted = ssl.create_default_context(cafile=str(authority))
        with httpx.Client(base_url=f"https://localhost:{port}", verify=trusted, timeout=30, trust_env=False) as client:
            yield client
    finally:
        process.terminate()
        process.wait(10)


def test_it_answers_with_a_certificate_of_its_own_and_hides_what_is_behind(
    client: httpx.Client, answering: Upstream
) -> None:
    answer = client.get("/")
    assert answer.json()["long"] == LONG
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert "server" not in answer.headers
    assert answer.headers["content-encoding"] in ("gzip", "zstd")


def test_a_visitor_can_not_claim_another_address(client: httpx.Client, answering: Upstream) -> None:
    claimed = client.get("/", headers={"X-Forwarded-For": "203.0.113.9"}).json()["for"]
    assert claimed in ("127.0.0.1", "::1")


def test_events_arrive_one_by_one(client: httpx.Client, answering: Upstream) -> None:
    with client.stream("GET", "/events") as answer:
        assert "content-encoding" not in answer.headers
        pieces = answer.iter_text()
        assert "data: 1" in next(pieces)  # the second is not sent before the first has been seen here
        answering.go_on.set()
        assert "data: 2" in "".join(pieces)


def test_metrics_are_for_inside(client: httpx.Client, answering: Upstream) -> None:
    assert client.get("/metrics").status_code == 404


def test_a_body_that_is_too_large_is_refused(client: httpx.Client, answering: Upstream) -> None:
    assert client.post("/", content=b"x" * 1000).status_code == 200
    assert client.post("/", content=b"x" * 2_000_000).status_code == 413
    assert 2_000_000 not in answering.bodies


def test_a_restart_of_the_server_is_waited_out(client: httpx.Client, upstream: Upstream) -> None:
    late = threading.Timer(1, lambda: servers.append(upstream.started()))
    servers: list[ThreadingHTTPServer] = []
    late.start()
    try:
        assert client.get("/").status_code == 200
    finally:
        late.join()
        servers[0].shutdown()
        servers[0].server_close()


def test_it_is_well_formed(caddy: str, tmp_path: Path) -> None:
    command = [caddy, "fmt", "--diff", str(CADDYFILE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=_environment(tmp_path))
    assert done.returncode == 0, done.stdout


def _configuration(caddy: str, upstream: int, folder: Path) -> tuple[int, Path]:
    """Our Caddyfile, on ports that are free here instead of 80 and 443."""
    environment = _environment(folder) | {"KITWRIGHT_UPSTREAM": f"127.0.0.1:{upstream}"}
    command = [caddy, "adapt", "--config", str(CADDYFILE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, env=environment)
    adapted: dict[str, Any] = json.loads(done.stdout)
    http = adapted["apps"]["http"]
    http["http_port"], http["https_port"] = _free_port(), _free_port()
    (server,) = http["servers"].values()
    assert server["listen"] == [":443"]
    server["listen"] = [f":{http['https_port']}"]
    config = folder / "config.json"
    config.write_text(json.dumps(adapted), encoding="utf-8")
    return http["https_port"], config


def _environment(folder: Path) -> dict[str, str]:
    places = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    return {"PATH": os.environ["PATH"], "KITWRIGHT_SITE": "localhost", "ACME_EMAIL": "admin@example.com", **places}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _shakes_hands(port: int, authority: Path) -> bool:
    """Whether a certificate is there; the port listens before it is made."""
    try:
        trusted = ssl.create_default_context(cafile=str(authority))
        with socket.create_connection(("localhost", port), timeout=5) as plain:
            trusted.wrap_socket(plain, server_hostname="localhost").close()
    except OSError:  # which ssl.SSLError is too
        return False
    return True


def _wait_for(condition: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end, log.read_text("utf-8", "replace")
        time.sleep(0.05)  # another program is waited for, which tells nobody
