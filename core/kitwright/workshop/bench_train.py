"""How fast a recipe trains: the training loop beside transformers' own loss, on the same model, data and threads.

The two take turns, example by example, so that a busy moment of the machine falls on both.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from kitwright.training import Example
from kitwright.training.model import adapted, load_base
from kitwright.workshop.bench import Figure
from kitwright.workshop.training import TrainingJob, training_job

EXAMPLES = 12


def bench_train(bot: str, *, tick: Callable[[], None]) -> list[Figure]:
    """Tokens read per second of training, forward and backward, over examples of all lengths.

    Raises:
        UsageError: there is no such bot, or its kit has no recipe to train by.
        FaultsFound: its records are wrong.
        ModelUnavailable: the model can not be loaded.
    """
    job = training_job(bot)
    steps = {"the whole vocabulary scored everywhere (transformers)": _everywhere, "ours": _where_learned}
    _tokenizer, model = load_base(job.base, None, job.recipe, "auto")
    model = adapted(model, job.recipe)
    speeds: dict[str, list[float]] = {name: [] for name in steps}
    for example in _spread(job):
        for name, loss in steps.items():
            speeds[name].append(_speed(model, example, loss))
        tick()
    (peer, theirs), (_, ours) = ((name, statistics.median(each)) for name, each in speeds.items())
    return [Figure("training", ours, "tokens/s", peer, theirs)]


def _spread(job: TrainingJob) -> list[Example]:
    """Examples of all lengths; the first, which the model warms up on, is one of middle length."""
    ordered = sorted(job.train, key=lambda each: len(each.ids))
    chosen = ordered[:: max(1, len(ordered) // EXAMPLES)][:EXAMPLES]
    return [ordered[len(ordered) // 2], *chosen]


def _speed(model: Any, example: Example, loss: Callable[[Any, Any, Any], Any]) -> float:
    import torch

    ids, labels = torch.tensor([example.ids]), torch.tensor([example.labels])
    started = time.perf_counter()
    torch.autograd.backward(loss(model, ids, labels))
    model.zero_grad()
    return len(example.ids) / (time.perf_counter() - started)


def _where_learned(model: Any, ids: Any, labels: Any) -> Any:
    from kitwright.training.loss import learned_loss

    total, learned, _ = learned_loss(model, {"input_ids": ids}, labels)
    return total / learned


def _everywhere(model: Any, ids: Any, labels: Any) -> Any:
    return model(input_ids=ids, labels=labels, use_cache=False).loss
