"""What a training run would take: tokens, steps, time and memory, measured on an example before anything is trained."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kitwright.recipe import SftRecipe
from kitwright.training.examples import Example
from kitwright.training.mask_audit import MaskAudit
from kitwright.training.memory import peak_memory_mb
from kitwright.training.model import Precision, adapted, load_base
from kitwright.training.sft import steps_of

FORWARD_SHARE = 0.4  # of a training step: what a held-out example costs beside one that is learned from


@dataclass(frozen=True, slots=True)
class Plan:
    """A run before it starts.

    Args:
        audit: what would be learned.
        held_out: examples kept for measuring.
        steps: optimiser steps.
        tokens: read in all passes together.
        trainable: parameters that would be trained.
        adapter_mb: size of the adapter on disk, in MB of 10^6 bytes.
        seconds: estimated wall time on this machine.
        memory_mb: estimated highest resident memory, in MiB.
    """

    audit: MaskAudit
    held_out: int
    steps: int
    tokens: int
    trainable: int
    adapter_mb: float
    seconds: float
    memory_mb: float

    def as_dict(self) -> dict[str, object]:
        """The plan for `--json`."""
        return asdict(self) | {"audit": self.audit.as_dict()}


def plan_sft(
    train: Sequence[Example],
    held_out: Sequence[Example],
    audit: MaskAudit,
    recipe: SftRecipe,
    *,
    base: str | Path,
    revision: str | None,
    precision: Precision = "auto",
) -> Plan:
    """Estimate a run by one forward and backward pass over an example of middle length.

    Raises:
        ModelUnavailable: the base model can not be loaded.
    """
    _tokenizer, model = load_base(base, revision, recipe, precision)
    model = adapted(model, recipe)
    trainable = sum(p.numel() for p in model.parameters() if p.requires_grad)
    middle = sorted(train, key=lambda each: len(each.ids))[len(train) // 2]
    per_token = min(_timed(model, middle) for _ in range(2)) / len(middle.ids)
    learned = sum(len(example.ids) for example in train) * recipe.epochs
    measured = sum(len(example.ids) for example in held_out) * recipe.evaluations * FORWARD_SHARE
    return Plan(
        audit=audit,
        held_out=len(held_out),
        steps=steps_of(len(train), recipe),
        tokens=round(learned),
        trainable=trainable,
        adapter_mb=trainable * 4 / 1e6,
        seconds=(learned + measured) * per_token,
        memory_mb=peak_memory_mb() + trainable * 3 * 4 / 2**20,  # gradients and Adam's two moments, in fp32
    )


def _timed(model: Any, example: Example) -> float:
    import torch

    from kitwright.training.loss import learned_loss

    ids, labels = torch.tensor([example.ids]), torch.tensor([example.labels])
    started = time.perf_counter()
    torch.autograd.backward(learned_loss(model, {"input_ids": ids}, labels)[0])
    model.zero_grad()
    return time.perf_counter() - started
