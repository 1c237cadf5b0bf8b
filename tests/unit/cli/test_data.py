"""`kitwright data`: exit codes, JSON, the page, and the files of a split."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kitwright.cli.main import app
from kitwright.encoder import HashingEncoder
from kitwright.errors import FaultsFound, UsageError

CLEAN = [
    {"id": f"{topic}-{n}", "text": f"{word} {topic} number {n * 37}", "label": topic}
    for topic in ("parcel", "refund")
    for n, word in enumerate("where what which whose when how why can may must".split())
]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KITWRIGHT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("kitwright.workshop.data.embedded_encoder", HashingEncoder)
    path = tmp_path / "records.jsonl"
    path.write_text("\n".join(map(json.dumps, CLEAN)), encoding="utf-8")
    return path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["data", *map(str, arguments)], catch_exceptions=True)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def test_a_clean_file_passes_and_a_page_is_written(data: Path, tmp_path: Path) -> None:
    code, out = run("check", data, "--json", "--html", tmp_path / "out.html")
    report = json.loads(out)
    assert (code, report["ok"], report["records"]) == (0, True, len(CLEAN))
    assert "parcel" in (tmp_path / "out.html").read_text("utf-8")


def test_an_error_gives_exit_code_1_and_a_table(data: Path) -> None:
    data.write_text(data.read_text("utf-8") + "\nnope\n" + json.dumps(CLEAN[0]), encoding="utf-8")
    code, out = run("check", data)
    assert code == 1
    for word in ("malformed", "records.jsonl:21", "id_twice", "exact_duplicate", "21 records"):
        assert word in out


def test_figures(data: Path) -> None:
    code, out = run("stats", data, "--json")
    figures = json.loads(out)
    assert code == 0
    assert figures["classes"] == {"parcel": 10, "refund": 10}
    assert figures["shapes"] == {"text": 20}


def test_a_split_says_how_it_was_made_and_repeats(data: Path, tmp_path: Path) -> None:
    shares = ("--train", 0.5, "--validation", 0.25, "--test", 0.25, "--seed", 3)
    for out in ("one", "two"):
        assert run("split", data, "--out", tmp_path / out, *shares)[0] == 0
    about = json.loads((tmp_path / "one" / "split.json").read_text("utf-8"))
    assert about["seed"] == 3
    lines = []
    for name in ("train", "validation", "test"):
        text = (tmp_path / "one" / f"{name}.jsonl").read_text("utf-8")
        assert text == (tmp_path / "two" / f"{name}.jsonl").read_text("utf-8")
        assert about["splits"][name]["records"] == len(text.splitlines())
        lines += [json.loads(line) for line in text.splitlines()]
    assert sorted(lines, key=lambda line: str(line["id"])) == sorted(CLEAN, key=lambda line: str(line["id"]))


def test_a_split_never_writes_over_what_it_reads(data: Path) -> None:
    with pytest.raises(UsageError, match="--out"):
        run("split", data, "--out", data.parent)


def test_malformed_records_are_not_split(data: Path, tmp_path: Path) -> None:
    data.write_text("nope", encoding="utf-8")
    with pytest.raises(FaultsFound, match="KW113"):
        run("split", data, "--out", tmp_path / "out")
