"""ABCD: customer and agent become user and assistant, screens of the agent are left out, the split is kept."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from kitwright.dataset.importers import Personal
from kitwright.dataset.sample import Said
from kitwright.errors import FaultsFound
from unit.dataset.importers.reading import read

CHAT: dict[str, Any] = {
    "convo_id": 7,
    "scenario": {
        "personal": {"customer_name": "ada quill", "email": "ada@mail.example", "member_level": "gold"},
        "order": {"zip_code": "90210", "city": "ely"},
        "flow": "shipping_issue",
        "subflow": "missing",
    },
    "original": [
        ["agent", "Welcome!"],
        ["customer", "My scarf never came."],
        ["customer", "It was a gift."],
        ["agent", "Your name?"],
        ["customer", "Ada Quill"],
        ["action", "Account has been pulled up for Ada Quill."],
        ["agent", "A new one is on its way, Ada."],
        ["customer", "Thanks"],
    ],
    "delexed": [{"speaker": "agent", "text": "welcome!", "candidates": [1, 2]}],
}


def write(folder: Path, data: object) -> Path:
    path = folder / "abcd_v1.1.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_a_conversation(tmp_path: Path) -> None:
    (chat,) = read(write(tmp_path, {"train": [CHAT], "dev": [], "test": []}), "abcd").chats
    assert chat.turns == (
        Said("user", "My scarf never came.\nIt was a gift."),
        Said("assistant", "Your name?"),
        Said("user", "Ada Quill"),
        Said("assistant", "A new one is on its way, Ada."),
    )
    assert (chat.tags, chat.split) == (("shipping_issue", "missing"), "train")
    assert Personal("EMAIL_ADDRESS", "ada@mail.example") in chat.personal
    assert Personal("PERSON", "Ada", any_case=False) in chat.personal
    assert Personal("US_ZIP_CODE", "90210") in chat.personal


def test_gzipped_and_the_sample_without_splits(tmp_path: Path) -> None:
    path = tmp_path / "abcd_sample.json.gz"
    path.write_bytes(gzip.compress(json.dumps([CHAT, CHAT]).encode()))
    assert [chat.split for chat in read(path, "abcd").chats] == [None, None]


def test_faulty_conversations_stop_nothing(tmp_path: Path) -> None:
    faulty = [
        {"original": [["agent", "Hi"], ["customer", "Bye"]]},
        {"original": [["robot", "Hi"]]},
        {"original": ["Hi"]},
        {"turns": []},
        {"original": [[["agent"], "Hi"]], "scenario": 3},
    ]
    found = read(write(tmp_path, {"test": [*faulty, CHAT]}), "abcd")
    assert found.problems == [
        "abcd_v1.1.json test[0] no question is answered",
        "abcd_v1.1.json test[1] a speaker is none of agent, customer, action",
        "abcd_v1.1.json test[2] a turn is not a pair of speaker and text",
        "abcd_v1.1.json test[3] is no conversation with `original` turns",
        "abcd_v1.1.json test[4] a turn is not a pair of speaker and text",
    ]
    assert len(found.chats) == 1


@pytest.mark.parametrize("data", [3, {"train": 3}])
def test_other_json_is_refused(tmp_path: Path, data: object) -> None:
    with pytest.raises(FaultsFound, match="is not ABCD"):
        read(write(tmp_path, data), "abcd")
