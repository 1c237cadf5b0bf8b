"""Conversations over HTTP: opened with a token, answered once, resumed, stopped, rated, exported, deleted."""

import json
from typing import Any

from fastapi.testclient import TestClient

from unit.bot.museum import GROUNDED, PARKING
from unit.serve.conftest import Visitor, new_visitor


def events_in(text: str) -> list[tuple[int | None, str, dict[str, Any]]]:
    """The events of a stream: id, kind, data."""
    found: list[tuple[int | None, str, dict[str, Any]]] = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if line and not line.startswith(":"))
        if lines:
            number = int(lines["id"]) if "id" in lines else None
            found.append((number, lines["event"], json.loads(lines["data"])))
    return found


def test_a_message_is_answered_as_json(visitor: Visitor) -> None:
    answer = visitor.say(PARKING)
    assert (answer["reply"], answer["from"], answer["handoff"]) == (GROUNDED, "bot", False)
    assert answer["sources"] == [{"id": "visit/getting-here", "title": "Getting here", "url": None}]
    assert answer["conversation_id"] == visitor.id
    assert answer["event_id"] > 0


def test_a_message_is_answered_as_events(visitor: Visitor) -> None:
    response = visitor.ask(
        "POST", "/messages", json={"text": "hi", "message_id": "m1"}, headers={"Accept": "text/event-stream"}
    )
    events = events_in(response.text)
    kinds = [kind for _, kind, _ in events]
    assert response.headers["content-type"].startswith("text/event-stream")
    assert kinds[-3:] == ["message", "buttons", "done"]
    assert set(kinds[:-3]) == {"delta"}
    (message,) = [data for _, kind, data in events if kind == "message"]
    assert "".join(data["text"] for _, kind, data in events if kind == "delta") == message["text"]
    assert (message["message_id"], message["from"]) == ("m1", "bot")
    assert events[-2][2] == {"buttons": [{"title": "Plan a visit", "payload": "/plan_visit"}]}
    assert events[-3][0] == message["event_id"]


def test_the_same_message_is_answered_once(visitor: Visitor) -> None:
    first, again = visitor.say(PARKING, "m1"), visitor.say(PARKING, "m1")
    assert first == again
    other = visitor.say(PARKING, "m2")
    assert other["event_id"] > first["event_id"]
    said = [each["from"] for each in visitor.ask("GET").json()["messages"]]
    assert said == ["user", "bot", "user", "bot"]


def test_the_history_has_what_was_said_with_its_values(visitor: Visitor) -> None:
    visitor.say("please send me your programme")
    visitor.say("it is canary.person@example.com", "m2")
    body = visitor.ask("GET").json()
    assert (body["state"], body["bot"]["name"]) == ("bot", "museum")
    assert [each["text"] for each in body["messages"]][2] == "it is canary.person@example.com"
    assert "canary.person@example.com" in body["messages"][3]["text"]
    assert [each["message_id"] for each in body["messages"]][2:] == ["m2", "m2"]
    assert body["last_event_id"] == body["messages"][-1]["event_id"]


def test_another_conversation_is_not_there(visitor: Visitor) -> None:
    other = new_visitor(visitor.client)
    stolen = Visitor(visitor.client, other.id, visitor.token)
    calls = [("GET", ""), ("GET", "/events"), ("GET", "/export"), ("DELETE", "")]
    assert {stolen.ask(*call).status_code for call in calls} == {404}
    assert stolen.ask("POST", "/messages", json={"text": "hi"}).status_code == 404


def test_starting_again_hides_what_was_said(visitor: Visitor) -> None:
    visitor.say("I want to plan a visit")
    assert visitor.ask("POST", "/restart").json()["state"] == "bot"
    assert visitor.ask("GET").json()["messages"] == []
    assert visitor.say("hi")["reply"]
    assert [each["from"] for each in visitor.ask("GET").json()["messages"]] == ["user", "bot"]


def test_a_rating_is_kept_scrubbed_and_replaced(visitor: Visitor) -> None:
    reply = visitor.say(PARKING)
    rated = {"event_id": reply["event_id"], "value": -1, "reason": "wrong", "comment": "tell jo@example.com"}
    assert visitor.ask("PUT", "/ratings", json=rated).json() == {"event_id": reply["event_id"], "value": -1}
    assert visitor.ask("PUT", "/ratings", json={"event_id": reply["event_id"], "value": 1}).status_code == 200
    (kept,) = visitor.ask("GET", "/export").json()["ratings"]
    assert (kept["value"], kept["comment"]) == (1, None)
    visitor.ask("PUT", "/ratings", json=rated)
    (kept,) = visitor.ask("GET", "/export").json()["ratings"]
    assert kept["comment"] == "tell <EMAIL_ADDRESS_1>"
    assert [each["rating"] for each in visitor.ask("GET").json()["messages"]] == [None, -1]
    assert visitor.ask("PUT", "/ratings", json={"event_id": 10**6, "value": 1}).status_code == 404


def test_what_is_deleted_is_gone(visitor: Visitor) -> None:
    visitor.say(PARKING)
    assert visitor.ask("DELETE").json()["messages"] == 2
    assert visitor.ask("GET").status_code == 404
    assert visitor.ask("POST", "/messages", json={"text": "hi"}).status_code == 404


def test_the_trace_of_a_turn_is_kept_without_raw_text(visitor: Visitor) -> None:
    visitor.say("please send me your programme")
    visitor.say("it is canary.person@example.com")
    exported = visitor.ask("GET", "/export")
    assert "canary" not in exported.text
    trace = exported.json()["turns"][1]["trace"]
    assert trace["hidden"] == {"EMAIL_ADDRESS": 1}
    assert [step["step"] for step in trace["steps"]][:3] == ["receive", "scrub", "understand"]


def test_health_readiness_and_metrics(visitor: Visitor) -> None:
    visitor.say(PARKING)
    assert visitor.client.get("/ready").json() == {"status": "ready", "bots": ["museum"]}
    page = visitor.client.get("/metrics").text
    assert 'kitwright_turns_total{bot="museum",outcome="answered"} 1.0' in page
    assert 'kitwright_step_seconds_count{bot="museum",step="scrub"} 1.0' in page
    route = "/api/conversations/{conversation_id}/messages"
    assert f'kitwright_requests_total{{method="POST",route="{route}",status="200"}} 1.0' in page
    assert visitor.id not in page


def test_a_bot_that_is_not_served_can_not_be_opened(client: TestClient) -> None:
    response = client.post("/api/conversations", json={"bot": "zoo"})
    assert (response.status_code, response.json()["faults"][0]["choices"]) == (404, ["museum"])
