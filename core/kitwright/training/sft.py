"""Supervised fine-tuning: the one training loop, TRL's SFTTrainer over examples that are encoded already.

The loop checkpoints every few steps and goes on from the last whole checkpoint: optimiser, schedule, random state
and place in the data are all in it, so a killed run ends where an unbroken one does. Started by `accelerate launch`
it runs on several processes; files are written by the first.
"""

import json
import os
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from kitwright.files import write_atomically
from kitwright.recipe import SftRecipe
from kitwright.training.checkpoints import last_checkpoint, seconds_before, step_of
from kitwright.training.examples import Example
from kitwright.training.memory import peak_memory_mb
from kitwright.training.model import Precision, adapted, load_base

CHECKPOINTS: Final = "checkpoints"
ADAPTER: Final = "adapter"
CURVE: Final = "curve"
FINISHED: Final = "finished.json"


@dataclass(frozen=True, slots=True)
class LossPoint:
    """A measured loss: mean negative log-likelihood of a learned token, in nats."""

    step: int
    loss: float
    held_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """What a run gave.

    Args:
        adapter: folder with PEFT's files.
        steps: optimiser steps taken.
        best_loss: lowest held-out loss, None without held-out examples.
        final_loss: training loss of the last logged step.
        losses: the loss curve.
        seconds: wall time, of a resumed run with what it had taken up to the checkpoint.
        resumed_from: the step it went on from, or 0.
        stopped_early: whether the held-out loss ended it.
        trainable: number of trained parameters.
        curve: number of conversations seen to the adapter kept then.
        peak_memory_mb: highest resident memory of this process.
        first_process: whether this process is the one that writes files.
    """

    adapter: Path
    steps: int
    best_loss: float | None
    final_loss: float
    losses: tuple[LossPoint, ...]
    seconds: float
    resumed_from: int
    stopped_early: bool
    trainable: int
    curve: dict[int, Path]
    peak_memory_mb: float
    first_process: bool = True


def train_sft(
    train: Sequence[Example],
    held_out: Sequence[Example],
    recipe: SftRecipe,
    *,
    base: str | Path,
    revision: str | None,
    folder: Path,
    precision: Precision = "auto",
    tick: Callable[[int, int, float | None], None] = lambda step, steps, loss: None,
) -> Trained:
    """Train an adapter on `train`; goes on where an earlier call with the same folder ended.

    Args:
        train: examples to learn from.
        held_out: examples whose loss decides when to stop, and which adapter is kept.
        recipe: how.
        base: folder or Hugging Face id of the base model.
        revision: of a Hugging Face id.
        folder: of this run, its own for every combination of data and recipe.
        precision: `auto` is bf16 where the hardware multiplies it.
        tick: called after each step with step, steps in all and the last loss.

    Raises:
        ModelUnavailable: the base model can not be loaded.
    """
    if (folder / FINISHED).exists():
        return _finished(folder)
    last = last_checkpoint(folder / CHECKPOINTS)
    started = time.perf_counter() - seconds_before(last)
    tokenizer, model = load_base(base, revision, recipe, precision)
    trainer = _trainer(adapted(model, recipe), tokenizer, train, held_out, _settings(train, held_out, recipe, folder))
    for callback in _callbacks(recipe, held_out, tick):
        trainer.add_callback(callback)
    trainer.add_callback(_keeper(recipe, len(train), folder / CURVE, lambda: time.perf_counter() - started))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # FutureWarnings of transformers about peft's calls, and of torch's loader
        trainer.train(resume_from_checkpoint=str(last) if last else None)
    if trainer.is_world_process_zero():
        trainer.model.save_pretrained(str(folder / ADAPTER))
    trainer.accelerator.wait_for_everyone()
    losses = _losses(trainer.state.log_history)
    trained = Trained(
        adapter=folder / ADAPTER,
        steps=trainer.state.global_step,
        best_loss=min((p.loss for p in losses if p.held_out), default=None),
        final_loss=next((p.loss for p in reversed(losses) if not p.held_out), float("nan")),
        losses=losses,
        seconds=time.perf_counter() - started,
        resumed_from=step_of(last) if last else 0,
        stopped_early=trainer.state.global_step < trainer.state.max_steps,
        trainable=sum(p.numel() for p in trainer.model.parameters() if p.requires_grad),
        curve=_curve(folder),
        peak_memory_mb=peak_memory_mb(),
        first_process=trainer.is_world_process_zero(),
    )
    if trained.first_process:
        _finish(trained, folder)
    return trained


def _finish(trained: Trained, folder: Path) -> None:
    """Keep the outcome, so that a finished run is not trained further by the next call."""
    kept = {name: value for name, value in asdict(trained).items() if name not in ("adapter", "curve", "first_process")}
    write_atomically(folder / FINISHED, json.dumps(kept).encode())


