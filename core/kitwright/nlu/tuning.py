"""Tuning the encoder for a set of intents: LoRA on its upper layers, learned from the labelled utterances.

The loss is a cosine softmax over learned intent vectors plus half a supervised contrastive loss; every utterance is
seen twice a step, at times with a slip of the finger. The layers below the adapter never change, so their states
are computed once: that makes a step three times as quick, and with few examples the result is better, not worse.
Sources: Wang et al. 2018 (cosine softmax), Khosla et al. 2020 (supervised contrastive loss), Hu et al. 2021 (LoRA).
"""

import math
import random
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.files import multiplies_bf16
from kitwright.nlu.encoder_adapter import EncoderAdapter
from kitwright.nlu.intent_model import SCALE, Tuned
from kitwright.nlu.intent_settings import TuningSettings
from kitwright.nlu.noise import with_slips

if TYPE_CHECKING:
    import torch

_TEMPERATURE: Final = 0.1
_CONTRAST: Final = 0.5
_VIEWS: Final = 2
_SLIPPED: Final = 0.33  # share of the views that are read with a slip
_SLIPPED_COPIES: Final = 2
_HEAD_RATE: Final = 1e-2
_WARMUP: Final = 0.1
_MANY: Final = 1000  # utterances; up to here steps grow with their number
_GROWTH: Final = 0.6  # and from here on with this power of it
_LONGEST: Final = 64  # tokens
_BATCH: Final = 64

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
    network = _Network(folder, settings)
    plain = network.below(texts)
    slipped = [network.below([with_slips(text, rng) for text in texts]) for _ in range(_SLIPPED_COPIES)]
    start = network.above(plain)
    count = int(classes.max()) + 1
    means = np.stack([start[learned & (classes == each)].mean(axis=0) for each in range(count)])
    head = torch.nn.Parameter(torch.tensor(means))
    steps = _steps(int(learned.sum()), settings)
    optimizer = network.optimizer(head)
    network.model.train()
    for step, rows in enumerate(_batches(np.flatnonzero(learned), settings.batch_size, steps, settings.seed)):
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * _rate(step, steps)
        views = [rng.choice(slipped) if rng.random() < _SLIPPED else plain for _ in range(_VIEWS * len(rows))]
        states = [view[row] for view, row in zip(views, [*rows] * _VIEWS, strict=True)]
        loss = _loss(network.vectors(states), torch.tensor(classes[rows]).repeat(_VIEWS), head)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.trained, 1.0)
        optimizer.step()
        tick(step + 1, steps)
    network.model.eval()
    unit = torch.nn.functional.normalize(head.detach(), dim=1).numpy()
    return Tuned(network.adapter(), unit), network.above(plain)


def _steps(utterances: int, settings: TuningSettings) -> int:
    full = settings.epochs * min(utterances, _MANY) / settings.batch_size
    return max(1, round(full * math.pow(max(utterances, _MANY) / _MANY, _GROWTH)))


def _rate(step: int, steps: int) -> float:
    return min(1.0, (step + 1) / (_WARMUP * steps + 1)) * (1 - step / steps)


def _batches(rows: Array, size: int, count: int, seed: int) -> Iterator[Array]:
    """As many batches as asked for, each pass in another order; every row comes equally often."""
    order, rng = np.empty(0, dtype=rows.dtype), np.random.default_rng(seed)
    for _ in range(count):
        while len(order) < min(size, len(rows)):
            order = np.concatenate([order, rng.permutation(rows)])
        yield order[:size]
        order = order[size:]


def _loss(vectors: "torch.Tensor", classes: "torch.Tensor", head: "torch.Tensor") -> "torch.Tensor":
    from torch.nn.functional import cross_entropy, normalize

    by_class = cross_entropy(SCALE * vectors @ normalize(head, dim=1).T, classes)
    likeness = (vectors @ vectors.T / _TEMPERATURE).fill_diagonal_(-1e9)
    same = (classes[:, None] == classes[None]).float().fill_diagonal_(0)
    by_pair = (likeness.log_softmax(dim=1) * same).sum(dim=1) / same.sum(dim=1).clamp(min=1)
    return by_class - _CONTRAST * by_pair.mean()


