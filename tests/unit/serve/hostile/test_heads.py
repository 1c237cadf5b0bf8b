"""Heads of requests: 100,000 headers, one that never ends, lines that are no HTTP, forged ids."""

import pytest

from unit.serve.hostile.conftest import CANARY, Live, status_of


def test_a_hundred_thousand_headers_are_refused(live: Live) -> None:
    many = b"".join(b"X-%d: canary\r\n" % number for number in range(100_000))
    assert status_of(live.exchange(b"GET /health HTTP/1.1\r\nHost: x\r\n", many, b"\r\n")) in (0, 400, 431)


def test_a_header_without_end_is_refused(live: Live) -> None:
    assert status_of(live.exchange(b"GET /health HTTP/1.1\r\nX: " + b"canary" * 200_000)) in (0, 400, 431)


def test_a_path_without_end_is_refused(live: Live) -> None:
    assert status_of(live.exchange(b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n\r\n")) in (0, 400, 414)


@pytest.mark.parametrize(
    "head",
    [
        b"canary\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\n : canary\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: a\x00canary\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03canary",
        b"\x00" * 1000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused(live: Live, head: bytes) -> None:
    answer = live.exchange(head)
    assert status_of(answer) in (0, 400)
    assert b"canary" not in answer


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "CANARY", "get"])
def test_methods_that_nobody_serves_are_refused(live: Live, method: str) -> None:
    head = f"{method} /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = live.exchange(head.encode())
    assert status_of(answer) in (0, 400, 404, 405)
    assert live.lines()[-1].get("method", "(other)") in ("(other)", "GET", "POST")


def test_an_id_of_a_request_is_taken_only_in_our_shape(live: Live) -> None:
    head = "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-ID: {}\r\n\r\n"
    ours = live.exchange(head.format("request-0001").encode())
    forged = live.exchange(head.format(f"{CANARY}<script>").encode())
    assert b"request-0001" in ours
    assert CANARY.encode() not in forged


def test_headers_of_an_answer_can_not_be_written_by_a_client(live: Live) -> None:
    answer = live.exchange(b"GET /api/bots?locale=a%0d%0aX-Canary:1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert b"x-canary" not in answer.lower().split(b"\r\n\r\n")[0]
