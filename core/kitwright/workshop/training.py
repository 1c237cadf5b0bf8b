"""Training an adapter for a bot: its records become examples, the examples an adapter with a card and a loss curve."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from kitwright.bot import binding_of, prompt_writer, retriever_of
from kitwright.chat_format import ChatFormat
from kitwright.dataset import SftRecord, asked_questions
from kitwright.encoder import embedded_encoder
from kitwright.errors import Fault, UsageError
from kitwright.files import closest, content_hash, data_root, origin, write_atomically
from kitwright.generation import base_model_id, embedded_model_folder
from kitwright.generation.causal_model import load_tokenizer
from kitwright.kit import BotFile, Kit, conversations, conversations_hash, load_bot_file, load_kit
from kitwright.pages import Point, line_chart
from kitwright.recipe import SftRecipe
from kitwright.registry import Registry
from kitwright.training import (
    TRAINERS,
    Example,
    MaskAudit,
    Plan,
    Renderer,
    Trained,
    Trainer,
    audit,
    export_recipe,
    held_out,
    notes_of,
    plan_sft,
    train_sft,
)
from kitwright.training.card import CardFacts, model_card
from kitwright.workshop.comparison.adapter import CURVE, RUNS

REPORT: Final = "training.json"
CARD: Final = "README.md"
PICTURE: Final = "loss.svg"
Tick = Callable[[int, int, float | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingJob:
    """Everything a training run needs, read and checked.

    Args:
        base: folder or Hugging Face id of the base model.
        renderer: makes examples of records.
        data_hash: of the files of records.
        train: examples to learn from.
        held_out: examples to measure on.
        audit: of all examples.
    """

    file: BotFile
    kit: Kit
    recipe: SftRecipe
    base: str | Path
    renderer: Renderer
    records: tuple[SftRecord, ...]
    data_hash: str
    train: Sequence[Example]
    held_out: Sequence[Example]
    audit: MaskAudit

    @property
    def folder(self) -> Path:
        """Where the run keeps its checkpoints: the same for the same recipe and examples, to the token."""
        examples = (f"{each.id}:{each.ids}" for each in (*self.train, *self.held_out))
        key = content_hash(self.recipe.hash, *examples)
        return data_root() / RUNS / f"{self.file.name}-{self.recipe.name}" / key[:12]


def training_job(bot: str, *, recipe: str | None = None, kit_paths: Sequence[Path] = ()) -> TrainingJob:
    """Read a bot's records and recipe, render them as it would be asked, and audit what would be learned.

    Args:
        bot: its name.
        recipe: name of a recipe of kind `sft`; the kit's only one where left out.
        kit_paths: further folders to look for kits in.

    Raises:
        UsageError: no such bot or recipe.
        FaultsFound: records or prompts are wrong, or nothing would be learned; all faults at once.
        ModelUnavailable: the base model's tokenizer can not be loaded.
    """
    file = load_bot_file(bot, kit_paths=kit_paths)
    kit = load_kit(file.kit, kit_paths=kit_paths)
    chosen = _recipe(kit, recipe)
    base = embedded_model_folder() if chosen.base == "embedded" else chosen.base
    chat_format = ChatFormat(load_tokenizer(base, None))
    writer = prompt_writer(file, kit, lambda messages: len(chat_format.encode(messages, for_answer=True).ids))
    records = conversations(kit, chosen)
    passages = {passage.id: passage for passage in kit.passages}
    encoder = embedded_encoder()
    retriever = retriever_of(file, kit, encoder, asked_questions(records, passages))
    renderer = Renderer(
        writer=writer,
        chat_format=chat_format,
        passages=passages,
        max_length=chosen.max_length,
        notes=notes_of(records, passages, retriever.find, encoder),
    )
    examples = renderer.render(records)
    checked = audit(examples, stop_id=chat_format.end_id)
    train, measured = held_out(examples, share=chosen.validation, seed=chosen.seed)
    return TrainingJob(
        file=file,
        kit=kit,
        recipe=chosen,
        base=base,
        renderer=renderer,
        records=records,
        data_hash=conversations_hash(kit, chosen) or "",
        train=train,
        held_out=measured,
        audit=checked,
    )


def plan(job: TrainingJob) -> Plan:
    """What the run would take, measured on one example.

    Raises:
        ModelUnavailable: the base model can not be loaded.
    """
    return plan_sft(job.train, job.held_out, job.audit, job.recipe, base=job.base, revision=None)


def train(job: TrainingJob, tick: Tick) -> Trained:
    """Run the job, or go on with it where an earlier run was broken off; writes card, report and loss curve.

    Raises:
        ModelUnavailable: the base model can not be loaded.
    """
    job.folder.mkdir(parents=True, exist_ok=True)
    trained = train_sft(job.train, job.held_out, job.recipe, base=job.base, revision=None, folder=job.folder, tick=tick)
    if trained.first_process:
        _describe(job, trained)
    return trained


def register(job: TrainingJob, trained: Trained) -> str:
    """Put a trained adapter into the bot's registry.

    Returns:
        Its name there, `<kit>-<number>`.

    Raises:
        AdapterMismatch: the adapter is damaged.
        UsageError: the registry can not be written.
    """
    binding = binding_of(
        job.file,
        job.kit,
        chat_format=job.renderer.chat_format,
        recipe=job.recipe,
        data_hash=job.data_hash,
    )
    return Registry(job.file.adapters_folder).register(trained.adapter, binding=binding, name=job.kit.name)


def trainer_named(name: str) -> Trainer:
    """The other trainer of that name.

    Raises:
        UsageError: recipes are not written out for it.
    """
    for trainer in TRAINERS:
        if trainer == name:
            return trainer
    fault = Fault(code="KW001", place="--export", problem="no such trainer", value=name, choices=TRAINERS)
    raise UsageError(replace(fault, hint=closest(name, TRAINERS)))


def export(job: TrainingJob, trainer: Trainer, folder: Path) -> tuple[Path, ...]:
    """Write the job out for another trainer; the config comes first.

    Raises:
        UsageError: the folder can not be written.
        ModelUnavailable: the base model can not be read.
    """
    from transformers import AutoConfig

    chats = [job.renderer.chat(record) for record in job.records]
    layers = int(AutoConfig.from_pretrained(job.base).num_hidden_layers)
    name = f"{job.kit.name}_{job.recipe.name}"
    return export_recipe(trainer, job.recipe, chats, base=str(job.base), layers=layers, name=name, folder=folder)


def said_in(job: TrainingJob) -> dict[str, str]:
    """Record to what its person says in it."""
    return {record.id: "\n".join(m.content for m in record.messages if m.role == "user") for record in job.records}


def _recipe(kit: Kit, name: str | None) -> SftRecipe:
    tunable = {each.name: each for each in kit.recipes.values() if isinstance(each, SftRecipe)}
    if name is None and len(tunable) == 1:
        return next(iter(tunable.values()))
    if name is not None and name in tunable:
        return tunable[name]
    problem = "the kit has no such recipe for a language model" if tunable else "the kit has no recipe of kind sft"
    hint = closest(name, tunable) if name else "write one under recipes/ and list it in kit.yaml"
    raise UsageError(
        Fault(code="KW001", place="--recipe", problem=problem, value=name, choices=tuple(tunable), hint=hint)
    )


def _describe(job: TrainingJob, trained: Trained) -> None:
    came_from = origin()
    facts = CardFacts(
        name=f"{job.kit.name} {job.recipe.name}",
        kit=job.kit.manifest.title,
        intended_use=job.kit.manifest.intended_use,
        risk_class=job.kit.manifest.risk_class,
        licence=job.kit.manifest.licence,
        language=job.kit.manifest.language,
        base=base_model_id(job.recipe.base, None).name,
        system=job.renderer.writer.system().content,
        origin=came_from,
    )
    report = {
        "recipe": json.loads(job.recipe.model_dump_json()),
        "audit": job.audit.as_dict(),
        "steps": trained.steps,
        "seconds": round(trained.seconds, 1),
        "resumed_from": trained.resumed_from,
        "stopped_early": trained.stopped_early,
        "best_loss": trained.best_loss,
        "final_loss": trained.final_loss,
        "trainable": trained.trainable,
        "peak_memory_mb": round(trained.peak_memory_mb),
        "losses": [asdict(point) for point in trained.losses],
        "origin": came_from,
    }
    write_atomically(trained.adapter / CARD, model_card(facts, job.recipe, job.audit, trained).encode())
    write_atomically(trained.adapter / REPORT, json.dumps(report, indent=1).encode() + b"\n")
    write_atomically(trained.adapter / PICTURE, _loss_curve(trained).encode())
    points = [{"examples": n, "adapter": str(kept.relative_to(job.folder))} for n, kept in trained.curve.items()]
    if points:
        write_atomically(job.folder / CURVE, json.dumps(points, indent=1).encode() + b"\n")


def _loss_curve(trained: Trained) -> str:
    lines = {
        name: [Point(point.step, point.loss) for point in trained.losses if point.held_out is held]
        for name, held in (("training", False), ("held out", True))
    }
    return str(line_chart("Loss", {k: v for k, v in lines.items() if v}, x="step", y="nats per learned token"))
