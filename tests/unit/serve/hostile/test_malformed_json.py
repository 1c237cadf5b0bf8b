"""Bodies that are not what a route takes: refused with 422, naming the place and repeating nothing."""

import json

import pytest
from fastapi.testclient import TestClient

from unit.serve.conftest import Serve, Visitor, new_visitor

CANARY = "canary.person@example.com"
ROUTES = [("POST", "/messages"), ("POST", "/cancel"), ("PUT", "/ratings")]
BODIES: list[bytes] = [
    b"",
    b"null",
    b"[]",
    b"{}}",
    b'{"text": "canary',
    b'{"text": NaN}',
    b'{"text": "caf\xe9"}',
    b"\xff\xfe\x00",
    b'{"text": {"canary": 1}, "message_id": ["canary"], "event_id": "canary", "value": "canary"}',
    json.dumps({"text": "hi", "message_id": "m", "event_id": 1, "value": 1, CANARY: CANARY}).encode(),
    b"<text>canary</text>",
]


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("body", BODIES)
def test_it_is_refused_and_not_repeated(shared: Visitor, route: tuple[str, str], body: bytes) -> None:
    response = shared.ask(*route, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.json()["faults"]
    assert "canary" not in response.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("message_id", ""),
        ("message_id", "x" * 65),
        ("message_id", "a b"),
        ("message_id", "canary\n"),
        ("message_id", "<canary>"),
        ("message_id", 7),
        ("text", None),
        ("text", 7),
        ("text", ["canary"]),
    ],
)
def test_a_field_of_another_shape_is_named(shared: Visitor, field: str, value: object) -> None:
    response = shared.ask(
        "POST", "/messages", json={"text": "hi", field: value} if value != "" else {"text": "hi", field: ""}
    )
    if field == "text" or value is not None:
        assert response.status_code == 422
        assert response.json()["faults"][0]["place"] == f"body.{field}"
    assert "canary" not in response.text


@pytest.mark.parametrize(
    ("field", "value"),
    [("value", 2), ("value", 0.5), ("event_id", 0), ("event_id", 2**40), ("reason", "canary"), ("comment", "x" * 2001)],
)
def test_a_rating_of_another_shape_is_refused(shared: Visitor, field: str, value: object) -> None:
    response = shared.ask("PUT", "/ratings", json={"event_id": 1, "value": 1, field: value})
    assert (response.status_code, response.json()["faults"][0]["place"]) == (422, f"body.{field}")
    assert "canary" not in response.text


@pytest.mark.parametrize("number", ["canary", "-1", "1.5", str(2**40), "1; DROP TABLE events"])
def test_a_number_of_an_event_that_is_none_is_refused(shared: Visitor, number: str) -> None:
    assert shared.ask("GET", "/events", params={"after": number}).status_code == 422
    assert shared.ask("GET", "/events", headers={"Last-Event-ID": number}).status_code == 422


@pytest.mark.parametrize("locale", ["canary!", "x" * 36, "en_US; --", "", 5])
def test_a_locale_of_another_shape_is_refused(shared: Visitor, locale: object) -> None:
    response = shared.client.post("/api/conversations", json={"bot": "museum", "locale": locale})
    assert response.status_code == 422
    assert "canary" not in response.text


def test_a_bot_that_does_not_exist_is_not_repeated(shared: Visitor) -> None:
    response = shared.client.post("/api/conversations", json={"bot": CANARY})
    assert response.status_code == 404
    assert "canary" not in response.text


@pytest.fixture
def shared(serve: Serve) -> Visitor:
    client: TestClient = serve()
    return new_visitor(client)
