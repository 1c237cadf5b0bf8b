"""What `assess`, `report` and `replay` write: results, summaries, FHIR documents, and faults of their input."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typer
from fhir.resources.R4B.bundle import Bundle

from medical_triage import commands
from medical_triage.assessment import Assessment, assessor
from medical_triage.interview.facts import facts_of
from medical_triage.knowledge_base.level import Level
from medical_triage.result.fhir import bundle_of, level_in
from medical_triage.result.pdf import write_pdf
from medical_triage.result.summary import summary_text
from medical_triage.result.texts import Texts

CASES: list[dict[str, Any]] = [
    {"id": "a", "text": "I am 58 and have crushing chest pain down my left arm, no fever", "sex": "male"},
    {"id": "b", "text": "runny nose and sneezing for 3 days, no fever", "age": 30, "sex": "female"},
    {"id": 3, "text": "ok"},
    {"id": "d", "text": "I want to kill myself"},
    {"id": "e", "text": "temp 39.5, pulse 120, maybe a rash, 32 weeks pregnant"},
]
AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
WriteLines = Callable[[str, list[Any]], Path]


@pytest.fixture
def write(tmp_path: Path) -> WriteLines:
    def lines(name: str, records: list[Any]) -> Path:
        path = tmp_path / name
        path.write_text("".join(f"{json.dumps(each)}\n" for each in records), encoding="utf-8")
        return path

    return lines


def assessed(text: str) -> Assessment:
    return assessor().assess(assessor().read(text))


def assess(source: Path, answers: Path | None = None) -> list[dict[str, Any]]:
    target = source.with_suffix(".out")
    commands.assess(source, target, answers, words_only=True, context={})
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_each_case_has_a_result(write: WriteLines) -> None:
    results = assess(write("cases.jsonl", CASES))
    assert [result["id"] for result in results] == ["a", "b", 3, "d", "e"]
    assert [result["level"] for result in results][:2] == ["emergency_ambulance", "self_care"]
    assert [result["state"] for result in results][:4] == ["assessed", "assessed", "insufficient_information", "crisis"]
    assert results[0]["red_flags"][0]["source"]
    assert results[0]["differential"][0]["condition"] == "Heart attack"
    assert all(result["intended_use"].startswith("This is a prototype") for result in results)


def test_a_result_comes_out_the_same_once_more(write: WriteLines, capsys: pytest.CaptureFixture[str]) -> None:
    results = assess(write("cases.jsonl", CASES))
    commands.replay(write("kept.jsonl", results))
    assert capsys.readouterr().out == "5 of 5 results come out the same\n"
    results[1]["level"] = "routine"
    with pytest.raises(typer.Exit):
        commands.replay(write("kept.jsonl", results))
    assert "b: comes out otherwise" in capsys.readouterr().out


def test_a_simulated_patient_answers(write: WriteLines) -> None:
    case = {"id": "a", "text": "I have a headache", "age": 34, "sex": "female"}
    answers = write(
        "answers.jsonl", [{"id": "a", "facts": {"neck_stiffness": True, "fever": True, "headache": "thunderclap"}}]
    )
    alone, answered = assess(write("one.jsonl", [case]))[0], assess(write("two.jsonl", [case]), answers)[0]
    assert len(alone["questions"]) == 1
    assert answered["level"] in {"emergency", "emergency_ambulance"}
    assert Level[answered["level"]] > Level[alone["level"]]


def test_facts_that_are_none_are_named() -> None:
    assert facts_of({"fever": True, "feverr": True}, assessor().base)[1] == ["names no finding: 'feverr'"]


def test_every_fault_of_a_file_is_told(write: WriteLines, tmp_path: Path) -> None:
    wrong = write("wrong.jsonl", [{"id": 1}, {"text": "x"}, {"id": 1, "text": "x", "age": 200, "sex": "none"}, [1]])
    with pytest.raises(ValueError, match="has no") as error:
        assess(wrong)
    assert [line.split(":")[-2 if "age" in line else -1].strip() for line in str(error.value).splitlines()][:2] == [
        'has no "text"',
        'has no "id"',
    ]
    assert len(str(error.value).splitlines()) == 5
    with pytest.raises(ValueError, match="can not be read"):
        assess(tmp_path / "nowhere.jsonl")


@pytest.mark.parametrize("text", [str(case["text"]) for case in CASES])
def test_a_fhir_document_is_valid_and_tells_the_level(text: str) -> None:
    assessment = assessed(text)
    bundle = bundle_of(assessor().base, assessment, Texts(), at=AT, id_="case-1")
    Bundle.model_validate(json.loads(json.dumps(bundle)))
    assert level_in(json.loads(json.dumps(bundle))) is assessment.level
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(urls)) == len(urls)
    assert set(_references(bundle)) <= set(urls)
    statuses = [entry["resource"].get("verificationStatus") for entry in bundle["entry"]]
    assert all(status["coding"][0]["code"] == "differential" for status in statuses if status)


def _references(part: object) -> list[str]:
    if isinstance(part, dict):
        own = [part["reference"]] if isinstance(part.get("reference"), str) else []
        return own + [each for value in part.values() for each in _references(value)]
    return [each for item in part for each in _references(item)] if isinstance(part, list) else []


def test_what_is_not_sure_is_no_false() -> None:
    bundle = bundle_of(assessor().base, assessed("maybe a rash"), Texts(), at=AT, id_="x")
    rash = next(
        e["resource"]
        for e in bundle["entry"]
        if e["resource"].get("code", {}).get("coding", [{}])[0].get("code") == "rash"
    )
    assert "valueBoolean" not in rash
    assert rash["dataAbsentReason"]


def test_the_summary_has_the_parts_of_sbar(tmp_path: Path) -> None:
    text = summary_text(assessor().base, assessed(str(CASES[0]["text"])), Texts())
    assert [part.splitlines()[0] for part in text.split("\n\n")] == [
        "Situation",
        "Background",
        "Assessment",
        "Recommendation",
    ]
    assert "Denies: Fever." in text
    write_pdf(text, tmp_path / "a.pdf", title="Summary – ✓")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_a_report_writes_three_files_a_case(write: WriteLines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def by_words(_encode: object) -> Any:
        return assessor()

    monkeypatch.setattr(commands, "assessor_with", by_words)
    commands.report(write("cases.jsonl", CASES[:1]), tmp_path / "reports", context={"encode": np.zeros})
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == ["a.fhir.json", "a.pdf", "a.txt"]
