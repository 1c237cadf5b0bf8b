"""Checkpoints of a training run: which of them were written whole, and which is the newest."""

import shutil
from pathlib import Path
from typing import Final

COMPLETE: Final = "complete"  # written into a checkpoint last, with the seconds so far: without it, it was cut short


def last_checkpoint(folder: Path) -> Path | None:
    """The newest checkpoint that was written whole; half-written ones, left by a kill, are removed."""
    whole = []
    for checkpoint in folder.glob("checkpoint-*"):
        if (checkpoint / COMPLETE).exists():
            whole.append(checkpoint)
        else:
            shutil.rmtree(checkpoint)
    return max(whole, key=step_of, default=None)


def step_of(checkpoint: Path) -> int:
    """The step after which a checkpoint was written."""
    return int(checkpoint.name.rpartition("-")[2])


def seconds_before(checkpoint: Path | None) -> float:
    """Wall time that a run had taken when a checkpoint was written, in seconds."""
    return float((checkpoint / COMPLETE).read_text(encoding="ascii") or 0) if checkpoint else 0.0
