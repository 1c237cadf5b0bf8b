"""The command line run in this process as `kitwright …` would run, with a kit that needs no model."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kitwright.cli import main
from kitwright.encoder import HashingEncoder
from unit.bot.museum import write_museum


@dataclass(frozen=True)
class Ran:
    """What a command left: exit code, standard output, lines of standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def faults(self) -> list[str]:
        """The lines on stderr; each must be a fault."""
        lines = self.err.splitlines()
        assert all(line.startswith("KW") for line in lines), self.err
        return lines


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("chat", "museum", stdin="hi")`."""

    def run_it(*arguments: object, stdin: str | bytes = b"") -> Ran:
        typed = stdin.encode() if isinstance(stdin, str) else stdin
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["kitwright", *(str(argument) for argument in arguments)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="ascii"))
            with pytest.raises(SystemExit) as left:
                main()
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Ran(int(left.value.code or 0), captured.out, captured.err)

    return run_it


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def museum(tmp_path: Path, shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with `kits/museum` and `bots/museum`, whose sentence encoder needs no model."""
    write_museum(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KITWRIGHT_CACHE", str(shared_cache))
    monkeypatch.setattr("kitwright.bot.assembly.embedded_encoder", HashingEncoder)
    return tmp_path
