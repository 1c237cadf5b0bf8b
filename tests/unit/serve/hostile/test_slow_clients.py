"""Clients that take their time: over the head, over the body, over reading; and too many at once."""

import time
from collections.abc import Callable
from contextlib import ExitStack

import httpx

from unit.serve.hostile.conftest import PATIENCE_S, Live, read_all, status_of
from unit.serve.hostile.test_bodies import post


def listening(path: str, headers: dict[str, str]) -> bytes:
    """A request to listen to a conversation."""
    return f"GET {path}/events HTTP/1.1\r\nHost: x\r\nAuthorization: {headers['Authorization']}\r\n\r\n".encode()


def test_a_head_that_does_not_end_is_not_waited_for(live: Live) -> None:
    for beginning in (b"", b"GET /health HT", b"GET /health HTTP/1.1\r\nHost: x\r\n"):
        with live.connect() as connection:
            connection.sendall(beginning)
            started = time.monotonic()
            assert read_all(connection) == b""
            assert time.monotonic() - started < PATIENCE_S


def test_a_second_head_that_does_not_end_is_not_waited_for(live: Live) -> None:
    with live.connect() as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /health HTTP/1.1\r\n")
        answer = read_all(connection)
    assert answer.count(b"HTTP/1.1 200") == 1


def test_a_body_that_dribbles_is_not_waited_for(live: Live) -> None:
    path, headers = live.open()
    answer = live.exchange(post(path, headers, 1000), b'{"text":')
    assert status_of(answer) == 408
    assert b"too slowly" in answer


def test_a_client_that_does_not_read_holds_nobody_up(live: Live) -> None:
    path, headers = live.open()
    with ExitStack() as stack:
        for _ in range(5):
            stack.enter_context(live.connect()).sendall(listening(path, headers))
        live.works()
        for number in range(3):
            sent = {"text": "hello", "message_id": f"m{number}"}
            answer = httpx.post(f"{live.url}{path}/messages", json=sent, headers=headers, timeout=PATIENCE_S)
            assert answer.status_code == 200


def test_too_many_connections_are_told_so(start: Callable[..., Live]) -> None:
    server = start(connections=20)
    with ExitStack() as stack:
        for _ in range(30):
            stack.enter_context(server.connect())
        answer = server.exchange(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert status_of(answer) == 503
    server.works()


def test_too_many_listeners_of_one_conversation_are_told_so(start: Callable[..., Live]) -> None:
    server = start(streams=3)
    path, headers = server.open()
    with ExitStack() as stack:
        for _ in range(3):
            connection = stack.enter_context(server.connect())
            connection.sendall(listening(path, headers))
            assert connection.recv(100).startswith(b"HTTP/1.1 200")
        assert httpx.get(f"{server.url}{path}/events", headers=headers).status_code == 429
    server.works()
