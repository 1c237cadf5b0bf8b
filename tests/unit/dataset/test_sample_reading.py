"""Records are told by their shape; a malformed line is named and the others are read."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.dataset import read_samples
from kitwright.errors import UsageError

USER = {"role": "user", "content": "hi"}
BOT = {"role": "assistant", "content": "hello"}
BAD = [
    "{", "[1]", '{"a": NaN}', '{"q": 1}', '{"messages": []}', '{"messages": "x"}', '{"messages": [3]}',
    '{"messages": [{"role": "robot", "content": "x"}]}', '{"messages": [{"role": "user", "content": null}]}',
    '{"messages": [{"role": "user", "content": ["x"]}]}', '{"text": 3, "label": "a"}', '{"text": "x", "label": ""}',
    '{"prompt": "x", "completion": "y", "label": "good"}', '{"text": "x", "label": "a", "tags": "b"}',
    '{"text": "x", "label": "a", "id": null}', '{"prompt": "x", "chosen": "y"}', "[" * 100_000,
]  # fmt: skip


def write(path: Path, *records: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in records), encoding="utf-8")
    return path


def test_each_shape_is_known(tmp_path: Path) -> None:
    lines: tuple[dict[str, object], ...] = (
        {"id": "s", "messages": [USER, BOT]},
        {"prompt": "hi", "completion": "hello", "label": False},
        {"prompt": [USER], "chosen": [BOT], "rejected": "no"},
        {"text": "hi", "label": "greet", "mood": 1},
    )
    samples = read_samples([write(tmp_path / "r.jsonl", *lines)]).samples
    assert [s.shape for s in samples] == ["sft", "kto", "dpo", "text"]
    assert [s.answer for s in samples] == ["hello", "hello", "hello", None]
    assert [s.id for s in samples] == ["s", "r.jsonl:2", "r.jsonl:3", "r.jsonl:4"]
    assert samples[2].rejected == "no"
    assert samples[3].extra == ("mood",)
    assert {s.question for s in samples} == {"hi"}


@pytest.mark.parametrize("line", BAD)
def test_a_malformed_line_is_named_and_the_rest_is_read(tmp_path: Path, line: str) -> None:
    good = {"text": "x", "label": "a"}
    readings = read_samples([write(tmp_path / "r.jsonl", good, line, good)])
    assert len(readings.samples) == 2
    assert [(f.kind, f.places) for f in readings.findings] == [("malformed", ("r.jsonl:2",))]


def test_bytes_that_are_no_text_spoil_one_line(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_bytes(
        b'{"text": "x", "label": "a"}\n{"text": "\xff"}\r\n{"text": "y", "label": "a"}\r\n'
    )
    readings = read_samples([tmp_path / "r.jsonl"])
    assert [s.line for s in readings.samples] == [1, 3]
    assert [f.what for f in readings.findings] == ["is not UTF-8 text"]


def test_splits_are_told_by_file_folder_or_field(tmp_path: Path) -> None:
    good = {"text": "x", "label": "a"}
    for name in ("train.jsonl", "val/a.jsonl", "test-1.jsonl", "contest.jsonl"):
        write(tmp_path / "set" / name, good)
    write(tmp_path / "set" / "other.jsonl", {**good, "split": "dev"})
    found = {s.file: s.split for s in read_samples([tmp_path / "set"]).samples}
    assert found == {
        "train.jsonl": "train", "val/a.jsonl": "validation", "test-1.jsonl": "test", "contest.jsonl": None,
        "other.jsonl": "validation",
    }  # fmt: skip


def test_what_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(UsageError):
            read_samples([path])


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("role content".split()), inner),
    max_leaves=6,
)
_keys = st.sampled_from("messages prompt completion chosen rejected text label tags facts passages id split".split())


@given(st.dictionaries(_keys, _json))
def test_no_object_stops_the_reading(tmp_path_factory: pytest.TempPathFactory, record: dict[str, object]) -> None:
    path = write(tmp_path_factory.mktemp("any") / "r.jsonl", record)
    readings = read_samples([path])
    assert len(readings.samples) + len(readings.findings) == 1
