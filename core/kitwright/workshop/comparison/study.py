"""A study: one bot's arms over the same questions in the same order, with its prompt variants and learning curve."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from kitwright.bot import Bot, adapter_faults, examples_of, load_bot
from kitwright.dataset import AnswerSample
from kitwright.encoder import embedded_encoder
from kitwright.errors import AdapterMismatch, Fault, FaultsFound, UsageError
from kitwright.files import closest
from kitwright.generation import EchoBackend, ModelSettings
from kitwright.protocols import Encoder
from kitwright.registry import BINDING_FILE, Registry
from kitwright.store import SqlStore
from kitwright.workshop.comparison.adapter import AdapterFacts, learning_curve, runs_of
from kitwright.workshop.comparison.arm import BEST, PROMPTED, Arm, choose_arms
from kitwright.workshop.comparison.asker import Asker, Tick
from kitwright.workshop.comparison.outputs import OutputLog
from kitwright.workshop.comparison.prompt_choice import PromptChoice, layer_options, single_changes
from kitwright.workshop.comparison.question import Question, read_questions
from kitwright.workshop.comparison.remembered import RememberingEncoder
from kitwright.workshop.comparison.result import ArmResult, VariantResult
from kitwright.workshop.comparison.sampling import QUICK_SAMPLES, stratified
from kitwright.workshop.comparison.speaker import Speaker, open_speaker

VARIANT_SAMPLES: Final = 40
OUTPUTS: Final = "outputs.jsonl"
OpenSpeaker = Callable[[ModelSettings, Path | None], Speaker]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that a study found.

    Args:
        questions: in the order they were asked.
        arms: by name.
        variants: of the kit's prompt layers; empty in a quick study.
        curve: number of examples to the prompted arm with the adapter kept then, 0 being no adapter.
        system_tokens: length of the bot's system message.
    """

    questions: tuple[Question, ...]
    arms: dict[str, ArmResult]
    variants: tuple[VariantResult, ...]
    curve: tuple[tuple[int, ArmResult], ...]
    system_tokens: int


@dataclass(kw_only=True)
class Study:
    """A comparison that is prepared; `run` makes it, or goes on with it.

    Args:
        out: the folder of its outputs and report.
        samples: of the kit's answer evals.
        adapter: folder, or None where there is none.
        curve: number of examples to the adapter kept then.
        quick: without variants and learning curve.
        speak: opens the model with or without an adapter.
    """

    bot: Bot
    out: Path
    arms: tuple[Arm, ...]
    samples: tuple[AnswerSample, ...]
    adapter: Path | None
    curve: dict[int, Path]
    quick: bool
    seed: int
    encoder: Encoder
    speak: OpenSpeaker = field(repr=False)

    @property
    def total(self) -> int:
        """How many answers the study asks for."""
        variants = len(self._variants) + bool(self._variants)
        points = len(self.curve) + bool(self.curve) + bool(self._examples)
        asked = len(self.samples) * (len(self.arms) + points)
        return asked + variants * min(VARIANT_SAMPLES, len(self.samples))

    @cached_property
    def adapter_facts(self) -> AdapterFacts | None:
        """What the adapter's folder tells."""
        return AdapterFacts.read(self.adapter) if self.adapter else None

    @cached_property
    def log(self) -> OutputLog:
        """Where the answers are kept."""
        return OutputLog(self.out / OUTPUTS)

    def run(self, tick: Tick) -> Comparison:
        """Ask everything that the output log does not hold, and score it all.

        Args:
            tick: called after each answer, `total` times.

        Raises:
            BackendFailed: the runtime failed; the next run goes on from there.
            ModelUnavailable: a model is missing.
        """
        questions = read_questions(self.bot, self.samples, lambda: None)
        base = self._asker(None, questions, tick)
        arms = {arm.name: base.ask(arm) for arm in self.arms if not arm.tuned}
        variants = tuple(self._try_variants(base))
        curve = {0: base.ask(PROMPTED)} if self.curve else {}
        base.speaker.backend.close()
        if self.adapter:
            tuned = self._asker(self.adapter, questions, tick)
            arms |= {arm.name: tuned.ask(arm) for arm in self.arms if arm.tuned}
            curve |= {self._examples: tuned.ask(BEST)} if self._examples else {}
            tuned.speaker.backend.close()
        for examples, folder in self.curve.items():
            asker = self._asker(folder, questions, tick)
            curve[examples] = asker.ask(BEST, name=f"curve-{examples}")
            asker.speaker.backend.close()
        return Comparison(
            questions=questions,
            arms=arms,
            variants=variants,
            curve=tuple(sorted(curve.items())),
            system_tokens=base.speaker.backend.count([base.writer.system()]),
        )

    @property
    def _examples(self) -> int | None:
        """How many examples the adapter saw, where that is a point of the learning curve."""
        seen = self.adapter_facts.examples if self.adapter_facts else None
        return seen if self.curve and seen and seen not in self.curve else None

    def _asker(self, adapter: Path | None, questions: Sequence[Question], tick: Tick) -> Asker:
        return Asker(
            bot=self.bot,
            speaker=self.speak(self.bot.file.model, adapter),
            log=self.log,
            questions=tuple(questions),
            encoder=self.encoder,
            examples=examples_of(self.bot.kit, self.encoder),
            tick=tick,
        )

    @cached_property
    def _prompt(self) -> PromptChoice:
        return PromptChoice.of(self.bot.file, self.bot.kit)

    @cached_property
    def _variants(self) -> tuple[PromptChoice, ...]:
        return () if self.quick else tuple(single_changes(self._prompt, layer_options(self.bot.kit)))

    def _try_variants(self, base: Asker) -> Iterator[VariantResult]:
        if not self._variants:
            return
        few = base.only({sample.id for sample in stratified(self.samples, VARIANT_SAMPLES, seed=self.seed)})
        default = few.ask(PROMPTED)
        for choice in self._variants:
            arm = few.with_prompt(choice).ask(PROMPTED, name=choice.name(self._prompt))
            yield VariantResult(changes=choice.changes(self._prompt), arm=arm, default_arm=default)


