"""A comparison from end to end: arms, resumption, learning curve, variants, report and page."""

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kitwright.errors import BackendFailed, FaultsFound, UsageError
from kitwright.workshop.comparison import build_report, render, write_report
from unit.workshop.comparison.museum_eval import QUESTIONS, School, prepared, write_adapter

SAMPLES = len(QUESTIONS)


def test_all_arms_are_asked_the_same_questions_in_the_same_order(evaluated: Path, tmp_path: Path) -> None:
    school, ticks = School(), []
    study = prepared(evaluated, tmp_path, school, adapter=str(write_adapter(tmp_path / "a")), quick=True)
    found = study.run(lambda: ticks.append(1))
    assert len(ticks) == study.total == 8 * SAMPLES
    assert 6 * SAMPLES < school.asked < 8 * SAMPLES  # where no notes are found, both ways ask the same: asked once
    assert len({tuple(arm.outputs) for arm in found.arms.values()}) == 1
    assert [arm for arm in found.arms if found.arms[arm].metric("passed")["m-0"]] == [
        "adapter",
        "adapter+retrieval",
        "prompt+adapter",
        "prompt+adapter+retrieval",
    ]


def test_each_arm_is_asked_in_its_own_way(evaluated: Path, tmp_path: Path) -> None:
    school = School()
    prepared(evaluated, tmp_path, school, quick=True).run(lambda: None)
    parking = [asked for asked in school.backends[0].asked if "where can I park" in asked[-1].content]
    bare, with_notes, prompted, prompted_with_notes = sorted(
        parking, key=lambda asked: (asked[0].role == "system", "car park" in asked[-1].content)
    )
    assert [message.content for message in bare] == ["where can I park"]
    assert with_notes[-1].content.startswith("The bus number 4")
    assert with_notes[-1].content.endswith("\n\nwhere can I park")
    assert "Notes" not in with_notes[-1].content
    assert [message.role for message in prompted] == ["system", "user"]
    assert "car park" not in prompted[-1].content
    assert "car park behind it" in prompted_with_notes[-1].content


def test_a_broken_run_goes_on_where_it_was(evaluated: Path, tmp_path: Path) -> None:
    first = School(most=11)
    with pytest.raises(BackendFailed):
        prepared(evaluated, tmp_path, first, quick=True).run(lambda: None)
    log = tmp_path / "outputs.jsonl"
    whole = log.read_text(encoding="utf-8")
    kept = len(whole.splitlines())
    assert SAMPLES <= kept <= 11
    log.write_text(whole + whole.splitlines()[0][:40], encoding="utf-8")  # a kill in the middle of a line
    second, third = School(), School()
    again = prepared(evaluated, tmp_path, second, quick=True).run(lambda: None)
    unbroken = prepared(evaluated, tmp_path / "new", third, quick=True).run(lambda: None)
    assert second.asked == third.asked - kept
    assert {name: arm.scores for name, arm in again.arms.items()} == {n: a.scores for n, a in unbroken.arms.items()}
    assert prepared(evaluated, tmp_path, School(most=0), quick=True).run(lambda: None).arms.keys() == again.arms.keys()


def test_another_adapter_is_asked_anew(evaluated: Path, tmp_path: Path) -> None:
    options = {"quick": True, "arms": ["adapter+retrieval"]}
    for name in ("a", "b"):
        school = School()
        adapter = str(write_adapter(tmp_path / name))
        prepared(evaluated, tmp_path, school, adapter=adapter, **options).run(lambda: None)
        assert school.asked == SAMPLES


def test_learning_curve_and_variants(evaluated: Path, tmp_path: Path) -> None:
    adapter = write_adapter(tmp_path / "a", curve=(20, 40))
    study = prepared(evaluated, tmp_path / "out", School(), adapter=str(adapter))
    ticks: list[int] = []
    found = study.run(lambda: ticks.append(1))
    assert len(ticks) == study.total
    assert [examples for examples, _ in found.curve] == [0, 20, 40, 80]
    assert [variant.changes[0][:2] for variant in found.variants] == [
        ("base", "strict"),
        ("persona", "clerk"),
        ("style", "full"),
        ("task", "question_first"),
    ]
    report = build_report(study, found)
    assert report["curve_verdict"] == "With up to 80 examples, tuning does not clearly beat prompting alone."
    assert report["adapter"]["trainable"] == 1000
    assert {row["changed"] for row in report["variants"]} <= {0.0, 1.0}


