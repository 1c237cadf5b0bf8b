"""The server's image, built and run as far as that goes without Docker; docker/README.md says how far."""

import json
import os
import runpy
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest

from images.dockerfile import DOCKER, stages
from images.rehearsal import SYSTEM, Rehearsal
from kitwright.files import cache_root

DOCKERFILE: Final = DOCKER / "Dockerfile.serve"
VISITOR: Final = Path(__file__).with_name("visitor.py")


@pytest.fixture(scope="module")
def built(bwrap: str) -> Iterator[Rehearsal]:
    """All instructions of the Dockerfile, carried out."""
    with TemporaryDirectory(prefix="kitwright-image-") as folder:
        Path(folder).chmod(0o755)
        rehearsal = Rehearsal(bwrap, Path(folder), _installed_versions())
        rehearsal.seed(cache_root())
        for stage in stages(DOCKERFILE):
            rehearsal.carry_out(stage)
        yield rehearsal


@pytest.fixture(scope="module")
def visited(built: Rehearsal) -> Mapping[str, Any]:
    """What a visitor saw of the server, from its start to its end."""
    stage = stages(DOCKERFILE)[-1]
    user = int(stage.last("USER").value.partition(":")[0])
    data = built.path("/var/lib/kitwright")
    if os.geteuid() == 0:
        os.chown(data, user, user)
    told = json.dumps([stage.last("ENTRYPOINT").listed + stage.last("CMD").listed, stage.last("HEALTHCHECK").listed])
    command = ["python", "-c", VISITOR.read_text("utf-8"), told]
    sandbox = built.sandbox(command, writable=["/var/lib/kitwright"], user=user)
    done = subprocess.run(sandbox, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(report, dict)
    return report | {"stderr": done.stderr, "user": user}


def test_only_what_changes_the_system_was_not_carried_out(built: Rehearsal) -> None:
    assert {next(name for name in SYSTEM if part.startswith(name)) for part in built.left_out} == set(SYSTEM)


def test_kitwright_is_that_of_the_wheel(built: Rehearsal) -> None:
    (package,) = built.path("/opt/kitwright").glob("lib/python*/site-packages/kitwright")
    assert (package / "shipped" / "bots" / "clothing_support" / "bot.yaml").is_file()
    assert not package.is_symlink()


def test_it_becomes_healthy_and_answers_without_a_network(visited: Mapping[str, Any]) -> None:
    assert visited["healthy"], visited["stderr"]
    assert "hygiene strip" in visited["reply"]


def test_it_runs_without_rights_on_a_file_system_that_it_can_not_write(visited: Mapping[str, Any]) -> None:
    assert (visited["uid"], visited["gid"]) == (visited["user"], visited["user"])
    assert int(visited["capabilities"], 16) == 0
    assert visited["written"] == []


def test_conversations_are_kept_in_the_volume_alone(visited: Mapping[str, Any]) -> None:
    assert "clothing_support.sqlite" in visited["kept"]


def test_it_stops_when_it_is_told_to(visited: Mapping[str, Any]) -> None:
    assert visited["exit"] in (0, -15)


def test_its_memory_stays_within_the_limit_that_compose_sets(visited: Mapping[str, Any]) -> None:
    settings = (DOCKER / ".env.example").read_text("utf-8").splitlines()
    limit = next(line.partition("=")[2] for line in settings if line.startswith("KITWRIGHT_MEMORY="))
    assert limit.endswith("m")
    assert visited["memory_mb"] < 0.9 * int(limit.removesuffix("m"))


def test_it_says_nothing_of_caches_or_folders_that_it_can_not_use(visited: Mapping[str, Any]) -> None:
    said = visited["stderr"].lower()
    assert not [word for word in ("read-only", "permission denied", "not writable", "traceback") if word in said], said


def _installed_versions() -> str:
    """Constraints of what is installed here, so that nothing is downloaded."""
    return "\n".join(runpy.run_path(str(DOCKER / "constraints.py"))["current"]()) + "\n"
