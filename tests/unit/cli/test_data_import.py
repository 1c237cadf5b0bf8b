"""`kitwright data import`: a published file becomes records; what was left out is said."""

import json
from pathlib import Path

import pytest

from unit.cli.conftest import Run

TABLE = "Frage;Thema\nI am on jo@example.com;mail\n;mail\nwhere is it;parcel\n"
COLUMNS = ("--columns", "text=Frage,label=Thema")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "faq.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_table(run: Run, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    ran = run("data", "import", "csv", table, "--out", out, *COLUMNS)
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == [
        {"id": "csv-1", "text": "I am on <EMAIL_ADDRESS_1>", "label": "mail"},
        {"id": "csv-2", "text": "where is it", "label": "parcel"},
    ]
    assert ran.code == 0
    assert ran.out.splitlines() == [f"wrote 2 records to {out}", "left out, faulty: 1", "hidden: EMAIL_ADDRESS 1"]
    assert ran.faults == [f"KW113 {table}:3: Frage is empty"]


def test_figures_as_json(run: Run, table: Path, tmp_path: Path) -> None:
    figures = run("data", "import", "csv", table, "--out", tmp_path / "o", *COLUMNS, "--no-scrub", "--json").json
    assert (figures["format"], figures["records"], figures["faulty"], figures["hidden"]) == ("csv", 2, 1, {})
    assert figures["faults"][0]["place"] == f"{table}:3"


def test_only_some_faults_are_shown(run: Run, table: Path, tmp_path: Path) -> None:
    table.write_text("text,label\na,b\n" + ",b\n" * 25, encoding="utf-8")
    ran = run("data", "import", "csv", table, "--out", tmp_path / "o")
    assert "left out, faulty: 25, of which 20 are shown" in ran.out
    assert len(ran.faults) == 20


def test_a_kit_has_its_own_rules(run: Run, museum: Path, table: Path) -> None:
    (museum / "kits/museum/privacy.yaml").write_text("keep_patterns:\n  ours: jo@example.com\n", encoding="utf-8")
    run("data", "import", "csv", table, "--out", "out.jsonl", *COLUMNS, "--kit", "museum", "--limit", 1)
    assert json.loads(Path("out.jsonl").read_text(encoding="utf-8"))["text"] == "I am on jo@example.com"


@pytest.mark.parametrize("columns", ["text=a", "text=a,label=", "text=a,label=b,text=c", "a,b", "text=a,completion=b"])
def test_columns_are_two_that_belong_together(run: Run, table: Path, tmp_path: Path, columns: str) -> None:
    ran = run("data", "import", "csv", table, "--out", tmp_path / "o", "--columns", columns)
    assert ran.code == 2
    assert ran.faults[0].startswith("KW002 --columns")


def test_the_wrong_format(run: Run, table: Path, tmp_path: Path) -> None:
    table.write_text("text,category\na,b\n", encoding="utf-8")
    ran = run("data", "import", "medquad", table, "--out", tmp_path / "o")
    assert (ran.code, ran.out) == (1, "")
    assert ran.faults[0].endswith(f"hint: it looks like banking77: kitwright data import banking77 {table}")
