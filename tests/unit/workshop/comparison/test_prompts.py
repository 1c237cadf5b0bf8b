"""A study of prompts from end to end: what is tried, what wins, whether that can be shown, and what is written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kitwright.encoder import HashingEncoder
from kitwright.errors import BackendFailed, UsageError
from kitwright.generation import ModelSettings
from kitwright.kit import load_bot_file
from kitwright.types import Message, Prompt
from kitwright.workshop.comparison import (
    PromptStudy,
    build_prompt_report,
    prepare_prompts,
    require_writable,
    write_choice,
    write_prompt_report,
)
from kitwright.workshop.comparison.speaker import Speaker
from unit.bot.museum import NAME, add_conversations
from unit.workshop.comparison.museum_eval import QUESTIONS, PupilBackend, School, write_adapter, write_evals

PRICE = "how much is a ticket"
TALKS = {f"how much is a ticket for {who}": f"It costs £{n}." for n, who in enumerate(("two", "us", "me", "all"), 30)}
SINGLES = ["base.strict", "persona.clerk", "style.full", "task.question_first"]
Knows = Callable[[tuple[Message, ...]], bool]


def is_clerk(messages: tuple[Message, ...]) -> bool:
    return "clerk" in messages[0].content


def shown(messages: tuple[Message, ...]) -> int:
    return len(messages) // 2 - 1


class KeenBackend(PupilBackend):
    """Answers rightly where it is asked in the right way."""

    def __init__(self, knows: Knows, most: int) -> None:
        super().__init__(tuned=False, most=most)
        self._knows = knows

    def _answer(self, prompt: Prompt) -> str:
        if not self._knows(prompt.messages):
            return "hm"
        return next(right for question, (right, *_) in QUESTIONS.items() if question in prompt.messages[-1].content)


class KeenSchool(School):
    """Opens pupils that have to be asked in the right way."""

    def __init__(self, knows: Knows, *, most: int = 10_000) -> None:
        super().__init__(most=most)
        self._knows = knows

    def open(self, settings: ModelSettings, adapter: Path | None) -> Speaker:
        self.backends.append(KeenBackend(self._knows, self.most))
        return Speaker(self.backends[-1], f"pupil-{adapter and adapter.name}")


@pytest.fixture
def priced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared: Path) -> Path:
    """The museum with 24 questions about a price, and conversations."""
    monkeypatch.setenv("KITWRIGHT_CACHE", str(shared))
    kits = write_evals(tmp_path)
    evals = kits / NAME / "evals" / "answers.jsonl"
    price = next(line for line in evals.read_text("utf-8").splitlines() if PRICE in line)
    lines = [json.dumps({**json.loads(price), "id": f"p-{n}"}) for n in range(24)]
    evals.write_text("\n".join(lines), encoding="utf-8")
    add_conversations(kits, TALKS)
    return kits


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def study_of(kits: Path, out: Path, school: School, **options: Any) -> PromptStudy:
    return prepare_prompts(NAME, out=out, kit_paths=[kits], encoder=HashingEncoder(), speak=school.open, **options)


def test_every_single_change_is_tried_and_a_clear_winner_named(priced: Path, tmp_path: Path) -> None:
    ticks: list[int] = []
    study = study_of(priced, tmp_path / "out", KeenSchool(is_clerk))
    found = study.run(lambda: ticks.append(1))
    report = build_prompt_report(study, found)
    assert [each["name"] for each in report["variants"]] == [*SINGLES, "examples.2", "examples.4"]
    assert len(ticks) == study.total == 7 * 12 + 2 * 12
    assert not {sample.id for sample in study.samples} & {sample.id for sample in study.fresh}
    winner = report["winner"]
    assert (winner["name"], winner["clear"], winner["prompts"]["persona"]) == ("persona.clerk", True, "clerk")
    assert winner["difference"] == {"difference": 1.0, "low": 1.0, "high": 1.0, "p_value": 0.5**11, "count": 12}
    assert (
        "persona.clerk did best, and it held: right facts 100% (74% to 100%), 0% (0% to 26%) with the bot's own"
        in winner["words"]
    )
    assert "12 questions it was not chosen by" in winner["words"]


@pytest.mark.parametrize("count", [2, 4])
def test_examples_are_shown_in_the_number_that_is_tried(priced: Path, tmp_path: Path, count: int) -> None:
    school = KeenSchool(lambda messages: shown(messages) == count)
    study = study_of(priced, tmp_path / "out", school)
    found = study.run(lambda: None)
    assert found.best.name(found.current) == f"examples.{count}"
    assert {shown(asked) for asked in school.backends[0].asked} == {0, 2, 4}


def test_a_difference_that_chance_explains_is_no_winner(priced: Path, tmp_path: Path) -> None:
    lines = (priced / NAME / "evals" / "answers.jsonl").read_text("utf-8").splitlines()[:3]
    (priced / NAME / "evals" / "answers.jsonl").write_text("\n".join(lines), encoding="utf-8")
    study = study_of(priced, tmp_path / "out", KeenSchool(is_clerk), count=3)
    found = study.run(lambda: None)
    winner = build_prompt_report(study, found)["winner"]
    assert found.fresh is None
    assert (winner["name"], winner["clear"], winner["difference"]["p_value"]) == ("persona.clerk", False, 1.0)
    assert "no difference that 3 questions can show" in winner["words"]
    assert not write_choice(study, {"winner": winner})


def test_where_nothing_is_better_the_bot_s_own_prompt_wins(priced: Path, tmp_path: Path) -> None:
    study = study_of(priced, tmp_path / "out", KeenSchool(lambda messages: not is_clerk(messages)))
    winner = build_prompt_report(study, study.run(lambda: None))["winner"]
    assert (winner["name"], winner["clear"], winner["difference"]) == ("current", False, None)
    assert winner["words"] == (
        "Of 6 tried, none does better than the bot's own prompt: right facts 100% (74% to 100%), 12 questions."
    )


def test_a_search_keeps_to_its_budget_and_stops_where_no_single_step_helps(priced: Path, tmp_path: Path) -> None:
    found = study_of(priced, tmp_path / "spent", KeenSchool(is_clerk), budget=2).run(lambda: None)
    assert len(found.tried) == 2
    both = KeenSchool(lambda messages: is_clerk(messages) and "four sentences" in messages[0].content)
    found = study_of(priced, tmp_path / "flat", both, budget=40).run(lambda: None)
    assert (found.best, len(found.tried)) == (found.current, len(SINGLES) + 2)
    either = KeenSchool(lambda messages: is_clerk(messages) or bool(shown(messages)))
    found = study_of(priced, tmp_path / "either", either, budget=40).run(lambda: None)
    assert len(found.best.changes(found.current)) == 1  # what brings nothing more is not taken along


def test_a_broken_study_goes_on_where_it_was(priced: Path, tmp_path: Path) -> None:
    with pytest.raises(BackendFailed):
        study_of(priced, tmp_path / "out", KeenSchool(is_clerk, most=2)).run(lambda: None)
    whole, rest = KeenSchool(is_clerk), KeenSchool(is_clerk)
    first = study_of(priced, tmp_path / "new", whole).run(lambda: None)
    assert study_of(priced, tmp_path / "out", rest).run(lambda: None).best == first.best
    assert study_of(priced, tmp_path / "out", KeenSchool(is_clerk, most=0)).run(lambda: None).best == first.best


def test_the_winner_is_written_beside_the_report_and_on_demand_into_the_bot(priced: Path, tmp_path: Path) -> None:
    bot = priced.parent / "bots" / NAME / "bot.yaml"
    before = bot.read_text("utf-8")
    study = study_of(priced, tmp_path / "out", KeenSchool(is_clerk), budget=20, seed=3)
    found = study.run(lambda: None)
    report = build_prompt_report(study, found)
    write_prompt_report(study, found, report)
    chosen = (tmp_path / "out" / "prompts.yaml").read_text("utf-8")
    assert chosen.startswith(f"# Prompt chosen by `kitwright compare {NAME} --prompts --search --budget 20 --seed 3`")
    assert report["winner"]["words"] in " ".join(chosen.replace("\n# ", " ").split())
    assert json.loads((tmp_path / "out" / "prompts.json").read_text("utf-8"))["winner"] == report["winner"]
    assert "persona" in (tmp_path / "out" / "prompts.html").read_text("utf-8")
    rows = (tmp_path / "out" / "prompts.samples.jsonl").read_text("utf-8").splitlines()
    assert len(rows) == (1 + len(found.tried) + 2) * 12
    assert bot.read_text("utf-8") == before
    require_writable(study)
    assert write_choice(study, report)
    assert bot.read_text("utf-8") == before + chosen
    assert load_bot_file(NAME, kit_paths=[priced]).prompts["persona"] == "clerk"


def test_with_an_adapter_only_examples_are_tried(priced: Path, tmp_path: Path) -> None:
    adapter = write_adapter(tmp_path / "a")
    study = study_of(priced, tmp_path / "out", KeenSchool(is_clerk), adapter=str(adapter))
    report = build_prompt_report(study, study.run(lambda: None))
    assert [each["name"] for each in report["variants"]] == ["examples.2", "examples.4"]
    assert report["model"] == "a"
    require_writable(study)


def test_a_prompt_that_the_bot_s_adapter_is_bound_to_is_not_changed(priced: Path, tmp_path: Path) -> None:
    folder = priced.parent / "bots" / NAME
    write_adapter(folder / "own")
    with (folder / "bot.yaml").open("a", encoding="utf-8") as file:
        file.write("adapter: own\n")
    with pytest.raises(UsageError, match="bound to its layers"):
        require_writable(study_of(priced, tmp_path / "out", KeenSchool(is_clerk)))


def test_a_kit_without_conversations_has_no_examples_to_try(evaluated: Path, tmp_path: Path) -> None:
    study = study_of(evaluated, tmp_path / "out", KeenSchool(is_clerk), quick=True)
    assert [choice.name(study.current) for choice in study.run(lambda: None).tried] == SINGLES
    with pytest.raises(UsageError, match="nothing to try"):
        study_of(evaluated, tmp_path / "out", School(), adapter=str(write_adapter(tmp_path / "a")))


def test_prompts_can_be_chosen_by_another_metric(priced: Path, tmp_path: Path) -> None:
    study = study_of(priced, tmp_path / "out", KeenSchool(is_clerk), metric="passed", quick=True)
    report = build_prompt_report(study, study.run(lambda: None))
    assert (report["metric"], report["winner"]["name"]) == ("passed", "persona.clerk")
    assert "answers right as a whole 100% (74% to 100%), 0% (0% to 26%) with the bot's own" in report["winner"]["words"]
    with pytest.raises(UsageError, match="not chosen by it"):
        study_of(priced, tmp_path / "out", School(), metric="similarity")
