"""The encoder's network, BERT as all-MiniLM-L6-v2 has it: embeddings, layers, mean pooling; a few products, no modules.

With a sentence or a few, half of what a general implementation takes goes into its modules. And here the lower layers
run once for several readings of a sentence: as the encoder is, and as an adapter on its upper layers has tuned it.
Several texts lie end to end, without padding.
Source: Devlin et al. 2019, the encoder of section 3.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.encoder.product import Product
from kitwright.files import multiplies_bf16

if TYPE_CHECKING:
    import torch

LONGEST: Final = 256  # tokens a text, the package's own limit
_QUERY_KEY_VALUE: Final = ("attention.self.query", "attention.self.key", "attention.self.value")
_PRODUCTS: Final = (*_QUERY_KEY_VALUE, "attention.output.dense", "intermediate.dense", "output.dense")


@dataclass(frozen=True, slots=True)
class Layer:
    """The weights of one layer.

    Args:
        products: query, key and value in one; attention's output; and the two of the feed-forward part.
        norms: weight and bias of the two layer norms.
    """

    products: tuple[Product, Product, Product, Product]
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
        weights, biases = zip(*(found.pop(name) for name in _QUERY_KEY_VALUE), strict=True)
        products = (torch.cat(weights), torch.cat(biases)), *found.values()
        joined, output, wide, narrow = (Product(weight, bias, self._precision) for weight, bias in products)
        norms = ("attention.output.LayerNorm", "output.LayerNorm")
        return Layer(
            (joined, output, wide, narrow),
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

    def embedded(self, tokens: Sequence[Sequence[int]]) -> "torch.Tensor":
        """What goes into the first layer, shape (tokens of all texts, dimensions).

        Args:
            tokens: ids, of one text after the other.
        """
        import torch

        ids = torch.tensor([token for text in tokens for token in text])
        places = torch.tensor([place for text in tokens for place in range(len(text))])
        table = "embeddings.{}_embeddings.weight"
        words = self._weights[table.format("word")][ids] + self._weights[table.format("position")][places]
        norm = self._weights["embeddings.LayerNorm.weight"], self._weights["embeddings.LayerNorm.bias"]
        return self._normed(words + self._weights[table.format("token_type")][0], norm)

    def through(self, states: "torch.Tensor", layers: Sequence[Layer], lengths: Sequence[int] = ()) -> "torch.Tensor":
        """The states, shape (tokens, dimensions), behind these layers.

        Args:
            states: of the tokens of one text, or of several that are read in one go.
            layers: in order.
            lengths: of the texts, in tokens, where there are several: none sees another.
        """
        from torch.nn.functional import scaled_dot_product_attention

        tokens, size = states.shape
        apart = self._apart(lengths) if len(lengths) > 1 else None
        for layer in layers:
            joined, output, wide, narrow = layer.products
            # Four axes: with three, torch takes another way through, of twice the time.
            parts = joined(states).view(1, tokens, 3, self._heads, -1).permute(2, 0, 3, 1, 4)
            seen = scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=apart)
            states = self._normed(states + output(seen.transpose(1, 2).reshape(tokens, size)), layer.norms[0])
            states = self._normed(states + narrow(wide(states, gelu=True)), layer.norms[1])
        return states

    def _apart(self, lengths: Sequence[int]) -> "torch.Tensor":
        """What is added to attention, so that texts do not see one another."""
        import torch

        texts = torch.repeat_interleave(torch.arange(len(lengths)), torch.tensor(lengths))
        other = (texts[:, None] != texts[None, :])[None, None]
        return torch.zeros(other.shape, dtype=self._precision).masked_fill(other, float("-inf"))

    def _normed(self, states: "torch.Tensor", norm: "tuple[torch.Tensor, torch.Tensor]") -> "torch.Tensor":
        from torch.nn.functional import layer_norm

        return layer_norm(states.float(), (states.shape[-1],), *norm, self._epsilon)


def pooled(states: "torch.Tensor", lengths: Sequence[int]) -> npt.NDArray[Any]:
    """The mean over the tokens of each text as a unit vector, float32, shape (texts, dimensions).

    Args:
        states: shape (tokens of all texts, dimensions).
        lengths: of the texts, in tokens.
    """
    import torch

    found = np.stack([part.mean(dim=0).numpy() for part in torch.split(states, list(lengths))]).astype(np.float32)
    units: npt.NDArray[Any] = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)
    return units
