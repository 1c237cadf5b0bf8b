"""An adapter's own files: that config and weights are whole, of one rank, and hold what the config names.

The header of the safetensors file is read here, without torch: it takes a millisecond and needs no base model.
Whether names and shapes are those of a base model shows when they are merged into it.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kitwright.errors import AdapterMismatch, Fault

CONFIG: Final = "adapter_config.json"
WEIGHTS: Final = "adapter_model.safetensors"
_RANK_AXIS: Final = {"lora_A": 0, "lora_B": 1}
_LENGTH_BYTES: Final = 8
_HINT: Final = "copy the adapter again from where it was trained, or train it again"


def weight_faults(folder: Path, rank: int) -> Iterator[Fault]:
    """Everything in which an adapter's config and weights do not go together, or are damaged.

    Args:
        folder: of the adapter.
        rank: that the adapter was trained with.
    """
    config: Mapping[str, Any] = {}
    try:
        config = read_config(folder)
        if config.get("r") != rank:
            yield _fault(folder / CONFIG, f"rank: trained with {rank}, got {config.get('r')}")
    except AdapterMismatch as error:
        yield from error.faults
    try:
        shapes = _tensor_shapes(folder / WEIGHTS)
    except AdapterMismatch as error:
        yield from error.faults
        return
    yield from _rank_faults(folder / WEIGHTS, shapes, rank)
    yield from _target_faults(folder / WEIGHTS, shapes, config)


def read_config(folder: Path) -> dict[str, Any]:
    """PEFT's config of an adapter.

    Raises:
        AdapterMismatch: it is missing, or no JSON object.
    """
    path = folder / CONFIG
    try:
        config = json.loads(path.read_bytes())
    except OSError as error:
        raise AdapterMismatch(_fault(path, f"can not be opened ({error.strerror})")) from error
    except ValueError as error:
        raise AdapterMismatch(_fault(path, "is not valid JSON")) from error
    if not isinstance(config, dict):
        raise AdapterMismatch(_fault(path, "is not a JSON object"))
    return config


def _tensor_shapes(path: Path) -> dict[str, list[int]]:
    """Tensor name to shape, from the header of a safetensors file whose length is what the header says."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
            header = file.read(min(length, size))
    except OSError as error:
        raise AdapterMismatch(_fault(path, f"can not be opened ({error.strerror})")) from error
    if size < _LENGTH_BYTES + length:
        raise AdapterMismatch(_fault(path, "is cut short", f"{size} bytes, not even its header"))
    try:
        tensors = json.loads(header)
        tensors.pop("__metadata__", None)
        shapes = {name: list(entry["shape"]) for name, entry in tensors.items()}
        ends = [int(entry["data_offsets"][1]) for entry in tensors.values()]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise AdapterMismatch(_fault(path, "is no safetensors file")) from error
    wanted = _LENGTH_BYTES + length + max(ends, default=0)
    if size != wanted:
        problem = "is cut short" if size < wanted else "holds more than its header names"
        raise AdapterMismatch(_fault(path, problem, f"{size} bytes, where its header names {wanted}"))
    return shapes


def _rank_faults(path: Path, shapes: Mapping[str, list[int]], rank: int) -> Iterator[Fault]:
    ranks = {}
    for name, shape in shapes.items():
        axis = next((axis for part, axis in _RANK_AXIS.items() if f".{part}." in name), None)
        if axis is not None and len(shape) > axis:
            ranks[name] = shape[axis]
    others = sorted({found for found in ranks.values() if found != rank})
    if others:
        first = next(name for name, found in ranks.items() if found != rank)
        yield _fault(path, f"rank: trained with {rank}, got {', '.join(map(str, others))}", first)
    if not ranks:
        yield _fault(path, "holds no LoRA weights")


def _target_faults(path: Path, shapes: Mapping[str, list[int]], config: Mapping[str, Any]) -> Iterator[Fault]:
    """A module named by the config must have weights; PEFT would only warn, and serve the base model's."""
    targets = config.get("target_modules")
    if isinstance(targets, list):
        without = sorted(str(name) for name in targets if not any(f".{name}." in key for key in shapes))
        if without:
            yield _fault(path, f"holds no weights for {', '.join(without)}, which {CONFIG} names")


def _fault(path: Path, problem: str, value: str | None = None) -> Fault:
    return Fault(code="KW304", place=str(path), problem=problem, value=value, hint=_HINT)
