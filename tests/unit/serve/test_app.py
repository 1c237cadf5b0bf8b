"""The HTTP application: messages, refusals that quote nothing, what stores do."""

import json
from collections.abc import Iterator
from logging import DEBUG
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kitwright.bot import Bot
from kitwright.bot.bot import NOT_SCRUBBED
from kitwright.errors import Fault, StoreFailed
from kitwright.privacy import PresidioScrubber
from kitwright.serve import create_app
from unit.bot.museum import GROUNDED, PARKING, museum_bot

URL = "/api/bots/museum/messages"
CANARY = "canary.person@example.com"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'"


@pytest.fixture(scope="module")
def bot(museum_kits: Path) -> Iterator[Bot]:
    made = museum_bot(museum_kits)
    made.warm()
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(bot: Bot) -> Iterator[TestClient]:
    with TestClient(create_app([bot]), raise_server_exceptions=False) as made:
        yield made


def faults(client: TestClient, status: int, **sent: object) -> list[dict[str, object]]:
    """The faults that come back for a request to the bot."""
    response = client.post(URL, **sent)  # type: ignore[arg-type]
    assert response.status_code == status, response.text
    assert "canary" not in response.text
    assert response.json().keys() == {"faults"}
    found: list[dict[str, object]] = response.json()["faults"]
    assert found
    assert all(fault.keys() == {"code", "place", "problem", "value", "choices", "hint"} for fault in found)
    return found


def test_a_message_is_answered_in_the_shape_of_the_command_line(client: TestClient) -> None:
    response = client.post(URL, json={"text": PARKING})
    assert response.status_code == 200
    body = response.json()
    assert list(body) == ["conversation_id", "text", "reply", "buttons", "sources", "handoff", "trace"]
    assert (body["text"], body["reply"], body["handoff"]) == (PARKING, GROUNDED, False)
    assert body["sources"] == [{"id": "visit/getting-here", "title": "Getting here", "url": None}]
    assert len(body["trace"]) == 11
    assert client.post(URL, json={"text": "hi"}).json()["buttons"] == [
        {"title": "Plan a visit", "payload": "/plan_visit"}
    ]


def test_a_conversation_goes_on_under_the_id_that_came_back(client: TestClient) -> None:
    first = client.post(URL, json={"text": "I want to plan a visit"}).json()
    second = client.post(URL, json={"text": "Saturday", "conversation_id": first["conversation_id"]}).json()
    assert second["conversation_id"] == first["conversation_id"]
    assert second["reply"].startswith("On Saturday we are open 10 to 18.")
    assert client.post(URL, json={"text": "Saturday"}).json()["conversation_id"] != first["conversation_id"]


def test_personal_data_come_back_to_their_owner_only(client: TestClient) -> None:
    ours = {"conversation_id": "conversation_ours"}
    client.post(URL, json={"text": "please send me your programme", **ours})
    mine = client.post(URL, json={"text": f"it is {CANARY}", **ours}).json()
    assert mine["reply"].startswith(f"I will write to {CANARY}.")
    assert "canary" not in json.dumps(mine["trace"])
    assert "canary" not in client.post(URL, json={"text": PARKING}).text