def prepare(
    name: str,
    *,
    out: Path,
    arms: Sequence[str] = (),
    quick: bool = False,
    count: int | None = None,
    adapter: str | None = None,
    seed: int = 0,
    kit_paths: Sequence[Path] = (),
    encoder: Encoder | None = None,
    speak: OpenSpeaker = open_speaker,
) -> Study:
    """Read everything that a comparison of the bot called `name` needs; no model is loaded yet.

    Args:
        name: of the bot.
        out: folder for outputs and report.
        arms: their names; all of them where left out.
        quick: about 60 samples, no variants, no learning curve.
        count: number of samples; all of them where left out.
        adapter: name of a registered adapter, or its folder; the bot's own, or else the newest, where left out.
        seed: of choosing samples and of resampling.
        kit_paths: further folders to look for kits in.
        encoder: instead of the embedded one.
        speak: instead of the model that bot.yaml names.

    Raises:
        UsageError: no such bot, arm or adapter.
        FaultsFound: the kit has no eval of answers, or files are wrong.
        AdapterMismatch: the adapter was trained with something else than the bot has.
    """
    chosen = choose_arms(arms)
    bot, shared = open_bot(name, kit_paths, encoder)
    folder = adapter_folder(bot, adapter)
    if folder is None and arms and any(arm.tuned for arm in chosen):
        hint = f"train one: kitwright train {name}"
        raise UsageError(Fault(code="KW002", place="--arms", problem="the bot has no adapter", hint=hint))
    samples = answer_samples(bot)
    return Study(
        bot=bot,
        out=out,
        arms=tuple(arm for arm in chosen if folder or not arm.tuned),
        samples=stratified(samples, count or (QUICK_SAMPLES if quick else len(samples)), seed=seed),
        adapter=folder,
        curve={} if quick or folder is None else learning_curve(out, folder, *runs_of(folder)),
        quick=quick,
        seed=seed,
        encoder=shared,
        speak=speak,
    )


def open_bot(name: str, kit_paths: Sequence[Path], encoder: Encoder | None) -> tuple[Bot, Encoder]:
    """The bot with its steps but without its model, and an encoder that remembers; the embedded one where left out.

    Raises:
        UsageError: no such bot.
        FaultsFound: its files are wrong.
    """
    shared = encoder or embedded_encoder()
    bot = load_bot(name, kit_paths=kit_paths, backend=EchoBackend(), encoder=shared, store=SqlStore("sqlite://"))
    return bot, RememberingEncoder(shared)


def answer_samples(bot: Bot) -> tuple[AnswerSample, ...]:
    """All samples of the kit's answer evals.

    Raises:
        FaultsFound: it has none.
    """
    samples = tuple(sample for each in bot.kit.evals for sample in each.answers)
    if not samples:
        hint = "write one as JSON lines and list it under `evals:` with `kind: answers`"
        place = f"kits/{bot.kit.name}/kit.yaml"
        raise FaultsFound(Fault(code="KW103", place=place, problem="the kit has no eval of answers", hint=hint))
    return samples


def adapter_folder(bot: Bot, wanted: str | None) -> Path | None:
    """The adapter to compare with; one that says what it is bound to must fit the bot.

    Raises:
        UsageError: no such adapter.
        AdapterMismatch: it does not fit.
    """
    folder = _chosen_folder(bot, wanted)
    if folder is not None and (folder / BINDING_FILE).is_file():
        faults = adapter_faults(bot.file, bot.kit, folder)
        if faults:
            raise AdapterMismatch(faults)
    return folder


def _chosen_folder(bot: Bot, wanted: str | None) -> Path | None:
    """A folder, or one of those registered for the bot; where nothing is wanted its own, or else the newest."""
    registered = [version.folder for version in Registry(bot.file.adapters_folder).versions()]
    if wanted is None:
        return bot.file.adapter_folder or (registered[-1] if registered else None)
    names = {folder.name: folder for folder in registered}
    if wanted in names:
        return names[wanted]
    if (Path(wanted) / "adapter_config.json").is_file():
        return Path(wanted)
    hint = closest(wanted, names) or "give the name of a registered adapter, or a folder with adapter_config.json"
    problem = "no such adapter"
    raise UsageError(
        Fault(code="KW001", place="--adapter", problem=problem, value=wanted, choices=tuple(names), hint=hint)
    )
