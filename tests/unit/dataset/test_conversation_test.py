"""Conversation tests: exactly one kind a step, and a person opens."""

import pytest

from kitwright.dataset import read_conversation_tests
from kitwright.errors import FaultsFound
from kitwright.files import parse_yaml

FILE = """\
test_cases:
  - test_case: one
    steps:
      - user: hi
      - utter: x
      - slot_was_set: {size: M, sure: true}
      - handoff: false
      - buttons: []
"""


def test_steps_know_their_kind() -> None:
    (test,) = read_conversation_tests(parse_yaml(FILE, "t.yml"))
    assert [step.kind for step in test.steps] == ["user", "utter", "slot_was_set", "handoff", "buttons"]
    assert test.steps[2].slot_was_set == {"size": "M", "sure": True}


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ("- utter: x", "- utter: x\n        bot: hi", "t.yml:5 test_cases.0.steps.1", "found bot, utter"),
        ("- utter:", "- uttr:", "t.yml:5 test_cases.0.steps.1.uttr", "did you mean 'utter'"),
        ("      - user: hi\n", "", "t.yml:2 test_cases.0", "first step"),
        ("test_cases:", "cases:", "t.yml:1 cases", "choices: test_cases"),
    ],
)
def test_faults(old: str, new: str, place: str, says: str) -> None:
    with pytest.raises(FaultsFound) as caught:
        read_conversation_tests(parse_yaml(FILE.replace(old, new, 1), "t.yml"))
    assert any(fault.place == place and says in fault.line() for fault in caught.value.faults), caught.value
