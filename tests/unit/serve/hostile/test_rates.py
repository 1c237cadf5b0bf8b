"""Floods: conversations, messages and ratings are counted; who does too much is told when to come again."""

import pytest

from kitwright.errors import Refused
from kitwright.serve import ServeSettings
from kitwright.serve.throttle import Throttle
from unit.bot.museum import PARKING
from unit.serve.conftest import Serve, Visitor, new_visitor


def test_messages_of_a_conversation_are_counted(serve: Serve) -> None:
    visitor = new_visitor(serve(ServeSettings(sends_per_minute=3)))
    statuses = [visitor.ask("POST", "/messages", json={"text": "hi"}).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    refused = visitor.ask("POST", "/messages", json={"text": "hi"})
    assert (refused.json()["faults"][0]["code"], 0 < int(refused.headers["retry-after"]) <= 20) == ("KW206", True)
    assert new_visitor(visitor.client).say(PARKING)["reply"]


def test_messages_from_an_address_are_counted_over_conversations(serve: Serve) -> None:
    client = serve(ServeSettings(sends_per_minute_address=3))
    statuses = [new_visitor(client).ask("POST", "/messages", json={"text": "hi"}).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]


def test_conversations_from_an_address_are_counted(serve: Serve) -> None:
    client = serve(ServeSettings(opens_per_minute=3))
    statuses = [client.post("/api/conversations", json={"bot": "museum"}).status_code for _ in range(4)]
    assert statuses == [201, 201, 201, 429]


def test_ratings_are_counted(serve: Serve) -> None:
    visitor: Visitor = new_visitor(serve(ServeSettings(ratings_per_minute=2)))
    number = visitor.say(PARKING)["event_id"]
    rated = {"event_id": number, "value": 1}
    assert [visitor.ask("PUT", "/ratings", json=rated).status_code for _ in range(3)] == [200, 200, 429]


def test_a_bucket_fills_again_and_counts_each_by_itself() -> None:
    clock = [0.0]
    throttle = Throttle("things", 6, now=lambda: clock[0])
    for _ in range(6):
        throttle.take("a")
    with pytest.raises(Refused, match=r"again in 1[01] seconds"):
        throttle.take("a")
    throttle.take("b")
    clock[0] = 10.1
    throttle.take("a")
    with pytest.raises(Refused, match="KW206"):
        throttle.take("a")
