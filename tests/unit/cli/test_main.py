"""The entry point: help everywhere, faults as lines, exit codes, and no traceback unless it is asked for."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from kitwright.cli.main import app, main
from unit.cli.conftest import Run


def _commands(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    children = getattr(command, "commands", None)
    if not children:
        yield path
    for name, child in (children or {}).items():
        yield from _commands(child, (*path, name))


COMMANDS = sorted(_commands(typer.main.get_command(app)))


def test_the_commands_are_all_here() -> None:
    assert len(COMMANDS) >= 12
    assert {("chat",), ("serve",), ("scrub",), ("kit", "new"), ("nlu", "train"), ("bench", "turn")} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(run: Run, command: tuple[str, ...]) -> None:
    ran = run(*command, "--help")
    assert ran.code == 0
    assert ran.err == ""
    example = next(line for line in ran.out.splitlines() if "Example:" in line)
    assert f"kitwright {' '.join(command)}" in example


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("kit", "-h"), ("nlu", "--help")])
def test_groups_have_help_too(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.code, "Usage:" in ran.out) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("chat",),
        ("chat", "museum", "--nonsense"),
        ("kit", "new"),
        ("evaluate", "museum", "--suite", "x"),
    ],
)
def test_wrong_use_of_the_tree_is_told_on_stderr(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "Usage:" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("chat", "musuem", "--message", "hi"),
        ("chat", "", "--message", "hi"),
        ("chat", "../museum", "--message", "hi"),
        ("evaluate", "musuem"),
        ("serve", "musuem"),
        ("kit", "show", "musuem"),
        ("kit", "check", "musuem"),
        ("kit", "new", "zoo", "--from", "musuem"),
        ("scrub", "hi", "--kit", "musuem"),
        ("bench", "turn", "musuem"),
        ("nlu", "train", "--data", "musuem", "--out", "x"),
    ],
    ids=" ".join,
)
def test_unknown_names_exit_2_with_the_known_ones(run: Run, museum: Path, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    (line,) = ran.faults
    assert line.startswith("KW001")
    assert "museum" in line.partition("choices:")[2]


def test_a_bug_of_ours_is_one_line_and_says_nothing_of_the_data(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_paths: object) -> None:
        raise ValueError("canary@example.com")

    monkeypatch.setattr("kitwright.kit.find_bots", fail)
    monkeypatch.delenv("KITWRIGHT_DEBUG", raising=False)
    ran = run("bots")
    assert (ran.code, ran.out) == (1, "")
    (line,) = ran.faults
    assert line.startswith("KW900 kitwright: stopped by an unexpected ValueError")
    assert "KITWRIGHT_DEBUG" in line
    assert "canary" not in line


def test_a_bug_of_ours_shows_itself_for_debugging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kitwright.kit.find_bots", lambda _paths: 1 / 0)
    monkeypatch.setattr(sys, "argv", ["kitwright", "bots"])
    monkeypatch.setenv("KITWRIGHT_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main()


def test_control_c_exits_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_paths: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kitwright.kit.find_bots", interrupted)
    assert run("bots").code == 130


CHILD = "from kitwright.cli import main; main()"
SIGNAL_SELF = """
class Stdin:
    def read(self):
        os.kill(os.getpid(), signal.SIGINT)
        threading.Event().wait(20)
import sys
sys.stdin = Stdin()
"""


def test_a_reader_that_goes_away_is_no_error() -> None:
    words = f"{sys.executable} -c '{CHILD}' scrub --json '{'a ' * 50_000}' | head -c 10"
    ran = subprocess.run(["bash", "-o", "pipefail", "-c", words], capture_output=True, text=True, check=False)
    assert ran.stdout.startswith("{")
    assert ran.stderr == ""


def test_a_waiting_process_takes_control_c() -> None:
    words = [sys.executable, "-c", f"import signal, os, threading\n{SIGNAL_SELF}\n{CHILD}", "scrub"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.wait(timeout=60) == 130
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()


def test_a_crash_leaves_no_picture_of_memory() -> None:
    code = (
        "import importlib, resource; importlib.import_module('kitwright.cli.main')._write_no_core_dumps();"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "0"
