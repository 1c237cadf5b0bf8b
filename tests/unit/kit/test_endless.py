"""A flow that can end is never called endless, and one that can not always is."""

import pytest

from kitwright.dialogue import Flow, compile_flow
from kitwright.kit.checks.flows import endless

ASK = {"collect": "x"}
OUT = {"noop": True, "next": [{"if": "slots.x", "then": "END"}, {"else": [{"link": "a"}]}]}


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        ({"a": [ASK]}, []),
        ({"a": [{"link": "b"}], "b": [{"link": "a"}]}, ["a", "b"]),
        ({"a": [{"call": "b"}], "b": [{"call": "a"}, ASK]}, ["a", "b"]),
        ({"a": [{"link": "b"}], "b": [OUT]}, []),
        ({"a": [{"call": "b"}, ASK], "b": [ASK]}, []),
        ({"a": [{"id": "here", "noop": True, "next": "here"}]}, ["a"]),
        ({"a": [{"link": "unknown"}]}, []),
        ({"a": [ASK, {"link": "b"}], "b": [{"link": "b"}]}, ["a", "b"]),
    ],
)
def test_endless(flows: dict[str, list[object]], expected: list[str]) -> None:
    programs = {
        name: compile_flow(name, Flow.model_validate({"description": "d", "steps": steps}))
        for name, steps in flows.items()
    }
    assert endless(programs) == expected
