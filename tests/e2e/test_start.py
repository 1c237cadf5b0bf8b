"""Starting: what asks for nothing heavy loads nothing heavy, whatever the machine's speed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = (
    "accelerate bm25s faiss fastapi numpy peft presidio_analyzer presidio_anonymizer scipy sentence_transformers "
    "sklearn spacy sqlalchemy torch transformers uvicorn"
).split()
PROGRAM = f"""
import sys
from kitwright.cli import main
try:
    main()
except SystemExit as end:
    print("exit", end.code)
print("heavy", *(name for name in {HEAVY} if name in sys.modules))
"""


@pytest.mark.parametrize("arguments", [["--help"], ["chat", "--help"], ["nlu", "train", "--help"], ["serve", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "core")}
    command = [sys.executable, "-c", PROGRAM, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=True)
    assert done.stdout.splitlines()[-2:] == ["exit 0", "heavy"]
    assert "Usage" in done.stdout
