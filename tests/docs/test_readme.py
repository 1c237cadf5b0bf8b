"""Every block of README.md runs, and what it shows comes back; the generated parts are up to date."""

import os
import re
import subprocess
import sys
from pathlib import Path

import generate
import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [(m[1], m[2].strip()) for m in re.finditer(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)]
OPENING = re.compile(r"^(Fern: )Yes, (\w)")
DATES = re.compile(
    r"\b(?:yesterday|today|tomorrow), |\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d{1,2} [A-Z][a-z]+\b"
)


def _settled(line: str) -> str:
    """Without days, and without a first "Yes": whether the model says it depends on how the machine rounds."""
    return OPENING.sub(lambda found: found[1] + found[2].upper(), DATES.sub("", line))


def _blocks(kind: str) -> list[str]:
    return [text for found, text in BLOCKS if found == kind]


def _run(command: list[str], cwd: Path, *, said: str = "") -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "200"}
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env=environment, timeout=900, input=said
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_are_no_blocks_that_nothing_runs() -> None:
    assert {kind for kind, _ in BLOCKS} == {"sh", "chat", "console", "python"}
    assert len(BLOCKS) >= 7


@pytest.mark.parametrize("line", [line for block in _blocks("sh") for line in block.splitlines()])
def test_make_targets_are_there(line: str) -> None:
    assert "kitwright" in _run(["make", "--dry-run", *line.split("#")[0].split()[1:]], ROOT)


@pytest.mark.parametrize("block", _blocks("chat"))
def test_conversations_go_as_shown(block: str) -> None:
    said = [line.removeprefix("you: ") for line in block.splitlines() if line.startswith("you: ")]
    shown = _run(["kitwright", "chat", "clothing_support"], ROOT, said="\n".join([*said, ""]))
    assert [_settled(line) for line in shown.splitlines()[1:-1]] == [_settled(line) for line in block.splitlines()]


@pytest.mark.parametrize("block", _blocks("python"))
def test_python_blocks_run(block: str) -> None:
    assert "care/linen" in _run([sys.executable, "-c", block], ROOT)


@pytest.mark.parametrize("block", _blocks("console"))
def test_console_blocks_print_what_they_show(block: str, tmp_path: Path) -> None:
    printed = ""
    for line in block.splitlines():
        if line.startswith("$ "):
            printed = _run(["bash", "-c", line.removeprefix("$ ")], tmp_path)
        else:
            assert line in printed


def test_generated_parts_are_up_to_date() -> None:
    stale = [path.name for path, text in generate.wanted_files().items() if path.read_text("utf-8") != text]
    assert stale == []
