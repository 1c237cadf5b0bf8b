"""Bodies that are too large, of unknown length, longer than said, or no JSON."""

import gzip
import json

import httpx
import pytest

from unit.serve.hostile.conftest import CANARY, Live, status_of

MEGABYTES = 10 * 1024 * 1024


def post(path: str, headers: dict[str, str], length: object, *more: str) -> bytes:
    """The head of a request with a body."""
    lines = [f"POST {path}/messages HTTP/1.1", "Host: museum", "Content-Type: application/json", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {length}"] if length is not None else []
    return ("\r\n".join([*lines, *more]) + "\r\n\r\n").encode("latin-1")


def test_ten_megabytes_are_refused_before_they_are_read(live: Live) -> None:
    path, headers = live.open()
    answer = live.exchange(post(path, headers, MEGABYTES))  # nothing of the body is sent
    assert status_of(answer) == 413
    assert b"KW201" in answer


def test_ten_megabytes_that_are_sent_all_the_same_are_refused(live: Live) -> None:
    path, headers = live.open()
    answer = live.exchange(post(path, headers, MEGABYTES), b'{"text": "' + b"x" * MEGABYTES)
    assert status_of(answer) in (0, 413)


@pytest.mark.parametrize("coding", ["chunked", "gzip, chunked", "CHUNKED"])
def test_a_body_in_chunks_is_refused(live: Live, coding: str) -> None:
    path, headers = live.open()
    answer = live.exchange(post(path, headers, None, f"Transfer-Encoding: {coding}"), b"5\r\nhello\r\n0\r\n\r\n")
    assert status_of(answer) in (400, 413, 501)


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "", " ", "5, 6", "9" * 40])
def test_a_length_that_is_none_is_refused(live: Live, length: str) -> None:
    path, headers = live.open()
    assert status_of(live.exchange(post(path, headers, length), b"{}")) in (400, 413)


def test_two_lengths_are_refused(live: Live) -> None:
    path, headers = live.open()
    assert status_of(live.exchange(post(path, headers, 2, "Content-Length: 30"), b"{}")) == 400


def test_a_compressed_bomb_is_not_unpacked(live: Live) -> None:
    path, headers = live.open()
    bomb = gzip.compress(json.dumps({"text": "x" * MEGABYTES}).encode())
    sent = {**headers, "Content-Encoding": "gzip", "Content-Type": "application/json"}
    assert httpx.post(f"{live.url}{path}/messages", content=bomb, headers=sent).status_code in (400, 422)


def test_a_message_that_is_too_long_is_refused_as_such(live: Live) -> None:
    path, headers = live.open()
    answer = httpx.post(f"{live.url}{path}/messages", json={"text": f"{CANARY} " * 5000}, headers=headers)
    assert (answer.status_code, answer.json()["faults"][0]["place"]) == (413, "body.text")
    assert CANARY not in answer.text


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_json_that_is_nested_deeply_is_refused(live: Live, depth: int) -> None:
    path, headers = live.open()
    body = b'{"text": ' + b"[" * depth + b"]" * depth + b"}"
    sent = {**headers, "Content-Type": "application/json"}
    assert httpx.post(f"{live.url}{path}/messages", content=body, headers=sent).status_code in (400, 422)
