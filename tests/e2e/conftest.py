"""The command line in a process of its own, in a folder of its own; and a browser."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from e2e.browser import browser
from unit.bot.museum_kits import museum_folder, museum_kits

__all__ = ["browser", "museum_folder", "museum_kits"]
ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def kitwright(tmp_path: Path) -> Run:
    """`kitwright(*arguments)`: what it printed, and its exit code."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        program = "from kitwright.cli import main; main()"
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "core")}
        command = [sys.executable, "-c", program, *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=300, cwd=tmp_path, env=environment, check=False
        )

    return run
