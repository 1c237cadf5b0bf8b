"""Chat records of other tools: OpenAI's messages and ShareGPT's conversations, as JSON and as JSON lines."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.dataset.sample import Said
from kitwright.errors import FaultsFound
from unit.dataset.importers.reading import read

ASK = {"role": "user", "content": "Is it sunny?"}
CALL = {
    "role": "assistant",
    "content": None,
    "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}],
}
SAY = {"role": "assistant", "content": "Yes."}
KEYS = ["role", "from", "content", "value", "text", "type", "tool_calls", "tool_call_id", "function", "id", "name"]


def write(folder: Path, *items: object, name: str = "chat.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(json.dumps(item) for item in items), encoding="utf-8")
    return path


def one(folder: Path, *messages: object) -> Any:
    (chat,) = read(write(folder, {"messages": messages}), "chat").chats
    return chat


def test_parts_are_joined_and_a_developer_is_the_system(tmp_path: Path) -> None:
    parts = [{"type": "text", "text": "Is it"}, {"type": "text", "text": "sunny?"}]
    chat = one(tmp_path, {"role": "developer", "content": "Be brief."}, {"role": "user", "content": parts}, SAY)
    assert chat.turns == (Said("system", "Be brief."), Said("user", "Is it\nsunny?"), Said("assistant", "Yes."))


@pytest.mark.parametrize(
    ("returned", "facts"),
    [
        ('{"sky": "clear"}', {"sky": "clear"}),
        ("clear sky", {"weather": "clear sky"}),
        ("[1]", {"weather": [1]}),
        ("NaN", {"weather": "NaN"}),
    ],
)
def test_what_a_tool_returned_becomes_facts(tmp_path: Path, returned: str, facts: dict[str, object]) -> None:
    chat = one(tmp_path, ASK, CALL, {"role": "tool", "tool_call_id": "c1", "content": returned}, SAY)
    assert chat.turns == (Said("user", "Is it sunny?"), Said("assistant", "Yes."))
    assert chat.facts == facts


def test_facts_are_those_of_the_last_answered_question(tmp_path: Path) -> None:
    tool = {"role": "tool", "name": "weather", "content": "clear"}
    assert one(tmp_path, ASK, CALL, tool, SAY, ASK, SAY).facts is None
    assert one(tmp_path, ASK, CALL, tool, SAY, ASK, CALL).facts == {"weather": "clear"}


def test_sharegpt_with_a_call(tmp_path: Path) -> None:
    turns = [
        {"from": "gpt", "value": "Hello."},
        {"from": "human", "value": "Is it sunny?"},
        {"from": "function_call", "value": '{"name": "weather"}'},
        {"from": "observation", "value": "clear"},
        {"from": "gpt", "value": "Yes."},
    ]
    path = tmp_path / "sharegpt.json"
    path.write_text(json.dumps([{"id": "x", "conversations": turns}], indent=1), encoding="utf-8")
    (chat,) = read(path, "chat").chats
    assert chat.turns == (Said("user", "Is it sunny?"), Said("assistant", "Yes."))
    assert chat.facts == {"result": "clear"}


def test_faulty_lines_are_told_by_their_line(tmp_path: Path) -> None:
    image = [{"type": "image_url", "image_url": {"url": "x"}}]
    path = tmp_path / "chat.jsonl"
    lines = [
        "",
        "{",
        json.dumps({"messages": [ASK, SAY]}),
        json.dumps({"text": "a"}),
        json.dumps({"messages": [{"role": "user", "content": image}, SAY]}),
        json.dumps({"messages": [{"role": "robot", "content": "a"}]}),
        json.dumps({"messages": [ASK]}),
        json.dumps({"messages": [ASK, {"role": "system", "content": "a"}, SAY]}),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read(path, "chat")
    assert [chat.place.rpartition("/")[2] for chat in found.chats] == ["chat.jsonl:3"]
    assert [problem.partition(",")[0] for problem in found.problems] == [
        "chat.jsonl:2 not JSON",
        "chat.jsonl:4 has neither messages nor conversations",
        "chat.jsonl:5 a message holds something else than text",
        "chat.jsonl:6 a message has none of the roles system",
        "chat.jsonl:7 no question is answered",
        "chat.jsonl:8 a system message is not the first",
    ]


@pytest.mark.parametrize(("text", "says"), [("[1]", "no conversations"), ("[", "not JSON"), (" \n", "is empty")])
def test_other_files_are_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "chat.json").write_text(text, encoding="utf-8")
    with pytest.raises(FaultsFound, match=says):
        read(tmp_path / "chat.json", "chat")


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["user", "gpt", "tool", "text", "a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=20,
)


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), ANY, max_size=5), max_size=4))
def test_whatever_the_messages_are_they_are_read_or_faulty(messages: list[object]) -> None:
    with TemporaryDirectory() as folder:
        found = read(write(Path(folder), {"messages": messages}, {"conversations": messages}), "chat")
    assert len(found.chats) + len(found.faults) == 2


TEXT = st.text(min_size=1).filter(str.strip)
TALKS = st.lists(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=3), min_size=1, max_size=4)
NAMES = {"openai": ("messages", "role", "content", "user", "assistant"),
         "sharegpt": ("conversations", "from", "value", "human", "gpt")}  # fmt: skip


@given(talks=TALKS, form=st.sampled_from(sorted(NAMES)), lines=st.booleans(), as_ascii=st.booleans())
def test_any_conversation_comes_back(
    talks: list[list[tuple[str, str]]], form: str, lines: bool, as_ascii: bool
) -> None:
    key, role, content, user, assistant = NAMES[form]
    items = [
        {key: [{role: who, content: text} for pair in talk for who, text in zip((user, assistant), pair, strict=True)]}
        for talk in talks
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("chat.jsonl" if lines else "chat.json")
        whole = "\n".join(json.dumps(i, ensure_ascii=as_ascii) for i in items) if lines else json.dumps(items)
        path.write_text(whole, encoding="utf-8")
        found = read(path, "chat")
    assert not found.faults
    assert [[said.content for said in chat.turns] for chat in found.chats] == [
        [text.strip() for pair in talk for text in pair] for talk in talks
    ]
