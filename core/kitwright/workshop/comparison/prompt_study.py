"""A study of prompts: which layer variants and examples serve a bot best, tried against what it has now."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from kitwright.bot import Bot, examples_of
from kitwright.dataset import AnswerSample
from kitwright.errors import Fault, UsageError
from kitwright.evaluation import Difference, adjusted, difference
from kitwright.files import closest
from kitwright.kit import all_conversations
from kitwright.protocols import Encoder
from kitwright.workshop.comparison.arm import BEST, PROMPTED, Arm
from kitwright.workshop.comparison.asker import Asker, Tick
from kitwright.workshop.comparison.outputs import OutputLog
from kitwright.workshop.comparison.prompt_choice import (
    Options,
    PromptChoice,
    example_options,
    layer_options,
    single_changes,
)
from kitwright.workshop.comparison.question import Question, read_questions
from kitwright.workshop.comparison.result import ArmResult, VariantResult
from kitwright.workshop.comparison.sampling import QUICK_SAMPLES, stratified
from kitwright.workshop.comparison.search import coordinate_search
from kitwright.workshop.comparison.speaker import open_speaker
from kitwright.workshop.comparison.study import OUTPUTS, OpenSpeaker, adapter_folder, answer_samples, open_bot
from kitwright.workshop.comparison.verdict import ASPECTS, METRIC

BUDGET: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptComparison:
    """Everything that a study of prompts found.

    Args:
        questions: those that were chosen by, then those that the best was measured on.
        metric: the one that prompts were chosen by.
        current: the bot's own prompt.
        arm: its answers.
        tried: the other choices, in the order they were tried, with their results.
        best: the choice with the highest mean; the current one where none has a higher one.
        fresh: the best on questions that it was not chosen by; None if the current one is the best, or all questions
            were chosen by.
    """

    questions: tuple[Question, ...]
    metric: str
    current: PromptChoice
    arm: ArmResult
    tried: dict[PromptChoice, VariantResult]
    best: PromptChoice
    fresh: VariantResult | None

    def gap(self, *, seed: int) -> Difference | None:
        """How much the best is ahead: on fresh questions where there are some, else adjusted for all that was tried.

        The best of many is ahead by chance on the questions it was chosen by.
        """
        if self.best == self.current:
            return None
        if self.fresh:
            return self._gap(self.fresh, seed)
        gaps = {choice: self._gap(result, seed) for choice, result in self.tried.items()}
        sure = dict(zip(gaps, adjusted([gap.p_value for gap in gaps.values()]), strict=True))
        best = gaps[self.best]
        return Difference(best.value, best.low, best.high, sure[self.best], best.count)

    def _gap(self, result: VariantResult, seed: int) -> Difference:
        gap = difference(result.arm.metric(self.metric), result.default_arm.metric(self.metric), seed=seed)
        return gap or Difference(0.0, 0.0, 0.0, 1.0, 0)


@dataclass(kw_only=True)
class PromptStudy:
    """A study that is prepared; `run` makes it, or goes on with it.

    Args:
        out: the folder of its outputs and report.
        samples: the questions that prompts are chosen by.
        fresh: as many others, that the best is measured on.
        adapter: folder of an adapter to ask with; then only examples are varied, since it is bound to its layers.
        budget: how many choices a search tries; None to try every single change.
        metric: that prompts are chosen by.
        speak: opens the model.
    """

    bot: Bot
    out: Path
    samples: tuple[AnswerSample, ...]
    fresh: tuple[AnswerSample, ...]
    adapter: Path | None
    budget: int | None
    metric: str
    seed: int
    encoder: Encoder
    speak: OpenSpeaker = field(repr=False)

    @cached_property
    def current(self) -> PromptChoice:
        """What the bot has now."""
        return PromptChoice.of(self.bot.file, self.bot.kit)

    @cached_property
    def options(self) -> Options:
        """What is tried for each part."""
        layers = {} if self.adapter else layer_options(self.bot.kit)
        return {**layers, **(example_options() if all_conversations(self.bot.kit) else {})}

    @property
    def total(self) -> int:
        """How many answers the study asks for at most."""
        space = math.prod(len(values) for values in self.options.values()) - 1
        tries = len(list(self._singles())) if self.budget is None else min(self.budget, space)
        return (1 + tries) * len(self.samples) + 2 * len(self.fresh)

    def run(self, tick: Tick) -> PromptComparison:
        """Ask everything that the output log does not hold, and score it.

        Args:
            tick: called after each answer, `total` times at most.

        Raises:
            BackendFailed: the runtime failed; the next run goes on from there.
            ModelUnavailable: a model is missing.
        """
        questions = read_questions(self.bot, (*self.samples, *self.fresh), lambda: None)
        asker = Asker(
            bot=self.bot,
            speaker=self.speak(self.bot.file.model, self.adapter),
            log=OutputLog(self.out / OUTPUTS),
            questions=questions,
            encoder=self.encoder,
            examples=examples_of(self.bot.kit, self.encoder),
            tick=tick,
        )
        try:
            return self._found(asker)
        finally:
            asker.speaker.backend.close()

    def _found(self, asker: Asker) -> PromptComparison:
        chosen_by = asker.only({sample.id for sample in self.samples})
        arms: dict[PromptChoice, ArmResult] = {}

        def score(choice: PromptChoice) -> float:
            arms[choice] = self._ask(chosen_by, choice)
            return arms[choice].mean(self.metric)

        if self.budget is None:
            scores = {choice: score(choice) for choice in (self.current, *self._singles())}
        else:
            scores = coordinate_search(self.current, self.options, score, budget=self.budget, seed=self.seed)
        best = max(scores, key=lambda choice: scores[choice])  # of equals the first, the current one before all
        fresh = asker.only({sample.id for sample in self.fresh})
        return PromptComparison(
            questions=asker.questions,
            metric=self.metric,
            current=self.current,
            arm=arms[self.current],
            tried={choice: self._beside(arms[self.current], choice, arm) for choice, arm in _others(arms)},
            best=best,
            fresh=self._measured(fresh, best) if self.fresh and best != self.current else None,
        )

    def _singles(self) -> Iterator[PromptChoice]:
        return single_changes(self.current, self.options)

    def _ask(self, asker: Asker, choice: PromptChoice, *, suffix: str = "") -> ArmResult:
        arm: Arm = BEST if self.adapter else PROMPTED
        return asker.with_prompt(choice).ask(arm, name=choice.name(self.current) + suffix)

    def _measured(self, asker: Asker, best: PromptChoice) -> VariantResult:
        default, arm = (self._ask(asker, choice, suffix=" (fresh)") for choice in (self.current, best))
        return self._beside(default, best, arm)

    def _beside(self, default: ArmResult, choice: PromptChoice, arm: ArmResult) -> VariantResult:
        return VariantResult(changes=choice.changes(self.current), arm=arm, default_arm=default)


def prepare_prompts(
    name: str,
    *,
    out: Path,
    quick: bool = False,
    count: int | None = None,
    adapter: str | None = None,
    budget: int | None = None,
    metric: str = METRIC,
    seed: int = 0,
    kit_paths: Sequence[Path] = (),
    encoder: Encoder | None = None,
    speak: OpenSpeaker = open_speaker,
) -> PromptStudy:
    """Read everything that a study of the prompts of the bot called `name` needs; no model is loaded yet.

    Args:
        name: of the bot.
        out: folder for outputs and report.
        quick: at most 60 questions.
        count: number of questions to choose by; half of them where left out.
        adapter: name of a registered adapter, or its folder; the base model where left out.
        budget: how many choices a search tries at most; None to try every single change.
        metric: that prompts are chosen by; one of `ASPECTS`.
        seed: of choosing samples, of the search and of resampling.
        kit_paths: further folders to look for kits in.
        encoder: instead of the embedded one.
        speak: instead of the model that bot.yaml names.

    Raises:
        UsageError: no such bot, adapter or metric, or nothing to vary.
        FaultsFound: the kit has no eval of answers, or files are wrong.
        AdapterMismatch: the adapter was trained with something else than the bot has.
    """
    _require_known(metric)
    bot, shared = open_bot(name, kit_paths, encoder)
    samples = answer_samples(bot)
    half = max(1, len(samples) // 2)
    chosen = stratified(samples, count or (min(QUICK_SAMPLES, half) if quick else half), seed=seed)
    ids = {sample.id for sample in chosen}
    study = PromptStudy(
        bot=bot,
        out=out,
        samples=chosen,
        fresh=stratified([sample for sample in samples if sample.id not in ids], len(chosen), seed=seed),
        adapter=None if adapter is None else adapter_folder(bot, adapter),
        budget=budget,
        metric=metric,
        seed=seed,
        encoder=shared,
        speak=speak,
    )
    if not any(single_changes(study.current, study.options)):
        hint = "give a layer a second variant, or the kit a recipe with conversations"
        raise UsageError(Fault(code="KW002", place="--prompts", problem="there is nothing to try", hint=hint))
    return study


def _require_known(metric: str) -> None:
    if metric not in ASPECTS:
        hint = closest(metric, ASPECTS)
        problem = "prompts are not chosen by it"
        raise UsageError(
            Fault(code="KW001", place="--metric", problem=problem, value=metric, choices=tuple(ASPECTS), hint=hint)
        )


def _others(arms: dict[PromptChoice, ArmResult]) -> Iterable[tuple[PromptChoice, ArmResult]]:
    """All but the first, which is the current one."""
    return list(arms.items())[1:]
