"""Tuning the encoder for a set of intents: LoRA on its upper layers, learned from the labelled utterances.

The loss is a cosine softmax over learned intent vectors plus half a supervised contrastive loss; every utterance is
seen twice a step, at times with a slip of the finger. The layers below the adapter never change, so their states
are computed once: that makes a step three times as quick, and with few examples the result is better, not worse.
Sources: Wang et al. 2018 (cosine softmax), Khosla et al. 2020 (supervised contrastive loss).
"""

import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.encoder import TunableEncoder, batches, by_length, set_rate, with_slips
from kitwright.nlu.intent_model import SCALE, Tuned
from kitwright.nlu.intent_settings import TuningSettings

if TYPE_CHECKING:
    import torch

_TEMPERATURE: Final = 0.1
_CONTRAST: Final = 0.5
_VIEWS: Final = 2
_SLIPPED: Final = 0.33  # share of the views that are read with a slip
_SLIPPED_COPIES: Final = 2
_HEAD_RATE: Final = 1e-2
_MANY: Final = 1000  # utterances; up to here steps grow with their number
_GROWTH: Final = 0.6  # and from here on with this power of it
_LONGEST: Final = 64  # tokens

Array = npt.NDArray[Any]


def tune(
    folder: Path,
    texts: Sequence[str],
    classes: Array,
    learned: Array,
    settings: TuningSettings,
    *,
    tick: Callable[[int, int], None] = lambda _done, _of: None,
) -> tuple[Tuned, Array]:
    """Tune the upper layers of the encoder for these classes; also the utterances' vectors by the tuned encoder.

    Args:
        folder: of the encoder's model.
        texts: utterances.
        classes: of the utterances, from 0, shape (utterances,).
        learned: which utterances to learn from, bool, shape (utterances,); every class needs one.
        settings: how.
        tick: told about every step.
    """
    import torch

    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    network = TunableEncoder(folder, layers=settings.layers, rank=settings.rank, longest=_LONGEST)
    plain = network.below(texts)
    slipped = [network.below([with_slips(text, rng) for text in texts]) for _ in range(_SLIPPED_COPIES)]
    start = _above(network, plain)
    count = int(classes.max()) + 1
    means = np.stack([start[learned & (classes == each)].mean(axis=0) for each in range(count)])
    head = torch.nn.Parameter(torch.tensor(means))
    steps = _steps(int(learned.sum()), settings)
    optimizer = network.optimizer(settings.learning_rate, {head: _HEAD_RATE})
    network.model.train()
    for step, rows in enumerate(batches(np.flatnonzero(learned), settings.batch_size, steps, settings.seed)):
        set_rate(optimizer, step, steps)
        views = [rng.choice(slipped) if rng.random() < _SLIPPED else plain for _ in range(_VIEWS * len(rows))]
        states = [view[row] for view, row in zip(views, [*rows] * _VIEWS, strict=True)]
        loss = _loss(_vectors(network, states), torch.tensor(classes[rows]).repeat(_VIEWS), head)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.trained, 1.0)
        optimizer.step()
        tick(step + 1, steps)
    network.model.eval()
    unit = torch.nn.functional.normalize(head.detach(), dim=1).numpy()
    return Tuned(network.adapter(), unit), _above(network, plain)


def _steps(utterances: int, settings: TuningSettings) -> int:
    full = settings.epochs * min(utterances, _MANY) / settings.batch_size
    return max(1, round(full * math.pow(max(utterances, _MANY) / _MANY, _GROWTH)))


def _loss(vectors: "torch.Tensor", classes: "torch.Tensor", head: "torch.Tensor") -> "torch.Tensor":
    from torch.nn.functional import cross_entropy, normalize

    by_class = cross_entropy(SCALE * vectors @ normalize(head, dim=1).T, classes)
    likeness = (vectors @ vectors.T / _TEMPERATURE).fill_diagonal_(-1e9)
    same = (classes[:, None] == classes[None]).float().fill_diagonal_(0)
    by_pair = (likeness.log_softmax(dim=1) * same).sum(dim=1) / same.sum(dim=1).clamp(min=1)
    return by_class - _CONTRAST * by_pair.mean()


def _above(network: TunableEncoder, states: "Sequence[torch.Tensor]") -> Array:
    """Unit vectors of texts from their states, float32, shape (texts, dimensions)."""
    import torch

    vectors = np.zeros((len(states), states[0].shape[1]), dtype=np.float32)
    with torch.inference_mode():
        for rows in by_length([len(each) for each in states]):
            vectors[rows] = _vectors(network, [states[row] for row in rows]).numpy()
    return vectors


def _vectors(network: TunableEncoder, states: "Sequence[torch.Tensor]") -> "torch.Tensor":
    """The same as a tensor, with gradients."""
    from torch.nn.functional import normalize

    after, given = network.above(states)
    return normalize((after * given[:, :, None]).sum(dim=1) / given.sum(dim=1)[:, None], dim=1)
