"""The encoder while it is tuned: layers that stay, whose states are computed once, and upper layers with a fresh LoRA.

Source: Hu et al. 2021 (LoRA).
"""

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.encoder.embedded_encoder import NAME
from kitwright.encoder.encoder_adapter import EncoderAdapter
from kitwright.files import multiplies_bf16, no_progress_bars

if TYPE_CHECKING:
    import torch

_WARMUP: Final = 0.1
_BATCH: Final = 64

Array = npt.NDArray[Any]


class TunableEncoder:
    """The encoder in two parts.

    Args:
        folder: of the encoder's model.
        layers: how many of the upper layers get an adapter.
        rank: of the adapter.
        longest: tokens of a text that are read.
    """

    def __init__(self, folder: Path, *, layers: int, rank: int, longest: int) -> None:
        from peft import LoraConfig, get_peft_model
        from transformers import AutoModel, AutoTokenizer

        with no_progress_bars():
            base = AutoModel.from_pretrained(str(folder), attn_implementation="sdpa").float()
            self._tokenizer = AutoTokenizer.from_pretrained(str(folder))
        self.first = base.config.num_hidden_layers - layers
        config = LoraConfig(
            r=rank,
            lora_alpha=2 * rank,
            target_modules=["query", "key", "value", "dense"],
            layers_to_transform=list(range(self.first, base.config.num_hidden_layers)),
            layers_pattern="layer",
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # peft asks the model by a name that transformers renamed
            self.model: Any = get_peft_model(base, config)
        self._base = base
        self._longest = longest
        self._bf16 = multiplies_bf16()
        self.trained = [parameter for parameter in self.model.parameters() if parameter.requires_grad]

    def optimizer(self, rate: float, others: "dict[torch.nn.Parameter, float]") -> "torch.optim.Optimizer":
        """One for the adapter, at most at this rate, and for other parameters at theirs; see `set_rate`."""
        import torch

        adapter = {"params": self.trained, "peak": rate, "weight_decay": 0.01}
        rest = [{"params": [each], "peak": peak, "weight_decay": 0.0} for each, peak in others.items()]
        return torch.optim.AdamW([adapter, *rest])

    def below(self, texts: Sequence[str]) -> "list[torch.Tensor]":
        """States behind the layers that stay, for each text of shape (tokens, dimensions)."""
        import torch

        self.model.eval()
        found: dict[int, torch.Tensor] = {}
        with torch.inference_mode():
            for rows in by_length([len(text) for text in texts]):
                batch = self._tokenizer(
                    [texts[row] for row in rows],
                    padding=True,
                    truncation=True,
                    max_length=self._longest,
                    return_tensors="pt",
                )
                given = batch["attention_mask"]
                states = self._base.embeddings(input_ids=batch["input_ids"], token_type_ids=torch.zeros_like(given))
                states = self._through(self._base.encoder.layer[: self.first], states, given)
                lengths = given.sum(dim=1).tolist()
                found |= {row: states[at, : lengths[at]].to(torch.bfloat16).clone() for at, row in enumerate(rows)}
        return [found[row] for row in range(len(texts))]

    def above(self, states: "Sequence[torch.Tensor]") -> "tuple[torch.Tensor, torch.Tensor]":
        """States behind the tuned layers, shape (texts, tokens, dimensions), and which of them are tokens of the texts.

        Args:
            states: of each text, shape (its tokens, dimensions).
        """
        import torch
        from torch.nn.utils.rnn import pad_sequence

        lengths = torch.tensor([len(each) for each in states])
        padded = pad_sequence(list(states), batch_first=True).float()
        given = (torch.arange(padded.shape[1])[None] < lengths[:, None]).long()
        return self._through(self._base.encoder.layer[self.first :], padded, given).float(), given

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
        # The folder is this machine's; the name says what it is an adapter of.
        config = {**self.model.peft_config["default"].to_dict(), "base_model_name_or_path": NAME}
        return EncoderAdapter(config, arrays)


def set_rate(optimizer: "torch.optim.Optimizer", step: int, steps: int) -> None:
    """Warm up, then fall to zero."""
    share = min(1.0, (step + 1) / (_WARMUP * steps + 1)) * (1 - step / steps)
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * share


def batches(rows: Array, size: int, count: int, seed: int) -> Iterator[Array]:
    """As many batches as asked for, each pass in another order; every row comes equally often."""
    order, rng = np.empty(0, dtype=rows.dtype), np.random.default_rng(seed)
    for _ in range(count):
        while len(order) < min(size, len(rows)):
            order = np.concatenate([order, rng.permutation(rows)])
        yield order[:size]
        order = order[size:]


def by_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows in batches of about equal length."""
    order = np.argsort(lengths, kind="stable").tolist()
    for start in range(0, len(order), _BATCH):
        yield order[start : start + _BATCH]
