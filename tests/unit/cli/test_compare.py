"""`kitwright compare` and `kitwright evaluate --suite answers`, with the echo backend."""

import json
from pathlib import Path

import pytest

from kitwright.cli.evaluate import _keep
from kitwright.encoder import HashingEncoder
from kitwright.registry import Registry
from kitwright.workshop import SuiteResult
from unit.bot.museum import NAME, add_conversations
from unit.cli.conftest import Run
from unit.registry.adapter_folder import BINDING, write_adapter
from unit.workshop.comparison.museum_eval import QUESTIONS, write_evals

RIGHT = "There is a car park behind it."


@pytest.fixture
def evaluated(tmp_path: Path, shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The museum with an answer eval; its model always answers the question about parking."""
    write_evals(tmp_path)
    with (tmp_path / "bots" / NAME / "bot.yaml").open("a", encoding="utf-8") as file:
        file.write(f"model: {{kind: echo, scripted: [{RIGHT}]}}\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KITWRIGHT_CACHE", str(shared_cache))
    for place in ("kitwright.bot.assembly", "kitwright.workshop.comparison.study", "kitwright.encoder"):
        monkeypatch.setattr(f"{place}.embedded_encoder", HashingEncoder)
    return tmp_path


def test_compare_writes_its_report(run: Run, evaluated: Path) -> None:
    ran = run("compare", NAME, "--out", "report", "--quick", "--arms", "base,prompt", "--json")
    assert ran.code == 0, ran.err
    assert list(ran.json["arms"]) == ["base", "base+retrieval", "prompt", "prompt+retrieval"]
    assert ran.json["arms"]["prompt"]["metrics"]["passed"]["count"] == len(QUESTIONS)
    assert {path.name for path in (evaluated / "report").iterdir()} == {
        "index.html",
        "outputs.jsonl",
        "report.csv",
        "report.json",
        "samples.jsonl",
    }


def test_compare_shows_a_table_and_the_verdict(run: Run, evaluated: Path) -> None:
    ran = run("compare", NAME, "--out", evaluated / "report", "--samples", "4")
    assert ran.code == 0, ran.err
    assert "prompt+retrieval" in ran.out
    assert "Prompting the base model made no difference that these questions can show" in ran.out


def test_compare_refuses_what_it_can_not_do(run: Run, evaluated: Path) -> None:
    assert run("compare", NAME, "--out", "r", "--arms", "best").code == 2
    assert run("compare", NAME, "--out", "r", "--adapter", "nobody-1").code == 2
    (evaluated / "file").write_text("", encoding="utf-8")
    assert run("compare", NAME, "--out", "file", "--quick").code == 2


def test_compare_tries_prompts(run: Run, evaluated: Path) -> None:
    add_conversations(evaluated / "kits", {"where can I park a bus": RIGHT})
    before = (evaluated / "bots" / NAME / "bot.yaml").read_text("utf-8")
    ran = run("compare", NAME, "--out", "report", "--prompts", "--search", "--budget", "3", "--write", "--json")
    assert ran.code == 0, ran.err
    assert (ran.json["budget"], len(ran.json["variants"]), ran.json["written"]) == (3, 3, None)
    assert "nothing is clearly better" in ran.err
    assert (evaluated / "bots" / NAME / "bot.yaml").read_text("utf-8") == before
    assert {path.name for path in (evaluated / "report").iterdir()} == {
        "outputs.jsonl",
        "prompts.html",
        "prompts.json",
        "prompts.samples.jsonl",
        "prompts.yaml",
    }


def test_compare_shows_each_prompt_and_the_verdict(run: Run, evaluated: Path) -> None:
    ran = run("compare", NAME, "--out", "report", "--prompts", "--samples", "4")
    assert ran.code == 0, ran.err
    assert [name for name in ("current", "base.strict", "style.full") if name not in ran.out] == []
    assert "Of 4 tried, none does better than the bot's own prompt" in ran.out


@pytest.mark.parametrize(
    "options",
    [
        ["--search"],
        ["--budget", "3"],
        ["--write"],
        ["--metric", "passed"],
        ["--prompts", "--budget", "3"],
        ["--prompts", "--arms", "base"],
    ],
)
def test_compare_refuses_options_that_do_not_go_together(run: Run, evaluated: Path, options: list[str]) -> None:
    ran = run("compare", NAME, "--out", "r", *options)
    assert ran.code == 2
    assert all(fault.startswith("KW002 --") for fault in ran.faults)


def test_answers_are_held_to_their_floors(run: Run, evaluated: Path) -> None:
    ran = run("evaluate", NAME, "--suite", "answers", "--json", "--out", "metrics.json")
    (suite,) = ran.json
    right = 1 / len(QUESTIONS)
    assert ran.code == 1
    assert (suite["suite"], suite["metrics"]["passed"]) == ("answers", right)
    low, high = suite["intervals"]["passed"]
    assert low <= right <= high
    assert ran.err.strip() == "answers: passed is 0.125, the floor is 0.5"
    metrics = json.loads((evaluated / "metrics.json").read_text("utf-8"))
    assert metrics["answers.passed"] == right
    assert all(isinstance(value, float) for value in metrics.values())


def test_only_a_registered_adapter_is_measured(run: Run, evaluated: Path) -> None:
    assert run("evaluate", NAME, "--suite", "answers", "--adapter", "nobody-1").code == 2
    assert run("evaluate", NAME, "--echo", "--adapter", "nobody-1").code == 2


def test_figures_are_kept_with_an_adapter_that_has_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    registry = Registry(tmp_path / "adapters")
    name = registry.register(write_adapter(tmp_path / "trained"), binding=BINDING, name="shop")
    for passed in (0.5, 0.9):
        _keep(registry, name, [SuiteResult("answers", {"passed": passed, "other": None}, ())])
    assert registry.show(name).metrics == {"answers.passed": 0.5}
    assert "was measured before" in capsys.readouterr().err


def test_answers_that_hold_their_floors(run: Run, evaluated: Path) -> None:
    manifest = evaluated / "kits" / NAME / "kit.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("passed: 0.5", "passed: 0.1"), encoding="utf-8")
    ran = run("evaluate", NAME, "--suite", "answers", "--quick")
    assert ran.code == 0, ran.err
    assert "required_facts" in ran.out


def test_a_kit_without_answer_evals_has_none_to_run(run: Run, museum: Path) -> None:
    ran = run("evaluate", NAME, "--suite", "answers", "--echo")
    assert ran.code == 1
    assert ran.faults[0].startswith("KW103 kits/museum/kit.yaml: the kit has no eval of answers")
