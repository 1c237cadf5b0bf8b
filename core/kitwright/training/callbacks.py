"""What happens beside the steps of a training run: progress, whole checkpoints, copies for the learning curve.

Imported when a run starts, since it needs transformers.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from kitwright.recipe import SftRecipe
from kitwright.training.checkpoints import COMPLETE


class Ticker(TrainerCallback):  # type: ignore[misc]  # transformers has no types
    """Tells after each step how far the run is and what the last loss was."""

    def __init__(self, tick: Callable[[int, int, float | None], None]) -> None:
        self._tick = tick

    def on_log(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, logs: Any = None, **_: Any
    ) -> None:
        """After every logged step."""
        if state.is_world_process_zero and logs and "loss" in logs:
            self._tick(state.global_step, state.max_steps, float(logs["loss"]))


class Keeper(TrainerCallback):  # type: ignore[misc]
    """Keeps what a run must not lose: checkpoints, marked once they are whole, and the learning curve's adapters.

    Args:
        recipe: with `checkpoint_steps` and `curve`.
        examples: how many the run learns from.
        folder: for the copies, each named by the number of conversations seen.
        seconds: tells how long the run has taken.
    """

    def __init__(self, recipe: SftRecipe, examples: int, folder: Path, seconds: Callable[[], float]) -> None:
        self._recipe = recipe
        self._examples = examples
        self._folder = folder
        self._seconds = seconds

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, model: Any = None, **_: Any
    ) -> None:
        """Ask for a checkpoint where one is due, and copy the adapter where the curve has a point."""
        if state.global_step % self._recipe.checkpoint_steps == 0:
            control.should_save = True
        if not state.is_world_process_zero:
            return
        per_step = self._examples * self._recipe.epochs / state.max_steps
        seen, before = state.global_step * per_step, (state.global_step - 1) * per_step
        for point in self._recipe.curve:
            if before < point <= seen:
                getattr(model, "module", model).save_pretrained(str(self._folder / str(point)))

    def on_save(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        """Mark the checkpoint that was just written."""
        if state.is_world_process_zero:
            checkpoint = Path(args.output_dir) / f"checkpoint-{state.global_step}"
            (checkpoint / COMPLETE).write_text(f"{self._seconds():.1f}", encoding="ascii")
