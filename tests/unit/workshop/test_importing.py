"""Importing: every record fits its model, faults are counted and stop nothing, and a target is written whole."""

import json
from pathlib import Path
from typing import Any

import pytest

from kitwright.dataset import IntentSample, SftRecord, read_records, read_samples
from kitwright.errors import FaultsFound, UsageError
from kitwright.workshop.importing import SHOWN, Imported, ImportJob, formats, import_records

ASK = {"role": "user", "content": "Open?"}
SAY = {"role": "assistant", "content": "Yes, mail jo@example.com."}
NLU = """\
version: "3.1"
nlu:
- intent: greet
  examples: |
    - hello [Ada](name)
    hi
- synonym: hi
  examples: |
    - hey
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(folder: Path, name: str, *paths: Path, **options: Any) -> tuple[Imported, list[dict[str, object]]]:
    job = ImportJob(format=name, paths=paths, out=folder / "out.jsonl", **options)
    done = import_records(job)
    return done, [json.loads(line) for line in job.out.read_text(encoding="utf-8").splitlines()]


def test_conversations_are_records_to_train_on(tmp_path: Path) -> None:
    path = write(tmp_path, "chat.jsonl", "\n".join(json.dumps({"messages": [ASK, SAY]}) for _ in range(2)))
    done, _ = run(tmp_path, "chat", path)
    records = list(read_records(tmp_path / "out.jsonl", SftRecord).values())
    assert [record.id for record in records] == ["chat-1", "chat-2"]
    assert records[0].messages[1].content == "Yes, mail <EMAIL_ADDRESS_1>."
    assert (done.records, done.faulty, done.hidden) == (2, 0, {"EMAIL_ADDRESS": 2})
    assert not read_samples([tmp_path / "out.jsonl"]).findings


def test_labelled_texts_of_one_split_can_be_an_eval(tmp_path: Path) -> None:
    data = {"val": [["a", "x"]], "train": [["b", "y"], ["c", "y"]]}
    path = write(tmp_path, "data_full.json", json.dumps(data))
    _, lines = run(tmp_path, "clinc150", path, split="train")
    assert [IntentSample.model_validate(line).text for line in lines] == ["b", "c"]
    _, lines = run(tmp_path, "clinc150", path)
    assert [line["split"] for line in lines] == ["val", "train", "train"]


def test_the_split_of_a_conversation_is_its_last_tag(tmp_path: Path) -> None:
    chats = [{"scenario": {"flow": "f"}, "original": [["customer", "a"], ["agent", "b"]]}]
    path = write(tmp_path, "abcd_v1.1.json", json.dumps({"dev": chats}))
    assert run(tmp_path, "abcd", path)[1][0]["tags"] == ["f", "split:dev"]


def test_without_scrubbing_the_text_is_as_published(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "text,label\nI am on jo@example.com,a\n")
    assert run(tmp_path, "csv", path, scrub=False)[1][0]["text"] == "I am on jo@example.com"
    assert run(tmp_path, "csv", path)[1][0]["text"] == "I am on <EMAIL_ADDRESS_1>"


def test_rasa_utterances_lose_their_annotations(tmp_path: Path) -> None:
    write(tmp_path, "data/nlu.yml", NLU)
    write(tmp_path, "data/stories.yml", "stories: []\n")
    done, lines = run(tmp_path, "rasa", tmp_path / "data")
    assert lines == [{"id": "rasa-1", "text": "hello Ada", "label": "greet"}]
    assert [(fault.code, fault.place.rpartition("/")[2]) for fault in done.faults] == [("KW106", "nlu.yml:6")]


def test_a_folder_gives_its_files_of_the_format_in_order(tmp_path: Path) -> None:
    write(tmp_path, "in/b/test.csv", "text,category\nb,x\n")
    write(tmp_path, "in/a/train.csv", "text,category\na,x\n")
    write(tmp_path, "in/other.csv", "text;label\nc;x\n")
    _, lines = run(tmp_path, "banking77", tmp_path / "in")
    assert [(line["text"], line["split"]) for line in lines] == [("a", "train"), ("b", "test")]


def test_reading_stops_at_the_limit(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "text,label\n" + "a,x\n" * 9 + "faulty\n")
    done, lines = run(tmp_path, "csv", path, limit=3)
    assert (len(lines), done.faulty) == (3, 0)


def test_all_faults_are_counted_and_some_kept(tmp_path: Path) -> None:
    one = write(tmp_path, "a.csv", "text,label\n" + ",x\n" * 30 + "a,x\n")
    other = write(tmp_path, "b.csv", "question,topic\nb,x\n")
    done, lines = run(tmp_path, "csv", one, other)
    assert (len(lines), done.faulty, len(done.faults)) == (1, 31, SHOWN)
    assert done.faults[0].place == f"{one}:2"


def test_bytes_that_are_no_text_are_a_fault_of_their_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"text,label\n\xff,x\nb,x\n")
    done, lines = run(tmp_path, "csv", path)
    assert [line["text"] for line in lines] == ["b"]
    assert [(fault.place, fault.problem) for fault in done.faults] == [(f"{path}:2", "is not UTF-8 text")]


def test_a_record_that_can_not_be_scrubbed_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_find: object, text: str, _latest: float) -> tuple[()]:
        if "b" in text:
            raise ValueError(text)
        return ()

    monkeypatch.setattr("kitwright.privacy.scrubber._analyse", fail)
    done, lines = run(tmp_path, "csv", write(tmp_path, "a.csv", "text,label\na,x\nb,x\n"))
    assert [line["text"] for line in lines] == ["a"]
    assert [(fault.code, fault.place) for fault in done.faults] == [("KW202", f"{tmp_path / 'a.csv'}:3")]


@pytest.mark.parametrize(
    ("name", "text", "code", "says"),
    [
        ("clinc150", "text,category\na,b\n", "KW104", "it looks like banking77: kitwright data import banking77"),
        ("bitext", '{"messages": []}', "KW106", "it looks like chat"),
        ("csv", "text,category\na,b\n", "KW106", "it looks like banking77"),
        ("rasa", "stories: []\n", "KW106", "unknown key"),
        ("csv", "text,label\na,\n", "KW113", "label is empty"),
        ("csv", "text,label\n", "KW103", "holds not one record"),
    ],
)
def test_nothing_to_import(tmp_path: Path, name: str, text: str, code: str, says: str) -> None:
    target = write(tmp_path, "out.jsonl", "old")
    with pytest.raises(FaultsFound) as caught:
        run(tmp_path, name, write(tmp_path, "in", text))
    assert caught.value.faults[0].code == code
    assert says in str(caught.value)
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.jsonl"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"format": "clinc15"}, "KW001 FORMAT: unknown format; value: 'clinc15'; choices: abcd"),
        ({"format": "abcd", "columns": {"text": "a", "label": "b"}}, "KW002 --columns"),
        ({"split": "tset"}, "KW001 --split: no such split; value: 'tset'; choices: test"),
        ({"format": "csv", "columns": {"text": "text", "label": "category"}, "split": "test"}, "names no splits"),
        ({"paths": (Path("not_there"),)}, "KW101 PATH: no such file or folder; value: 'not_there'"),
    ],
)
def test_wrong_use(tmp_path: Path, options: dict[str, Any], says: str) -> None:
    path = write(tmp_path, "test.csv", "text,category\na,b\n")
    given: dict[str, Any] = {"format": "banking77", "paths": (path,), "out": tmp_path / "out.jsonl", **options}
    with pytest.raises(UsageError) as caught:
        import_records(ImportJob(**given))
    assert says in str(caught.value)
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(("out", "says"), [("no/folder/out", "can not be written"), ("test.csv", "files to read")])
def test_targets_that_can_not_be(tmp_path: Path, out: str, says: str) -> None:
    path = write(tmp_path, "test.csv", "text,category\na,b\n")
    with pytest.raises(UsageError, match=says):
        import_records(ImportJob(format="banking77", paths=(path,), out=tmp_path / out))
    assert path.read_text(encoding="utf-8").startswith("text")


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no file of the format medquad.*looked for \*\.xml"):
        run(tmp_path, "medquad", tmp_path)


def test_the_formats() -> None:
    assert sorted(formats()) == sorted("abcd bitext banking77 clinc150 medquad ddxplus rasa chat csv".split())
