"""Prompts tried with the real models on a handful of questions."""

import json
from pathlib import Path

from kitwright.bot import Bot, examples_of
from kitwright.encoder import embedded_encoder
from kitwright.types import ScrubbedText
from kitwright.workshop.comparison import build_prompt_report, prepare_prompts, write_prompt_report


def test_examples_and_variants_reach_the_real_model(real_bot: Bot, tmp_path: Path) -> None:
    study = prepare_prompts(real_bot.name, out=tmp_path, count=2, budget=2, seed=1)
    found = study.run(lambda: None)
    report = build_prompt_report(study, found)
    write_prompt_report(study, found, report)
    tokens = {each["name"]: each["prompt_tokens"] for each in report["variants"]}
    assert len(tokens) == 2
    assert all(count != found.arm.cost()["prompt_tokens"] for count in tokens.values())
    answers = [json.loads(line) for line in (tmp_path / "prompts.samples.jsonl").read_text("utf-8").splitlines()]
    assert all(answer["answer"].strip() for answer in answers)
    assert report["questions"] == {"chosen_by": 2, "fresh": 2}


def test_examples_of_the_shipped_kit_are_about_the_question(real_bot: Bot) -> None:
    index = examples_of(real_bot.kit, embedded_encoder())()
    found = index.nearest(ScrubbedText("how do I wash my linen trousers?"), 4, minimum=0.4)
    assert any("linen" in each.answer.lower() for each in found)
    measured = {sample.text for each in real_bot.kit.evals for sample in each.answers}
    assert len(index.exchanges) > 500
    assert not measured & {each.question for each in index.exchanges}
