"""The WebSocket: let in by its first frame, answered in frames, each event once."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from unit.bot.museum import GROUNDED, PARKING
from unit.serve.conftest import Visitor, new_visitor


def open_socket(visitor: Visitor, token: str | None = None, after: int = 0) -> Any:
    return visitor.client.websocket_connect(f"/api/conversations/{visitor.id}/socket")


def until(socket: Any, kind: str) -> list[dict[str, Any]]:
    """The frames up to the first of a kind."""
    frames: list[dict[str, Any]] = []
    while not frames or frames[-1]["type"] != kind:
        frames.append(socket.receive_json())
    return frames


def test_a_message_is_answered_in_frames(visitor: Visitor) -> None:
    with open_socket(visitor) as socket:
        socket.send_json({"token": visitor.token})
        socket.send_json({"type": "message", "text": PARKING, "message_id": "m1"})
        frames = until(socket, "done")
    messages = [frame for frame in frames if frame["type"] == "message"]
    assert [(frame["from"], frame["text"]) for frame in messages if frame["from"] == "bot"] == [("bot", GROUNDED)]
    assert len({frame["id"] for frame in messages}) == len(messages)
    assert "".join(frame["text"] for frame in frames if frame["type"] == "delta") == GROUNDED


def test_what_was_missed_comes_after_the_event_that_was_seen(visitor: Visitor) -> None:
    first = visitor.say("hi")
    second = visitor.say(PARKING)
    with open_socket(visitor) as socket:
        socket.send_json({"token": visitor.token, "after": first["event_id"]})
        frames = [socket.receive_json() for _ in range(2)]
    assert [(frame["from"], frame["text"]) for frame in frames] == [("user", PARKING), ("bot", GROUNDED)]
    assert frames[-1]["id"] == second["event_id"]


@pytest.mark.parametrize("first", ["{}", "[]", "nonsense", '{"token": 3}', '{"token": "x", "more": 1}'])
def test_a_first_frame_that_is_none_closes(visitor: Visitor, first: str) -> None:
    with open_socket(visitor) as socket:
        socket.send_text(first)
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
    assert closed.value.code == 4400


def test_a_forged_token_closes(visitor: Visitor) -> None:
    with open_socket(visitor) as socket:
        socket.send_json({"token": visitor.token[:-4] + "AAAA"})
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
    assert closed.value.code == 4401


def test_another_conversations_token_closes(client: TestClient) -> None:
    mine, other = new_visitor(client), new_visitor(client)
    with open_socket(other) as socket:
        socket.send_json({"token": mine.token})
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
    assert closed.value.code == 4400


@pytest.mark.parametrize("frame", ["nonsense", "[]", '{"type": "shout"}', '{"type": "message"}', '{"type":"cancel"}'])
def test_a_frame_that_is_none_is_told_and_the_line_stays(visitor: Visitor, frame: str) -> None:
    with open_socket(visitor) as socket:
        socket.send_json({"token": visitor.token})
        socket.send_text(frame)
        answer = until(socket, "error")[-1]
        assert answer["faults"][0]["code"] == "KW106"
        socket.send_json({"type": "message", "text": PARKING})
        assert until(socket, "done")


def test_a_page_of_another_origin_is_refused(visitor: Visitor) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    with (
        pytest.raises(WebSocketDisconnect),
        visitor.client.websocket_connect(f"/api/conversations/{visitor.id}/socket", headers=headers),
    ):
        pass
