"""`kitwright scrub`: a text, stdin, or a file of records, with spans on the text that went in."""

import json
from pathlib import Path

import pytest

from unit.cli.conftest import Run

TEXT = "🙂 I am on jo@example.com or 07700 900123"
SCRUBBED = "🙂 I am on <EMAIL_ADDRESS_1> or <PHONE_NUMBER_1>"


def test_a_text_is_scrubbed(run: Run) -> None:
    ran = run("scrub", TEXT)
    assert (ran.code, ran.out, ran.err) == (0, SCRUBBED + "\n", "")


@pytest.mark.parametrize("typed", [TEXT, f"{TEXT}\nand again jo@example.com"])
def test_stdin_is_scrubbed(run: Run, typed: str) -> None:
    ran = run("scrub", stdin=typed)
    assert ran.out.startswith(SCRUBBED)
    assert "jo@" not in ran.out


def test_spans_stand_on_the_text_that_went_in(run: Run) -> None:
    result = run("scrub", TEXT, "--json").json
    assert list(result) == ["text", "spans"]
    assert result["text"] == SCRUBBED
    assert [(TEXT[s["start"] : s["end"]], s["label"]) for s in result["spans"]] == [
        ("jo@example.com", "EMAIL_ADDRESS"),
        ("07700 900123", "PHONE_NUMBER"),
    ]
    assert all(list(span) == ["start", "end", "label", "score"] and 0 < span["score"] <= 1 for span in result["spans"])


def test_a_file_goes_round(run: Run, tmp_path: Path) -> None:
    records: list[dict[str, str | int]] = [
        {"id": "1", "text": TEXT},
        {"id": 2, "text": "nothing to hide"},
        {"id": "3", "text": "a\u2028jo@example.com \ud83d al@example.com, jo@example.com"},
        {"id": "4", "text": "<EMAIL_ADDRESS_1> is what I typed"},
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    ran = run("scrub", "--in", source, "--out", target)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    results = [json.loads(line) for line in target.read_text("utf-8").split("\n") if line]
    assert [result["id"] for result in results] == ["1", 2, "3", "4"]
    assert {tuple(result) for result in results} == {("id", "text", "spans")}
    assert results[0]["text"] == SCRUBBED
    assert (results[1]["text"], results[1]["spans"]) == ("nothing to hide", [])
    assert results[2]["text"] == "a\u2028<EMAIL_ADDRESS_1> ? <EMAIL_ADDRESS_2>, <EMAIL_ADDRESS_1>"
    for record, result in zip(records, results, strict=True):
        text = str(record["text"])
        for span in reversed(result["spans"]):
            assert text[span["start"] : span["end"]] in {
                "jo@example.com", "al@example.com", "07700 900123", "<EMAIL_ADDRESS_1>",
            }  # fmt: skip
            text = text[: span["start"]] + text[span["end"] :]
        assert "@" not in text


def test_a_kit_has_its_own_rules(run: Run, museum: Path) -> None:
    (museum / "kits/museum/privacy.yaml").write_text("keep_patterns:\n  our_desk: 07700 900123\n", encoding="utf-8")
    ran = run("scrub", TEXT, "--kit", "museum")
    assert ran.out == "🙂 I am on <EMAIL_ADDRESS_1> or 07700 900123\n"


@pytest.mark.parametrize("arguments", [("--in", "x"), ("--out", "x"), ("hi", "--in", "x", "--out", "y")])
def test_in_and_out_go_together_alone(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run("scrub", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.faults[0].startswith("KW002 scrub: --in and --out go together")


def test_malformed_records_are_named_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1}\n{"id": 1, "text": "hi"}\nx\n', encoding="utf-8")
    ran = run("scrub", "--in", tmp_path / "in.jsonl", "--out", tmp_path / "out.jsonl")
    assert ran.code == 2
    assert [line.partition("in.jsonl:")[2] for line in ran.faults] == ["1: misses or mistypes text", "3: is not JSON"]
    assert not (tmp_path / "out.jsonl").exists()


def test_when_scrubbing_fails_nothing_is_printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_find: object, text: str, _latest: float) -> None:
        raise ValueError(text)

    monkeypatch.setattr("kitwright.privacy.scrubber._analyse", fail)
    ran = run("scrub", TEXT)
    assert (ran.code, ran.out) == (1, "")
    assert ran.faults[0].startswith("KW202")
    assert "jo@" not in ran.err


def test_explain_says_who_found_what_and_who_won(run: Run) -> None:
    ran = run("scrub", "order number 2125550123", "--explain")
    assert ran.code == 0
    assert "ORDER_NUMBER" in ran.out
    assert "PHONE_NUMBER" in ran.out
    reasons = run("scrub", "order number 2125550123", "--explain", "--json").json
    assert ("ORDER_NUMBER", "stays") in {(reason["label"], reason["outcome"]) for reason in reasons}
    keys = ["start", "end", "text", "label", "recogniser", "pattern", "tier", "score", "context", "outcome", "why"]
    assert all(list(reason) == keys for reason in reasons)


def test_a_kits_lists_of_terms_are_read(run: Run, museum: Path) -> None:
    (museum / "kits/museum/privacy.yaml").write_text(
        "keep_lists: [terms.txt]\nkeep_terms: [The Alma]\n", encoding="utf-8"
    )
    (museum / "kits/museum/terms.txt").write_text("# lamps\nDora Lamp, Ben's chair\n", encoding="utf-8")
    reasons = run("scrub", "a dora lamp and the alma", "--kit", "museum", "--explain", "--json").json
    assert {(r["text"], r["label"], r["outcome"]) for r in reasons} == {
        ("dora lamp", "KIT", "kept"),
        ("the alma", "KIT", "kept"),
    }


def test_a_list_of_terms_that_is_not_there_is_a_fault(run: Run, museum: Path) -> None:
    (museum / "kits/museum/privacy.yaml").write_text("keep_lists: [terms.txt, ../x.txt]\n", encoding="utf-8")
    ran = run("scrub", "hi", "--kit", "museum")
    assert ran.code == 1
    assert [fault.partition(" ")[0] for fault in ran.faults] == ["KW101", "KW106"]
