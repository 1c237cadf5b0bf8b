"""The reply's wire shape, which other people's scripts read."""

import json

from kitwright.types import Button, Reply, Source, TraceEntry


def test_a_record_has_the_fixed_keys_and_is_json() -> None:
    reply = Reply(
        conversation_id="c",
        text="Hello",
        buttons=(Button("Yes", "/affirm"),),
        sources=(Source("a/b", "A"),),
        handoff=True,
        trace=(TraceEntry("decide", "say", "why", 1.23456),),
    )
    assert json.loads(json.dumps(reply.as_record("hi"))) == {
        "conversation_id": "c",
        "text": "hi",
        "reply": "Hello",
        "buttons": [{"title": "Yes", "payload": "/affirm"}],
        "sources": [{"id": "a/b", "title": "A", "url": None}],
        "handoff": True,
        "trace": [{"step": "decide", "decision": "say", "why": "why", "ms": 1.235}],
    }