@pytest.mark.parametrize("error", [MemoryError, RecursionError, BrokenPipeError, ValueError])
def test_without_scrubbing_the_turn_is_refused_politely(
    client: TestClient, bot: Bot, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(_self: object, text: str) -> None:
        raise error(text)

    with monkeypatch.context() as patch:
        patch.setattr(PresidioScrubber, "_find", fail)
        response = client.post(URL, json={"text": f"write to {CANARY}", "conversation_id": "not_scrubbed"})
    assert (response.status_code, response.json()["reply"]) == (200, NOT_SCRUBBED)
    assert "canary" not in json.dumps(response.json()["trace"])
    assert bot.events("not_scrubbed") == ()


def test_an_unknown_bot_is_named_with_the_known_ones(client: TestClient) -> None:
    response = client.post("/api/bots/zoo/messages", json={"text": "hi"})
    assert response.status_code == 404
    (fault,) = response.json()["faults"]
    assert (fault["code"], fault["problem"], fault["choices"]) == ("KW001", "no such bot", ["museum"])


@pytest.mark.parametrize("path", ["/nothing", "/page/nothing.js", "/page/../app.py", "/docs"])
def test_an_unknown_path_is_a_fault_like_any_other(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["faults"][0]["code"] == "KW001"


def test_another_method_is_refused(client: TestClient) -> None:
    assert client.get(URL).status_code == 405
    assert client.get(URL).json()["faults"]


@pytest.mark.parametrize(
    "body",
    [b'{"text": "' + CANARY.encode() + b'"', b"", CANARY.encode(), b'["' + CANARY.encode() + b'"]', b'{"text": NaN}'],
)
def test_a_malformed_body_is_refused_and_not_repeated(client: TestClient, body: bytes) -> None:
    wrong = faults(client, 422, content=body, headers={"content-type": "application/json"})
    assert wrong[0]["code"] == "KW106"


@pytest.mark.parametrize("body", [b'{"text": "caf\xe9"}', b"[" * 50_000])
def test_a_body_that_is_no_json_text_is_refused(client: TestClient, body: bytes) -> None:
    response = client.post(URL, content=body, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.json()["faults"]


@pytest.mark.parametrize("sent", [{}, {"text": None}, {"text": 3}, {"text": [CANARY]}, {"text": {"a": CANARY}}])
def test_a_text_that_is_none_is_refused(client: TestClient, sent: dict[str, object]) -> None:
    (fault,) = faults(client, 422, json=sent)
    assert (fault["code"], fault["place"]) == ("KW106", "body.text")


def test_unknown_keys_are_refused_with_the_known_ones_and_not_repeated(client: TestClient) -> None:
    wrong = faults(client, 422, json={"text": "hi", CANARY: 1, "mood": CANARY})
    assert [(f["code"], f["problem"], f["choices"]) for f in wrong] == [
        ("KW105", "unknown key", ["text", "conversation_id"])
    ] * 2
    half = json.dumps({"text": "hi", "\ud800": 2}).encode()
    assert len(faults(client, 422, content=half, headers={"content-type": "application/json"})) == 1


def test_half_a_character_in_a_text_does_not_break_the_answer(client: TestClient) -> None:
    body = b'{"text": "where can I park \\ud83d"}'
    response = client.post(URL, content=body, headers={"content-type": "application/json"})
    assert response.status_code == 200
    assert (response.json()["reply"], response.json()["text"]) == (GROUNDED, "where can I park \ud83d")


@pytest.mark.parametrize(
    "wrong",
    ["", "short", "x" * 65, "with space", "canary.person", "../../etc", "a' OR 1=1 --", "ünïcödé-id", 12345678, []],
)
def test_conversation_ids_of_another_shape_are_refused(client: TestClient, wrong: object) -> None:
    (fault,) = faults(client, 422, json={"text": "hi", "conversation_id": wrong})
    assert fault["place"] == "body.conversation_id"


@pytest.mark.parametrize("right", ["x" * 8, "x" * 64, "A-b_9" * 3, None])
def test_conversation_ids_of_the_right_shape_are_taken(client: TestClient, right: str | None) -> None:
    assert client.post(URL, json={"text": "hi", "conversation_id": right}).status_code == 200


def test_a_body_that_is_too_large_is_not_read(client: TestClient) -> None:
    (fault,) = faults(client, 413, json={"text": "x" * 300_000})
    assert fault["code"] == "KW201"
    assert client.post(URL, json={"text": "x" * 200_000}).json()["reply"].startswith("That is too long")


@pytest.mark.parametrize("length", ["nonsense", "-1", "²", "1e3"])
def test_a_body_of_unknown_length_is_refused(client: TestClient, length: str) -> None:
    headers = {b"content-length": length.encode("latin-1"), b"content-type": b"application/json"}
    faults(client, 413, content=b"{}", headers=headers)


@pytest.mark.parametrize("coding", ["chunked", "Chunked", "gzip, chunked"])
def test_a_body_without_a_length_is_refused(client: TestClient, coding: str) -> None:
    faults(client, 413, content=iter([b'{"text": "hi"}']), headers={"transfer-encoding": coding})


def test_the_health_and_the_list_of_bots(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    (museum,) = client.get("/api/bots").json()
    assert museum == {
        "name": "museum",
        "title": "Museum",
        "language": "en",
        "risk_class": "minimal",
        "banner": None,
        "consent": None,
        "greeting": None,
    }


def test_a_store_that_fails_is_told_as_a_fault(bot: Bot, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StoreFailed(Fault(code="KW501", place="store", problem="can not be written"))

    monkeypatch.setattr(bot._store, "append", fail)
    (fault,) = faults(client, 503, json={"text": CANARY})
    assert (fault["code"], fault["problem"]) == ("KW501", "can not be written")
    monkeypatch.undo()
    assert client.post(URL, json={"text": PARKING}).status_code == 200


def test_without_scrubbing_a_polite_reply_comes_and_the_next_message_works(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_find: object, text: str, _latest: float) -> None:
        raise MemoryError(text)

    caplog.set_level(DEBUG)
    sent = {"text": PARKING, "conversation_id": "conversation"}
    with monkeypatch.context() as patch:
        patch.setattr("kitwright.privacy.scrubber._analyse", fail)
        answer = client.post(URL, json={**sent, "text": CANARY})
    assert (answer.status_code, answer.json()["reply"]) == (200, NOT_SCRUBBED)
    assert "canary" not in json.dumps(answer.json()["trace"]) + caplog.text
    assert client.post(URL, json=sent).json()["reply"] == GROUNDED


def test_a_bug_is_a_fault_that_says_where_and_quotes_nobody(
    bot: Bot, client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise LookupError(CANARY)

    caplog.set_level(DEBUG)
    with monkeypatch.context() as patch:
        patch.setattr(bot._store, "append", fail)
        (fault,) = faults(client, 500, json={"text": CANARY})
    assert (fault["code"], fault["problem"]) == ("KW900", "stopped by an unexpected LookupError")
    assert "canary" not in caplog.text
    assert client.post(URL, json={"text": PARKING}).json()["reply"] == GROUNDED
