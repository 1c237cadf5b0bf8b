"""The answer suite: a bot's model answers the kit's answer evals as the bot would ask it, and is held to floors."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from kitwright.bot import Bot, examples_of, prompt_writer
from kitwright.evaluation import figures, summary
from kitwright.kit import KitEval
from kitwright.protocols import Backend, Encoder
from kitwright.workshop.comparison.arm import Arm
from kitwright.workshop.comparison.outputs import OutputLog
from kitwright.workshop.comparison.question import read_questions, write_prompt
from kitwright.workshop.comparison.result import score_outputs
from kitwright.workshop.comparison.sampling import QUICK_SAMPLES, stratified
from kitwright.workshop.comparison.speaker import Ask, Speaker, answer_all
from kitwright.workshop.suites import SuiteResult, below_floors

_AS_THE_BOT: Final = Arm(prompted=True, tuned=True, retrieval=True)


def answer_suites(
    bot: Bot, backend: Backend, encoder: Encoder, *, quick: bool, tick: Callable[[], None]
) -> Iterator[SuiteResult]:
    """Run the kit's answer evals with the bot's prompt, its notes, and its model.

    Args:
        bot: whose retrieval, prompts and guard rules count.
        backend: its model, with its adapter where it has one.
        encoder: for the similarity to reference answers, and for the examples of a bot that shows some.
        quick: only about 60 samples of each eval, drawn by kind and difficulty.
        tick: called after each answer.

    Raises:
        BackendFailed: the runtime failed.
    """
    examples = examples_of(bot.kit, encoder)
    for entry in (each for each in bot.kit.evals if each.answers):
        samples = stratified(entry.answers, suite_size(entry, quick=quick), seed=0)
        questions = read_questions(bot, samples, lambda: None)
        writer = prompt_writer(bot.file, bot.kit, backend.count, examples=examples)
        asks = [Ask(entry.name, each.sample.id, write_prompt(_AS_THE_BOT, each, writer)) for each in questions]
        backend.warm(writer.system())
        with tempfile.TemporaryDirectory() as folder:
            log = OutputLog(Path(folder) / "outputs.jsonl")
            outputs = answer_all(Speaker(backend, entry.name), asks, log, tick)
        estimates = summary(list(score_outputs(questions, outputs, bot.kit.guard.output, encoder).values()))
        known = {name: (each.low, each.high) for name, each in estimates.items() if each}
        measured = figures(estimates)
        yield SuiteResult(entry.name, dict(measured), below_floors(entry.name, entry.floors, measured), known)


def suite_size(entry: KitEval, *, quick: bool) -> int:
    """How many answers a run of this eval takes."""
    return min(QUICK_SAMPLES, len(entry.answers)) if quick else len(entry.answers)
