"""An adapter as a trainer leaves it, with random weights and without any model."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from kitwright.registry import AdapterBinding

BINDING = AdapterBinding(
    base="m",
    base_revision="r1",
    chat_format="c",
    prompts="p",
    rank=4,
    recipe="x",
    data="d",
    versions={"peft": "0.21"},
)


def write_adapter(
    folder: Path, *, rank: int = 4, targets: Sequence[str] = ("q_proj", "down_proj"), seed: int = 0, card: bool = True
) -> Path:
    folder.mkdir(parents=True)
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "r": rank,
        "lora_alpha": 8,
        "target_modules": list(targets),
        "base_model_name_or_path": "/somewhere/on/the/trainers/machine",
    }
    (folder / "adapter_config.json").write_text(json.dumps(config), encoding="utf-8")
    numbers = np.random.default_rng(seed)
    weights = {
        f"base_model.model.model.layers.0.{target}.lora_{part}.weight": numbers.random(shape, dtype=np.float32)
        for target in targets
        for part, shape in (("A", (rank, 8)), ("B", (8, rank)))
    }
    save_file(weights, folder / "adapter_model.safetensors")
    if card:
        (folder / "README.md").write_text("# an adapter\n", encoding="utf-8")
    return folder


def reshape(folder: Path, end: str, shape: tuple[int, ...] | None) -> None:
    """Give the first tensor whose name ends so another shape; None drops all tensors that have it in their names."""
    path = folder / "adapter_model.safetensors"
    weights = dict(load_file(path))
    if shape is None:
        weights = {name: tensor for name, tensor in weights.items() if end not in name}
    else:
        weights[next(name for name in weights if name.endswith(end))] = np.zeros(shape, dtype=np.float32)
    path.unlink()
    save_file(weights, path)
