"""What is known of an adapter: what it took to train, and the copies kept on the way for the learning curve."""

import filecmp
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kitwright.errors import Fault, FaultsFound
from kitwright.files import content_hash, data_root, read_text
from kitwright.registry.weights import WEIGHTS

CURVE: Final = "learning_curve.json"
RUNS: Final = "training"


class CurvePoint(BaseModel):
    """A copy of an adapter after some examples; its folder is relative to the file that names it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    examples: Annotated[int, Field(ge=1)]
    adapter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdapterFacts:
    """An adapter as its folder tells; None for what the folder does not say.

    Args:
        name: of its folder.
        hash: of its weights.
        megabytes: of its weights.
        rank: of the update matrices.
        seconds: of training.
        trainable: number of trained parameters.
        examples: conversations it learned from.
        memory_mb: highest memory while training.
    """

    name: str
    hash: str
    megabytes: float
    rank: int | None
    seconds: float | None
    trainable: int | None
    examples: int | None
    memory_mb: float | None

    @classmethod
    def read(cls, folder: Path) -> "AdapterFacts":
        """The facts in an adapter's folder."""
        weights = [path.read_bytes() for path in sorted(folder.glob("*.safetensors"))]
        training, config = _json(folder / "training.json"), _json(folder / "adapter_config.json")
        return cls(
            name=folder.name,
            hash=content_hash(*weights),
            megabytes=sum(map(len, weights)) / 1e6,
            rank=config.get("r"),
            seconds=training.get("seconds"),
            trainable=training.get("trainable"),
            examples=training.get("audit", {}).get("examples"),
            memory_mb=training.get("peak_memory_mb"),
        )


def learning_curve(*folders: Path) -> dict[int, Path]:
    """Number of examples to the adapter kept then, from the first folder that holds a `learning_curve.json`.

    Raises:
        FaultsFound: the file is malformed, or names a folder that is not there.
    """
    path = next((folder / CURVE for folder in folders if (folder / CURVE).is_file()), None)
    if path is None:
        return {}
    try:
        points = TypeAdapter(list[CurvePoint]).validate_json(read_text(path))
    except ValidationError as error:
        problem = 'must be a list of {"examples": number, "adapter": folder}'
        raise FaultsFound(Fault(code="KW106", place=str(path), problem=problem)) from error
    curve = {point.examples: path.parent / point.adapter for point in points}
    faults = [
        Fault(code="KW101", place=str(path), problem="no such adapter", value=str(folder))
        for folder in curve.values()
        if not folder.is_dir()
    ]
    if faults:
        raise FaultsFound(faults)
    return dict(sorted(curve.items()))


def runs_of(adapter: Path) -> tuple[Path, ...]:
    """Folders of the training runs on this machine that made this adapter; they keep its learning curve."""
    made = data_root().glob(f"{RUNS}/*/*/adapter/{WEIGHTS}")
    own = adapter / WEIGHTS
    return tuple(path.parent.parent for path in sorted(made) if own.is_file() and filecmp.cmp(path, own, shallow=False))


def _json(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
