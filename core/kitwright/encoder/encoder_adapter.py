"""An adapter of the encoder: LoRA on some of its layers, in the files that PEFT reads and writes."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.encoder.tower import Layer, Tower
from kitwright.errors import AdapterMismatch, Fault

CONFIG: Final = "adapter_config.json"
WEIGHTS: Final = "adapter_model.safetensors"
_KEY: Final = re.compile(r"base_model\.model\.encoder\.layer\.(\d+)\.(.+)\.lora_([AB])\.weight")

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class EncoderAdapter:
    """A trained adapter.

    Args:
        config: PEFT's `adapter_config.json`.
        weights: PEFT's names to float32 arrays: A of shape (rank, in), B of shape (out, rank).
    """

    config: Mapping[str, Any]
    weights: Mapping[str, Array]

    def layers(self, tower: Tower) -> tuple[int, tuple[Layer, ...]]:
        """The first adapted layer, and the layers from there on with the adapter added to their weights.

        Raises:
            AdapterMismatch: its weights are not those of an adapter of this encoder.
        """
        import torch

        scale = float(self.config["lora_alpha"]) / float(self.config["r"])
        changes: dict[int, dict[str, torch.Tensor]] = {}
        for name, weight in self.weights.items():
            found = _KEY.fullmatch(name)
            if found is None:
                raise _misfit("has a weight that is none of LoRA's", name)
            if found[3] == "A":
                other = self.weights.get(name.replace(".lora_A.", ".lora_B."))
                if other is None or other.shape[1] != weight.shape[0]:
                    raise _misfit("has half of a pair of weights only", name)
                changes.setdefault(int(found[1]), {})[found[2]] = torch.tensor(scale * other @ weight)
        first = min(changes, default=0)
        if not changes or max(changes) >= len(tower.layers):
            raise _misfit("is for an encoder with other layers", ", ".join(map(str, sorted(changes))))
        try:
            return first, tuple(tower.layer(n, changes.get(n)) for n in range(first, len(tower.layers)))
        except RuntimeError:
            raise _misfit("is for an encoder of another size", "") from None

    def save(self, folder: Path) -> None:
        """Write both files into an existing folder; weights in half precision, which changes no reading of a text."""
        from safetensors.numpy import save_file

        plain = {key: sorted(value) if isinstance(value, set) else value for key, value in self.config.items()}
        (folder / CONFIG).write_text(json.dumps(plain, indent=1, default=str) + "\n", encoding="utf-8")
        save_file({name: weight.astype(np.float16) for name, weight in self.weights.items()}, folder / WEIGHTS)

    @classmethod
    def load(cls, folder: Path) -> "EncoderAdapter":
        """Read an adapter.

        Raises:
            AdapterMismatch: a file is missing or damaged.
        """
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
            weights = {name: weight.astype(np.float32) for name, weight in load_file(folder / WEIGHTS).items()}
            float(config["lora_alpha"]) / float(config["r"])
        except (OSError, ValueError, KeyError, TypeError, ZeroDivisionError, SafetensorError):
            raise _misfit("can not be read", str(folder)) from None
        return cls(config, weights)


def _misfit(problem: str, value: str) -> AdapterMismatch:
    return AdapterMismatch(
        Fault(code="KW304", place="encoder adapter", problem=problem, value=value, hint="kitwright nlu train")
    )
