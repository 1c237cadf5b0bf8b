"""Flows as programs: nested branches, what a flow collects with those it calls, and wrong files."""

import pytest
import yaml
from pydantic import ValidationError

from kitwright.dialogue import END, Flow, FlowFile, compile_flow
from kitwright.dialogue.program import Program, collected, family, fleeting
from unit.dialogue.small_bot import FLOWS


def programs() -> dict[str, Program]:
    flows = FlowFile.model_validate(yaml.safe_load(FLOWS)).flows
    return {name: compile_flow(name, flow) for name, flow in flows.items()}


def flow(steps: str) -> Flow:
    return Flow.model_validate({"description": "x", "steps": yaml.safe_load(steps)})


def test_a_nested_block_goes_on_behind_the_branch() -> None:
    steps = "[{noop: true, next: [{if: slots.a, then: [{action: b}, {action: c}]}, {else: END}]}, {action: d}]"
    program = compile_flow("x", flow(steps))
    seen, at = [], program.start
    while at != END:
        instruction = program.instructions[at]
        seen.append(instruction.step.action)
        at = instruction.following({"a": True})
    assert seen == [None, "b", "c", "d"]
    assert program.instructions[program.start].following({}) == END


def test_without_an_else_a_branch_goes_on_with_the_next_step() -> None:
    program = compile_flow("x", flow("[{noop: true, next: [{if: slots.a, then: END}]}, {action: d}]"))
    assert program.instructions[program.start].following({}) == "1_action"


def test_what_a_flow_collects_counts_what_it_calls_and_what_those_pass_on_to() -> None:
    known = programs()
    assert family(known, "give_back") == {"give_back", "open_order"}
    assert family(known, "pass_on") == {"pass_on", "passing", "advice"}
    assert family(known, "passing") == {"passing"}
    assert collected(known, "give_back") == {"order", "proof", "reason", "confirm"}
    assert fleeting(known, "give_back") == {"order", "reason", "confirm"}


def test_flows_that_call_in_a_circle_have_a_family_too() -> None:
    known = {name: compile_flow(name, flow(f"[{{call: {other}}}]")) for name, other in (("a", "b"), ("b", "a"))}
    assert family(known, "a") == {"a", "b"}


@pytest.mark.parametrize(
    "steps",
    [
        "[]",
        "[{}]",
        "[{action: a, collect: b}]",
        "[{action: a, nxt: END}]",
        "[{action: a, next: [{if: slots.a}]}]",
        "[{action: a, next: [{if: slots.a, then: []}]}]",
        "[{action: a, next: [{else: []}]}]",
        "[{action: a, next: [{if: slots.a, then: END, else: END}]}]",
        "[{action: a, next: [{then: END}]}]",
        "[{noop: false}]",
    ],
)
def test_wrong_steps_are_refused(steps: str) -> None:
    with pytest.raises(ValidationError):
        flow(steps)