def _finished(folder: Path) -> Trained:
    kept = json.loads((folder / FINISHED).read_bytes())
    losses = tuple(LossPoint(**point) for point in kept.pop("losses"))
    first = os.environ.get("RANK", "0") == "0"
    return Trained(adapter=folder / ADAPTER, curve=_curve(folder), losses=losses, first_process=first, **kept)


def _curve(folder: Path) -> dict[int, Path]:
    return {int(each.name): each for each in sorted((folder / CURVE).glob("*"), key=lambda each: int(each.name))}


def steps_of(examples: int, recipe: SftRecipe) -> int:
    """Optimiser steps of a run without packing."""
    return max(1, round(-(-examples // recipe.batch_size) * recipe.epochs))


def _callbacks(
    recipe: SftRecipe, held_out: Sequence[Example], tick: Callable[[int, int, float | None], None]
) -> list[Any]:
    from transformers import EarlyStoppingCallback

    from kitwright.training.callbacks import Ticker

    stop = [EarlyStoppingCallback(early_stopping_patience=recipe.patience)] if held_out else []
    return [Ticker(tick), *stop]


def _keeper(recipe: SftRecipe, examples: int, folder: Path, seconds: Callable[[], float]) -> Any:
    from kitwright.training.callbacks import Keeper

    return Keeper(recipe, examples, folder, seconds)


def _trainer(
    model: Any, tokenizer: Any, train: Sequence[Example], held_out: Sequence[Example], settings: dict[str, Any]
) -> Any:
    from transformers import PrinterCallback, ProgressCallback
    from trl import SFTConfig

    from kitwright.training.trainer import SupervisedTrainer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that packing wants flash attention; masks come from positions, tested
        trainer = SupervisedTrainer(
            model=model,
            args=SFTConfig(**settings),
            processing_class=tokenizer,
            train_dataset=_dataset(train),
            eval_dataset=_dataset(held_out) if held_out else None,
        )
    for noisy in (PrinterCallback, ProgressCallback):
        trainer.remove_callback(noisy)
    return trainer


def _settings(train: Sequence[Example], held_out: Sequence[Example], recipe: SftRecipe, folder: Path) -> dict[str, Any]:
    import torch

    gpu = torch.cuda.is_available()
    processes = int(os.environ.get("WORLD_SIZE", "1"))
    each = max(1, recipe.batch_size // processes)
    per_device = min(each, 8) if gpu else 1
    interval = max(1, steps_of(len(train), recipe) // recipe.evaluations)
    watched = {
        "eval_strategy": "steps",
        "eval_steps": interval,
        "save_steps": interval,
        "load_best_model_at_end": True,
        "metric_for_best_model": "eval_loss",
    }
    return {
        "output_dir": str(folder / CHECKPOINTS),
        "num_train_epochs": recipe.epochs,
        "per_device_train_batch_size": per_device,
        "per_device_eval_batch_size": per_device,
        "gradient_accumulation_steps": _accumulation(train, recipe, each, per_device),
        "learning_rate": recipe.learning_rate,
        "lr_scheduler_type": "constant_with_warmup" if recipe.schedule == "constant" else recipe.schedule,
        "warmup_steps": recipe.warmup,
        "max_length": recipe.max_length,
        "packing": recipe.packing,
        "eval_packing": False if recipe.packing else None,
        "shuffle_dataset": True,
        "seed": recipe.seed,
        "data_seed": recipe.seed,
        "bf16": False,  # the weights are loaded in the precision that is trained in
        "use_cpu": not gpu,
        "gradient_checkpointing": gpu,
        "logging_steps": 1,
        "save_total_limit": 2,
        "save_strategy": "steps",
        "save_steps": recipe.checkpoint_steps,
        "report_to": "none",
        "disable_tqdm": True,
        "dataloader_pin_memory": gpu,
        "ddp_find_unused_parameters": False,
        "ddp_backend": None if gpu or processes == 1 else "gloo",
        **(watched if held_out else {}),
    }


def _accumulation(train: Sequence[Example], recipe: SftRecipe, each: int, per_device: int) -> int:
    if not recipe.packing:
        return max(1, each // per_device)
    mean = sum(len(example.ids) for example in train) / len(train)
    return max(1, round(each * mean / recipe.max_length / per_device))


def _dataset(examples: Sequence[Example]) -> Any:
    from datasets import Dataset

    return Dataset.from_dict(
        {
            "input_ids": [list(example.ids) for example in examples],
            "labels": [list(example.labels) for example in examples],
        }
    )


def _losses(history: Sequence[dict[str, float]]) -> tuple[LossPoint, ...]:
    points = []
    for entry in history:
        for name, held_out in (("loss", False), ("eval_loss", True)):
            if name in entry:
                points.append(LossPoint(int(entry["step"]), float(entry[name]), held_out))
    return tuple(points)
