"""Training with the real embedded model: killed and gone on, on two processes, packed; what is learned stays apart."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from kitwright.generation import embedded_model_folder
from kitwright.generation.causal_model import load_model

RUN = Path(__file__).parent / "small_run.py"


@dataclass(frozen=True)
class Outcome:
    steps: int
    final_loss: float
    best_loss: float
    resumed_from: int
    losses: list[tuple[int, float]]


def command(folder: Path, *options: str) -> list[str]:
    return [str(RUN), "--folder", str(folder), "--base", str(embedded_model_folder()), *options]


def outcome(folder: Path) -> Outcome:
    return Outcome(**json.loads((folder / "outcome.json").read_text()))


def run(folder: Path, *options: str) -> Outcome:
    subprocess.run([sys.executable, *command(folder, *options)], check=True, capture_output=True, timeout=600)
    return outcome(folder)


def killed_at(step: int, folder: Path) -> None:
    """Start a run and kill it, without a chance to tidy up, once it has said that this step is done."""
    process = subprocess.Popen([sys.executable, *command(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(f"step {step} "):
            break
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=60) == -signal.SIGKILL


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return run(tmp_path_factory.mktemp("unbroken"))


def test_a_run_learns(unbroken: Outcome) -> None:
    losses = [loss for _step, loss in unbroken.losses]
    assert unbroken.steps == len(losses) == 8
    assert sum(losses[-2:]) < sum(losses[:2])


@pytest.mark.parametrize("step", [3, 6])
def test_a_run_that_was_killed_ends_where_an_unbroken_one_does(step: int, tmp_path: Path, unbroken: Outcome) -> None:
    killed_at(step, tmp_path)
    resumed = run(tmp_path)
    assert resumed.resumed_from in (step - 2, step - 1, step)
    assert resumed.resumed_from > 0
    assert [number for number, _loss in resumed.losses] == [number for number, _loss in unbroken.losses]
    assert resumed.final_loss == pytest.approx(unbroken.final_loss, rel=0.01)
    assert resumed.best_loss == pytest.approx(unbroken.best_loss, rel=0.01)


def test_two_processes_take_the_same_steps_together(tmp_path: Path, unbroken: Outcome) -> None:
    launch = [sys.executable, "-m", "accelerate.commands.launch", "--cpu", "--num_processes", "2"]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "ACCELERATE_USE_CPU": "true"}
    subprocess.run(
        [*launch, "--num_machines", "1", "--mixed_precision", "no", "--dynamo_backend", "no", *command(tmp_path)],
        check=True,
        capture_output=True,
        timeout=900,
        env=environment,
    )
    together = outcome(tmp_path)
    assert together.steps == unbroken.steps
    assert together.best_loss == pytest.approx(unbroken.best_loss, rel=0.1)


def test_packed_conversations_do_not_see_one_another(tmp_path: Path, unbroken: Outcome) -> None:
    """With a learning rate of nearly zero, the packed loss is the mean of the conversations' own losses."""
    apart = run(tmp_path / "apart", "--still")
    packed = run(tmp_path / "packed", "--still", "--packing")
    assert packed.steps < apart.steps
    assert packed.best_loss == pytest.approx(apart.best_loss, rel=0.01)
    weighted = sum(loss for _step, loss in apart.losses) / len(apart.losses)
    together = sum(loss for _step, loss in packed.losses) / len(packed.losses)
    assert together == pytest.approx(weighted, rel=0.15)


def test_what_is_trained_on_4_bits_fits_the_whole_base(tmp_path: Path, unbroken: Outcome) -> None:
    quantised = run(tmp_path, "--quantised")
    losses = [loss for _step, loss in quantised.losses]
    assert sum(losses[-2:]) < sum(losses[:2])
    assert losses[0] == pytest.approx(unbroken.losses[0][1], rel=0.15)  # the base, but for what 4 bits lose
    assert losses[0] != unbroken.losses[0][1]
    load_model(embedded_model_folder(), None, tmp_path / "adapter", "float32")  # refuses what does not fit
