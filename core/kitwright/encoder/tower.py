"""The encoder's network, BERT as all-MiniLM-L6-v2 has it: embeddings, layers, mean pooling; a few products, no modules.

One sentence at a time, half of what a general implementation takes goes into its modules. And here the lower layers
run once for several readings of a sentence: as the encoder is, and as an adapter on its upper layers has tuned it.
Source: Devlin et al. 2019, the encoder of section 3.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.files import multiplies_bf16

if TYPE_CHECKING:
    import torch

LONGEST: Final = 256  # tokens a text, the package's own limit
_QUERY_KEY_VALUE: Final = ("attention.self.query", "attention.self.key", "attention.self.value")
_PRODUCTS: Final = (*_QUERY_KEY_VALUE, "attention.output.dense", "intermediate.dense", "output.dense")


@dataclass(frozen=True, slots=True)
class Layer:
    """The weights of one layer, products in the precision they are computed in.

    Args:
        inputs: query, key and value in one, and attention's output, and the two of the feed-forward part: each weight
            (out, in) and bias (out,).
        norms: weight and bias of the two layer norms.
    """

    inputs: "tuple[tuple[torch.Tensor, torch.Tensor], ...]"
    norms: "tuple[tuple[torch.Tensor, torch.Tensor], ...]"


class Tower:
    """The network of one model folder; safe to share among threads.

    Args:
        folder: with `model.safetensors`, `config.json` and `tokenizer.json`.
        exact: compute in fp32, even where the processor multiplies bf16.
    """

    def __init__(self, folder: Path, *, exact: bool = False) -> None:
        import torch
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])
        self._weights = load_file(folder / "model.safetensors")
        self._precision = torch.float32 if exact or not multiplies_bf16() else torch.bfloat16
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.layers = tuple(self.layer(n) for n in range(int(config["num_hidden_layers"])))

    def layer(self, number: int, changes: "Mapping[str, torch.Tensor] | None" = None) -> Layer:
        """A layer, with changes added to its weights.

        Args:
            number: from 0.
            changes: name of a product, such as `attention.self.query`, to a matrix (out, in).
        """
        import torch

        def product(name: str) -> "tuple[torch.Tensor, torch.Tensor]":
            weight, bias = self._named(number, f"{name}.weight"), self._named(number, f"{name}.bias")
            return weight + changes[name] if changes and name in changes else weight, bias

        found = {name: product(name) for name in _PRODUCTS}
        joined = tuple(torch.cat([found[name][part] for name in _QUERY_KEY_VALUE]) for part in (0, 1))
        products = ((joined[0], joined[1]), *(found[name] for name in _PRODUCTS[3:]))
        norms = ("attention.output.LayerNorm", "output.LayerNorm")
        return Layer(
            tuple((weight.to(self._precision), bias.to(self._precision)) for weight, bias in products),
            tuple((self._named(number, f"{name}.weight"), self._named(number, f"{name}.bias")) for name in norms),
        )

    def _named(self, number: int, name: str) -> "torch.Tensor":
        return self._weights[f"encoder.layer.{number}.{name}"]

    def tokens(self, text: str, *, longest: int | None = LONGEST) -> tuple[list[int], list[tuple[int, int]]]:
        """Ids of the tokens, the first and the last of them marks of the model, and the places they stand for.

        Args:
            text: any.
            longest: how many at most, from the beginning; None for all.
        """
        read = self._tokenizer.encode(text)
        ids, places = read.ids, read.offsets
        if longest is not None and len(ids) > longest:
            return [*ids[: longest - 1], ids[-1]], [*places[: longest - 1], places[-1]]
        return ids, places

    def embedded(self, text: str) -> "torch.Tensor":
        """What goes into the first layer, shape (tokens, dimensions)."""
        return self.embedded_tokens(self.tokens(text)[0])

    def embedded_tokens(self, tokens: Sequence[int]) -> "torch.Tensor":
        """The same for ids of tokens."""
        import torch

        ids = torch.tensor(tokens)
        place = "embeddings.{}_embeddings.weight"
        words = self._weights[place.format("word")][ids] + self._weights[place.format("position")][: len(ids)]
        norm = self._weights["embeddings.LayerNorm.weight"], self._weights["embeddings.LayerNorm.bias"]
        return self._normed(words + self._weights[place.format("token_type")][0], norm)

    def through(self, states: "torch.Tensor", layers: Sequence[Layer]) -> "torch.Tensor":
        """The states, shape (tokens, dimensions), behind these layers."""
        from torch.nn.functional import gelu, linear, scaled_dot_product_attention

        tokens, size = states.shape
        for layer in layers:
            joined, output, wide, narrow = layer.inputs
            parts = linear(states.to(self._precision), *joined).view(tokens, 3, self._heads, -1).permute(1, 2, 0, 3)
            seen = scaled_dot_product_attention(*parts).permute(1, 0, 2).reshape(tokens, size)
            states = self._normed(states + linear(seen, *output), layer.norms[0])
            inner = gelu(linear(states.to(self._precision), *wide))
            states = self._normed(states + linear(inner, *narrow), layer.norms[1])
        return states

    def _normed(self, states: "torch.Tensor", norm: "tuple[torch.Tensor, torch.Tensor]") -> "torch.Tensor":
        from torch.nn.functional import layer_norm

        return layer_norm(states.float(), (states.shape[-1],), *norm, self._epsilon)


def pooled(states: "torch.Tensor") -> npt.NDArray[Any]:
    """The mean over tokens as a unit vector, float32, shape (dimensions,)."""
    vector = np.asarray(states.mean(dim=0).numpy(), dtype=np.float32)
    unit: npt.NDArray[Any] = vector / max(float(np.linalg.norm(vector)), 1e-12)
    return unit
