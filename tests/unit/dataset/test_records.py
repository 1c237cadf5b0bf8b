"""JSON lines are read with their line numbers; every malformed line is reported."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.dataset import IntentSample, SftRecord, read_jsonl, read_records
from kitwright.errors import FaultsFound

GOOD = {"id": "a", "messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hello"}]}


def write(folder: Path, *lines: str) -> Path:
    path = folder / "r.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_blank_lines_count_but_hold_nothing(tmp_path: Path) -> None:
    records = read_jsonl(write(tmp_path, '{"a": 1}', "", '{"a": "\u2028"}'))
    assert [(record.line, record.data) for record in records] == [(1, {"a": 1}), (3, {"a": "\u2028"})]


@pytest.mark.parametrize("line", ["{", "[1]", "3", '{"a": NaN}', "[" * 100_000, '{"a": ' + "9" * 5000 + "}"])
def test_lines_that_are_no_objects(tmp_path: Path, line: str) -> None:
    with pytest.raises(FaultsFound) as caught:
        read_jsonl(write(tmp_path, '{"a": 1}', line), "r.jsonl")
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [("KW113", "r.jsonl:2")]


def test_an_sft_record(tmp_path: Path) -> None:
    records = read_records(write(tmp_path, "", json.dumps(GOOD)), SftRecord)
    assert records[2].messages[1].content == "hello"
    assert records[2].passages == ()


def test_all_faults_of_all_lines_are_reported(tmp_path: Path) -> None:
    bad_role = {**GOOD, "id": "b", "messages": [{"role": "robot", "content": "x"}]}
    lines = [json.dumps(record) for record in (GOOD, bad_role, {**GOOD, "tag": []}, GOOD)]
    with pytest.raises(FaultsFound) as caught:
        read_records(write(tmp_path, *lines), SftRecord, "r.jsonl")
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [
        ("KW113", "r.jsonl:2 messages.0.role"),
        ("KW113", "r.jsonl:3 tag"),
        ("KW107", "r.jsonl:4 id"),
    ]


@given(st.text())
def test_any_text_round_trips_or_is_refused(text: str) -> None:
    sample = IntentSample(id="x", text=text, label="a")
    line = sample.model_dump_json(exclude_none=True)
    assert IntentSample.model_validate_json(line) == sample
    assert "\n" not in line
