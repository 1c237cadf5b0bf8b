"""Tokens: forged, tampered with, expired, of another kind; all are refused alike, and say nothing of why they fail."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from kitwright.serve.tokens import Tokens
from unit.serve.conftest import SECRET, Visitor

HOUR = timedelta(hours=1)


def claims(visitor: Visitor, **changed: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    base = {"aud": "kitwright visitor", "bot": "museum", "sub": visitor.id, "iat": now, "exp": now + HOUR}
    return {key: value for key, value in (base | changed).items() if value is not None}


def status(visitor: Visitor, token: str) -> int:
    return int(Visitor(visitor.client, visitor.id, token).ask("GET").status_code)


def test_one_that_we_signed_is_taken(visitor: Visitor) -> None:
    assert status(visitor, jwt.encode(claims(visitor), SECRET, "HS256")) == 200


def part(data: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE"])
def test_an_unsigned_one_is_refused(visitor: Visitor, algorithm: str) -> None:
    payload = part(claims(visitor, iat=0, exp=4 * 10**9))
    assert status(visitor, f"{part({'alg': algorithm, 'typ': 'JWT'})}.{payload}.") == 401


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_another_algorithm_is_refused(visitor: Visitor, algorithm: str) -> None:
    assert status(visitor, jwt.encode(claims(visitor), SECRET * 2, algorithm)) == 401


def test_another_key_is_refused(visitor: Visitor) -> None:
    assert status(visitor, jwt.encode(claims(visitor), "t" * 40, "HS256")) == 401


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": datetime(2020, 1, 1, tzinfo=UTC)},
        {"exp": None},
        {"aud": "somebody else"},
        {"aud": None},
        {"sub": None},
        {"bot": None},
        {"iat": datetime(2100, 1, 1, tzinfo=UTC)},
    ],
)
def test_one_that_says_something_else_is_refused(visitor: Visitor, changed: dict[str, Any]) -> None:
    assert status(visitor, jwt.encode(claims(visitor, **changed), SECRET, "HS256")) == 401


def test_one_whose_middle_was_changed_is_refused(visitor: Visitor) -> None:
    head, _, signature = visitor.token.split(".")
    payload = part({**claims(visitor, iat=0, exp=4 * 10**9), "sub": visitor.id})
    assert status(visitor, f"{head}.{payload}.{signature}") == 401


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "....", "é", "x" * 100_000, "null", "Bearer"])
def test_what_is_none_is_refused(visitor: Visitor, token: str) -> None:
    response = visitor.client.get(
        f"/api/conversations/{visitor.id}", headers={b"Authorization": b"Bearer " + token.encode("utf-8")}
    )
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert [fault["code"] for fault in response.json()["faults"]] == ["KW207"]


@pytest.mark.parametrize("scheme", ["Basic", "Token", ""])
def test_another_scheme_is_refused(visitor: Visitor, scheme: str) -> None:
    headers = {"Authorization": f"{scheme} {visitor.token}".strip()}
    assert visitor.client.get(f"/api/conversations/{visitor.id}", headers=headers).status_code == 401


@pytest.mark.parametrize("what", ["", "/events", "/export"])
def test_without_one_nothing_is_told(visitor: Visitor, what: str) -> None:
    response = visitor.client.get(f"/api/conversations/{visitor.id}{what}")
    assert response.status_code == 401
    assert visitor.id not in response.text


def test_one_in_the_address_is_no_token(visitor: Visitor) -> None:
    response = visitor.client.get(f"/api/conversations/{visitor.id}?token={visitor.token}&access_token={visitor.token}")
    assert response.status_code == 401


def test_one_of_a_bot_that_is_not_served_any_more_is_not_there(visitor: Visitor) -> None:
    token, _ = Tokens(SECRET, HOUR).give("closed", visitor.id)
    assert status(visitor, token) == 404
