"""Other people's conversations: with a good token of one's own they look exactly as if they were not there."""

import pytest

from unit.bot.museum import PARKING
from unit.serve.conftest import Visitor, new_visitor

CALLS = [
    ("GET", "", None),
    ("GET", "/events", None),
    ("GET", "/export", None),
    ("POST", "/messages", {"text": "hi"}),
    ("POST", "/cancel", {"message_id": "m1"}),
    ("POST", "/handoff", None),
    ("POST", "/restart", None),
    ("PUT", "/ratings", {"event_id": 1, "value": 1}),
    ("DELETE", "", None),
]


@pytest.mark.parametrize(("method", "what", "body"), CALLS)
def test_they_look_like_those_that_are_not_there(
    visitor: Visitor, method: str, what: str, body: dict[str, object] | None
) -> None:
    other = new_visitor(visitor.client)
    answered = other.say(PARKING, "m1")
    sent = {"json": body} if body else {}
    there = Visitor(visitor.client, other.id, visitor.token).ask(method, what, **sent)
    nowhere = Visitor(visitor.client, "f" * 32, visitor.token).ask(method, what, **sent)
    assert (there.status_code, there.json()) == (nowhere.status_code, nowhere.json())
    assert there.status_code == 404
    assert [m["event_id"] for m in other.ask("GET").json()["messages"]][1:] == [answered["event_id"]]


def test_a_reply_of_somebody_else_can_not_be_rated(visitor: Visitor) -> None:
    other = new_visitor(visitor.client)
    answered = other.say(PARKING)
    response = visitor.ask("PUT", "/ratings", json={"event_id": answered["event_id"], "value": -1})
    assert response.status_code == 404
    assert other.ask("GET", "/export").json()["ratings"] == []


def test_a_message_id_of_somebody_else_gets_an_answer_of_ones_own(visitor: Visitor) -> None:
    other = new_visitor(visitor.client)
    other.say("please send me your programme")
    theirs = other.say("it is canary.person@example.com", "m1")
    mine = visitor.say(PARKING, "m1")
    assert "canary" in theirs["reply"]
    assert "canary" not in mine["reply"]


def test_the_plain_way_does_not_open_a_visitors_conversation_for_reading(visitor: Visitor) -> None:
    visitor.say("please send me your programme")
    for path in (f"/api/bots/museum/messages/{visitor.id}", f"/api/bots/museum/conversations/{visitor.id}"):
        assert visitor.client.get(path).status_code == 404