class _Network:
    """The encoder in two parts: layers that stay, and layers with a fresh LoRA."""

    def __init__(self, folder: Path, settings: TuningSettings) -> None:
        from peft import LoraConfig, get_peft_model
        from transformers import AutoModel, AutoTokenizer

        from kitwright.nlu.encoder import quietly

        with quietly():
            base = AutoModel.from_pretrained(str(folder), attn_implementation="sdpa").float()
            self._tokenizer = AutoTokenizer.from_pretrained(str(folder))
        first = base.config.num_hidden_layers - settings.layers
        config = LoraConfig(
            r=settings.rank,
            lora_alpha=2 * settings.rank,
            target_modules=["query", "key", "value", "dense"],
            layers_to_transform=list(range(first, base.config.num_hidden_layers)),
            layers_pattern="layer",
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # peft asks the model by a name that transformers renamed
            self.model: Any = get_peft_model(base, config)
        self._base = base
        self._first = first
        self._settings = settings
        self._bf16 = multiplies_bf16()
        self.trained = [parameter for parameter in self.model.parameters() if parameter.requires_grad]

    def optimizer(self, head: "torch.Tensor") -> "torch.optim.Optimizer":
        import torch

        groups = [
            {"params": self.trained, "peak": self._settings.learning_rate, "weight_decay": 0.01},
            {"params": [head], "peak": _HEAD_RATE, "weight_decay": 0.0},
        ]
        return torch.optim.AdamW(groups)

    def below(self, texts: Sequence[str]) -> "list[torch.Tensor]":
        """States behind the layers that stay, for each text of shape (tokens, dimensions)."""
        import torch

        self.model.eval()
        found: dict[int, torch.Tensor] = {}
        with torch.inference_mode():
            for rows in _by_length([len(text) for text in texts]):
                batch = self._tokenizer(
                    [texts[row] for row in rows],
                    padding=True,
                    truncation=True,
                    max_length=_LONGEST,
                    return_tensors="pt",
                )
                given = batch["attention_mask"]
                states = self._base.embeddings(input_ids=batch["input_ids"], token_type_ids=torch.zeros_like(given))
                states = self._through(self._base.encoder.layer[: self._first], states, given)
                lengths = given.sum(dim=1).tolist()
                found |= {row: states[at, : lengths[at]].to(torch.bfloat16).clone() for at, row in enumerate(rows)}
        return [found[row] for row in range(len(texts))]

    def above(self, states: "Sequence[torch.Tensor]") -> Array:
        """Unit vectors of texts from their states, float32, shape (texts, dimensions)."""
        import torch

        vectors = np.zeros((len(states), states[0].shape[1]), dtype=np.float32)
        with torch.inference_mode():
            for rows in _by_length([len(each) for each in states]):
                vectors[rows] = self.vectors([states[row] for row in rows]).numpy()
        return vectors

    def vectors(self, states: "Sequence[torch.Tensor]") -> "torch.Tensor":
        """The same as a tensor, with gradients."""
        import torch
        from torch.nn.functional import normalize
        from torch.nn.utils.rnn import pad_sequence

        lengths = torch.tensor([len(each) for each in states])
        padded = pad_sequence(list(states), batch_first=True).float()
        given = (torch.arange(padded.shape[1])[None] < lengths[:, None]).long()
        after = self._through(self._base.encoder.layer[self._first :], padded, given).float()
        return normalize((after * given[:, :, None]).sum(dim=1) / lengths[:, None], dim=1)

    def _through(self, layers: Any, states: "torch.Tensor", given: "torch.Tensor") -> "torch.Tensor":
        import torch

        mask = (1.0 - given[:, None, None, :].float()) * -1e9
        with torch.autocast("cpu", torch.bfloat16, enabled=self._bf16):
            for layer in layers:
                after = layer(states, attention_mask=mask)
                states = after[0] if isinstance(after, tuple) else after
        return states

    def adapter(self) -> EncoderAdapter:
        """What was learned."""
        from peft import get_peft_model_state_dict

        tensors = get_peft_model_state_dict(self.model)
        arrays = {name: tensor.detach().float().numpy() for name, tensor in tensors.items()}
        config = self.model.peft_config["default"].to_dict()
        return EncoderAdapter(config, arrays)


def _by_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows in batches of about equal length."""
    order = np.argsort(lengths, kind="stable").tolist()
    for start in range(0, len(order), _BATCH):
        yield order[start : start + _BATCH]
