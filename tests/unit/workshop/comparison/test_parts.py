"""Parts of a comparison: the choice of samples, wall time, the log, and verdicts whichever way they fall."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.dataset import AnswerSample
from kitwright.errors import UsageError
from kitwright.generation import OpenAICompatibleSettings, Sampling, TransformersSettings
from kitwright.workshop.comparison.outputs import Output, OutputLog
from kitwright.workshop.comparison.result import ArmResult, wall_time
from kitwright.workshop.comparison.sampling import stratified
from kitwright.workshop.comparison.speaker import greedy
from kitwright.workshop.comparison.verdict import findings, headline, turning_point
from unit.evaluation.samples import sample

KINDS = ("answer", "refuse", "clarify", "hand_over")


def samples(counts: dict[str, int]) -> list[AnswerSample]:
    return [sample(id=f"{kind}-{n}", expect=kind) for kind, count in counts.items() for n in range(count)]


@given(st.fixed_dictionaries({kind: st.integers(0, 20) for kind in KINDS}), st.integers(1, 60), st.integers(0, 5))
def test_the_choice_keeps_shares_and_order(counts: dict[str, int], count: int, seed: int) -> None:
    everything = samples(counts)
    chosen = stratified(everything, count, seed=seed)
    assert len(chosen) == min(count, len(everything))
    assert [each for each in everything if each in chosen] == list(chosen)
    assert {each.id for each in stratified(everything[::-1], count, seed=seed)} == {each.id for each in chosen}
    if count >= len(KINDS) and len(everything) > count:
        assert {each.expect for each in chosen} == {kind for kind, known in counts.items() if known}


def output(started: float, seconds: float, key: str = "k") -> Output:
    return Output(
        key=key, arm="a", sample="s", model="m", answer="x", prompt_tokens=1, answer_tokens=1, first_s=0.1,
        seconds=seconds, started=started, memory_mb=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("outputs", "seconds"),
    [([], 0.0), ([(10, 2)], 2.0), ([(10, 2), (11, 2)], 3.0), ([(10, 5), (11, 1)], 5.0), ([(90, 1), (10, 1)], 2.0)],
)
def test_wall_time_leaves_breaks_out(outputs: list[tuple[float, float]], seconds: float) -> None:
    assert wall_time([output(*each) for each in outputs]) == seconds


def test_the_log_passes_over_what_it_can_not_read(tmp_path: Path) -> None:
    log = OutputLog(tmp_path / "o.jsonl")
    log.add(output(1, 1))
    with (tmp_path / "o.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"key": "other version"}\nnonsense\n')
    assert len(OutputLog(tmp_path / "o.jsonl")) == 1
    with pytest.raises(UsageError):
        OutputLog(tmp_path)


def test_models_are_asked_for_the_likeliest_token() -> None:
    sampled = greedy(TransformersSettings(sampling=Sampling(temperature=1.0, repetition_penalty=1.2)))
    assert cast("Any", sampled).sampling == Sampling(temperature=0.0, repetition_penalty=1.2)
    served = OpenAICompatibleSettings.model_validate(
        {"kind": "openai_compatible", "base_url": "http://localhost/v1", "model": "m", "temperature": 0.7}
    )
    assert cast("Any", greedy(served)).temperature == 0.0


def arm(name: str, values: list[float]) -> ArmResult:
    scores = {str(n): {"required_facts": value, "passed": value} for n, value in enumerate(values)}
    made = SimpleNamespace(name=name, title=name.title(), metric=lambda m: {s: v[m] for s, v in scores.items()})
    return cast("ArmResult", made)


@pytest.mark.parametrize(
    ("prompted", "said"),
    [
        ([1.0] * 20 + [0.0] * 20, "helped: right facts rose from 0% to 50%, by 50 points"),
        ([0.0] * 40, "made no difference that these questions can show: right facts 0% before, 0% after"),
    ],
)
def test_a_finding_says_what_the_questions_show(prompted: list[float], said: str) -> None:
    arms = {"prompt+retrieval": arm("p", prompted), "base+retrieval": arm("b", [0.0] * 40)}
    (finding,) = findings(arms, seed=0)
    assert said in finding.words


def test_harm_is_called_harm() -> None:
    arms = {"prompt+retrieval": arm("p", [0.0] * 40), "base+retrieval": arm("b", [1.0] * 40)}
    (finding,) = findings(arms, seed=0)
    assert finding.words.startswith("Prompting the base model did harm: right facts fell from 100% to 0%")


def test_the_headline_names_what_it_can_not_tell_apart() -> None:
    arms = {"a": arm("a", [1.0] * 30), "b": arm("b", [1.0] * 29 + [0.0]), "c": arm("c", [0.0] * 30)}
    best, near, ahead = headline(arms, seed=0)
    assert best == "A (a) states the most right facts: 100%."
    assert near == "That is too close to call against b (97%)."
    assert ahead == "It is clearly ahead of the other 1."


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ([0, 2, 30, 40], "from 200 examples on"),
        ([40, 2, 40, 40], "from 200 examples on"),
        ([0, 0, 0, 1], "does not clearly beat"),
        ([], "No learning curve"),
    ],
)
def test_where_tuning_starts_to_win(shares: list[int], said: str) -> None:
    base = arm("p", [0.0] * 40)
    curve = [
        (examples, arm("c", [1.0] * right + [0.0] * (40 - right)))
        for examples, right in zip((50, 100, 200, 400), shares, strict=False)
    ]
    assert said in turning_point(curve, base, seed=0)
