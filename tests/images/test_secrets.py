"""Secrets: made once, closed to others, and handed to the server without standing in its settings."""

import base64
import os
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Final

import pytest

from images.dockerfile import DOCKER

NAMES: Final = ("kitwright_secret", "kitwright_vault_key", "postgres_password", "vllm_api_key")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """The folder that secrets.sh fills, in a copy of docker/."""
    shutil.copy(DOCKER / "secrets.sh", tmp_path)
    _make(tmp_path)
    return tmp_path / "secrets"


def test_all_secrets_of_the_compose_file_are_made(made: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == sorted(NAMES)
    values = [base64.b64decode((made / name).read_text("ascii"), validate=True) for name in NAMES]
    assert [len(value) for value in values] == [32] * 4
    assert len(set(values)) == 4


def test_nobody_else_gets_into_the_folder_and_containers_can_read_the_files(made: Path) -> None:
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert {stat.S_IMODE((made / name).stat().st_mode) for name in NAMES} == {0o444}


def test_what_is_there_is_kept(made: Path) -> None:
    before = {name: (made / name).read_bytes() for name in NAMES}
    (made / "vllm_api_key").unlink()
    assert "made  vllm_api_key" in _make(made.parent)
    assert {name: (made / name).read_bytes() == before[name] for name in NAMES} == dict.fromkeys(NAMES, True) | {
        "vllm_api_key": False
    }


def test_the_entry_point_takes_a_secret_out_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text('a\'b "c" $d\n', encoding="utf-8")
    done = _enter(tmp_path, {"KITWRIGHT_SECRET_FILE": str(tmp_path / "key"), "PGPASSWORD_FILE": ""})
    assert done.stdout.splitlines() == ["serve|two words", 'a\'b "c" $d', "unset", "unset"]


def test_the_entry_point_stops_at_a_secret_that_it_can_not_read(tmp_path: Path) -> None:
    done = _enter(tmp_path, {"PGPASSWORD_FILE": str(tmp_path / "nothing")})
    assert done.returncode == 2
    assert "PGPASSWORD_FILE names a file that can not be read" in done.stderr


def _make(folder: Path) -> str:
    done = subprocess.run(["sh", str(folder / "secrets.sh")], capture_output=True, text=True, timeout=30, check=True)
    return done.stdout


def _enter(folder: Path, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the entry point before a `kitwright` that says what it was given."""
    said = 'IFS="|"; echo "$*"; for name in KITWRIGHT_SECRET KITWRIGHT_SECRET_FILE PGPASSWORD; do'
    program = folder / "kitwright"
    program.write_text(f"#!/bin/sh\n{said} printenv $name || echo unset; done\n", encoding="utf-8")
    program.chmod(0o755)
    environment = {"PATH": f"{folder}:{os.environ['PATH']}", **settings}
    command = [str(DOCKER / "entrypoint.sh"), "serve", "two words"]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, env=environment)
