"""`kitwright run`: commands that a kit brings, their options, their faults and what they are given."""

from pathlib import Path

import pytest

from kitwright.encoder import HashingEncoder
from unit.cli.conftest import Run

CODE = '''"""Commands."""
from pathlib import Path
from typing import Annotated
import typer


def count(source: Annotated[Path, typer.Option("--in")], least: int = 0) -> None:
    """Count the lines of a file.

    More about it.
    """
    lines = source.read_text().splitlines()
    if not lines:
        raise ValueError(f"{source}: is empty\\n{source}: has no lines")
    print(len(lines))
    if len(lines) < least:
        raise typer.Exit(1)


def alike(text: str, *, context: dict) -> None:
    """How alike a text is to itself."""
    vector = context["encode"]([text])[0]
    print(round(float(vector @ vector), 3))
'''


@pytest.fixture(autouse=True)
def _commands(museum: Path) -> None:
    kit = museum / "kits" / "museum"
    (kit / "commands.py").write_text(CODE, encoding="utf-8")
    manifest = (kit / "kit.yaml").read_text("utf-8")
    assert "code:" in manifest
    commands = "code:\n  commands: {count: commands.count, alike: commands.alike}"
    (kit / "kit.yaml").write_text(manifest.replace("code:", commands), encoding="utf-8")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "lines.txt"
    path.write_text("one\ntwo\n", encoding="utf-8")
    return path


def test_a_command_is_called_with_its_options(run: Run, lines: Path) -> None:
    result = run("run", "museum", "count", "--in", str(lines), "--least", "2")
    assert (result.code, result.out) == (0, "2\n")


def test_a_command_may_say_that_a_check_does_not_hold(run: Run, lines: Path) -> None:
    assert run("run", "museum", "count", "--in", str(lines), "--least", "3").code == 1


def test_faults_of_its_input_are_all_told(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    result = run("run", "museum", "count", "--in", str(empty))
    assert result.code == 2
    assert [fault.rpartition("empty.txt: ")[2] for fault in result.faults] == ["is empty", "has no lines"]


@pytest.mark.parametrize("arguments", [["--wrong"], [], ["--in"]])
def test_wrong_options_are_wrong_use(run: Run, arguments: list[str]) -> None:
    result = run("run", "museum", "count", *arguments)
    assert result.code == 2
    assert result.out == ""


def test_an_unknown_command_is_told_with_the_choices(run: Run) -> None:
    result = run("run", "museum", "cuont")
    assert result.code == 2
    assert "count" in result.err


def test_help_is_the_commands_own(run: Run) -> None:
    shown = run("run", "museum", "count", "--help").out
    assert "Count the lines of a file." in shown
    assert "--least" in shown


def test_without_a_name_the_commands_are_listed(run: Run) -> None:
    shown = run("run", "museum").out
    assert "Count the lines of a file." in shown
    assert "How alike a text is to itself." in shown


def test_the_context_is_no_option_and_encodes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kitwright.encoder.embedded_encoder", HashingEncoder)
    assert run("run", "museum", "alike", "a dinosaur").out == "1.0\n"
    assert "context" not in run("run", "museum", "alike", "--help").out