def test_the_learning_curve_is_that_of_the_run_which_made_the_adapter(
    evaluated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KITWRIGHT_DATA", str(tmp_path))
    registered = write_adapter(tmp_path / "museum-1")
    for run, weights, points in (("other", b"others", (10,)), ("own", b".", (20, 40))):
        made = write_adapter(tmp_path / "training" / "museum-sft" / run / "adapter", curve=points)
        (made / "adapter_model.safetensors").write_bytes(weights)
        curve = [{"examples": examples, "adapter": f"adapter/{examples}"} for examples in points]
        (made.parent / "learning_curve.json").write_text(json.dumps(curve), encoding="utf-8")
    assert list(prepared(evaluated, tmp_path / "out", School(), adapter=str(registered)).curve) == [20, 40]


class _Reader(HTMLParser):
    """Checks that tags close in order, and keeps ids and links."""

    VOID = frozenset({"meta", "br", "wbr", "path", "use", "rect", "line"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.ids += [str(known["id"])] if "id" in known else []
        self.links += [str(known["href"])] if tag == "a" else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [str(value) for name, value in attrs if name == "id"]


def test_the_report_can_be_traced_from_page_to_samples(evaluated: Path, tmp_path: Path) -> None:
    adapter = write_adapter(tmp_path / "a", curve=(20,))
    study = prepared(evaluated, tmp_path / "out", School(), adapter=str(adapter))
    found = study.run(lambda: None)
    report = build_report(study, found)
    write_report(tmp_path / "out", report, found, render(study, found, report))
    rows = [json.loads(line) for line in (tmp_path / "out" / "samples.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == (8 + 4 + 1) * SAMPLES
    of_arm = [row["scores"]["passed"] for row in rows if row["arm"] == "prompt+adapter+retrieval"]
    stated = report["arms"]["prompt+adapter+retrieval"]["metrics"]["passed"]
    assert (stated["value"], stated["count"]) == (sum(of_arm) / len(of_arm), SAMPLES)
    with (tmp_path / "out" / "report.csv").open(encoding="utf-8", newline="") as file:
        table = {(row["arm"], row["metric"]): row for row in csv.DictReader(file)}
    assert float(table["adapter", "passed"]["value"]) == pytest.approx(
        report["arms"]["adapter"]["metrics"]["passed"]["value"]
    )
    assert json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["origin"]["seed"] == 0


def test_the_page_is_well_formed_and_needs_no_other_file(evaluated: Path, tmp_path: Path) -> None:
    study = prepared(evaluated, tmp_path, School(), adapter=str(write_adapter(tmp_path / "a", curve=(20,))))
    found = study.run(lambda: None)
    page = render(study, found, build_report(study, found))
    reader = _Reader()
    reader.feed(page)
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids)
    assert not re.search(r"<script|<link|<img|src=|url\((?!#)|@import|(?<!=\")https?://(?!www\.w3\.org)", page)
    assert "&lt;" not in page or "<b>&lt;" not in page
    assert page.count("<svg") == 2


def test_without_an_adapter_only_the_base_model_is_compared_and_it_says_so(evaluated: Path, tmp_path: Path) -> None:
    study = prepared(evaluated, tmp_path, School(), quick=True)
    found = study.run(lambda: None)
    report = build_report(study, found)
    assert list(report["arms"]) == ["base", "base+retrieval", "prompt", "prompt+retrieval"]
    assert report["notes"]["questions"] == 2
    assert report["notes"]["found"] == 1.0
    assert report["notes"]["facts"] == 1.0
    assert "This bot has no adapter yet" in render(study, found, report)


def test_wrong_use_is_refused_before_any_model_runs(evaluated: Path, tmp_path: Path) -> None:
    for options, code in (
        ({"arms": ["prompts"]}, "KW001"),
        ({"arms": ["adapter"]}, "KW002"),
        ({"adapter": "nobody-1"}, "KW001"),
    ):
        with pytest.raises(UsageError) as refused:
            prepared(evaluated, tmp_path, School(), **options)
        assert refused.value.faults[0].code == code


def test_a_curve_that_names_nothing_is_refused(evaluated: Path, tmp_path: Path) -> None:
    adapter = write_adapter(tmp_path / "a")
    for wrong in ('[{"examples": 5, "adapter": "gone"}]', "{}", '[{"examples": 0, "adapter": "."}]'):
        (adapter / "learning_curve.json").write_text(wrong, encoding="utf-8")
        with pytest.raises(FaultsFound):
            prepared(evaluated, tmp_path, School(), adapter=str(adapter))
