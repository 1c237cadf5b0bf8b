"""Evals of answers in a kit: what `kit check` finds wrong with their samples."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kitwright.errors import FaultsFound
from kitwright.kit import load_kit

SOUND: dict[str, Any] = {
    "id": "a-1",
    "messages": [{"role": "user", "content": "how much is it"}],
    "intent": "ask_information",
    "difficulty": "plain",
    "expect": "answer",
    "passages": ["visit/tickets"],
    "must_include": [["£6", "six pounds"]],
    "must_not_include": ["£14"],
    "reference": "A ticket costs £6.",
}
Edit = Callable[[str, str, str], None]


@pytest.fixture
def write(root: Path, edit: Edit) -> Callable[..., None]:
    """`write(sample, ...)`: put an eval of these samples into the kit."""
    edit(
        "kit.yaml",
        "tests:",
        "  - {name: answers, kind: answers, file: evals/answers.jsonl, floors: {passed: 0.1}}\ntests:",
    )

    def put(*samples: dict[str, Any]) -> None:
        (root / "evals" / "answers.jsonl").write_text("\n".join(map(json.dumps, samples)), encoding="utf-8")

    return put


def test_a_sound_eval_is_read_beside_the_intents(root: Path, write: Callable[..., None]) -> None:
    write(SOUND, SOUND | {"id": "a-2", "intent": "oos", "passages": []})
    kit = load_kit("museum", kit_paths=[root.parent])
    intents, answers = kit.evals
    assert (len(intents.intents), len(intents.answers)) == (10, 0)
    assert [sample.id for sample in answers.answers] == ["a-1", "a-2"]
    assert answers.floors == {"passed": 0.1}


@pytest.mark.parametrize(
    ("wrong", "code", "place", "value"),
    [
        ({"intent": "ask_informaton"}, "KW108", "intent", "ask_informaton"),
        ({"passages": ["visit/ticket"]}, "KW108", "passages", "visit/ticket"),
        ({"must_include": [["£7"]]}, "KW111", "reference", "£7"),
        ({"must_not_include": ["costs"]}, "KW111", "reference", "costs"),
        ({"id": "a-1"}, "KW107", "id", "a-1"),
        ({"expect": "shrug"}, "KW113", "expect", "shrug"),
    ],
)
def test_faults_are_named_at_their_line(
    root: Path, write: Callable[..., None], wrong: dict[str, Any], code: str, place: str, value: str
) -> None:
    write(SOUND, SOUND | {"id": "a-2"} | wrong)
    with pytest.raises(FaultsFound) as found:
        load_kit("museum", kit_paths=[root.parent])
    (fault,) = found.value.faults
    assert (fault.code, fault.place, fault.value) == (code, f"kits/museum/evals/answers.jsonl:2 {place}", value)
