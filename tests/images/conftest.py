"""Programs that look at docker/, out of the development extra; where CI runs, none may be missing."""

import os
import shutil
import subprocess
import sysconfig
from importlib.util import find_spec
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def hadolint() -> str:
    """The linter of Dockerfiles."""
    return _installed("hadolint")


@pytest.fixture(scope="session")
def caddy() -> str:
    """The proxy itself."""
    return _installed("caddy")


@pytest.fixture(scope="session")
def compose() -> str:
    """Docker Compose itself; the wrapper that its package installs would swallow the exit code."""
    spec = find_spec("compose")
    found = [Path(folder) / "docker-compose" for folder in (spec and spec.submodule_search_locations) or ()]
    return next((str(program) for program in found if program.is_file()), None) or _missing("docker-compose")


@pytest.fixture(scope="session")
def bwrap() -> str:
    """Bubblewrap, which builds the sandbox that stands for a container."""
    program = shutil.which("bwrap") or _missing("bwrap (Debian's package bubblewrap)")
    tried = subprocess.run([program, "--ro-bind", "/", "/", "true"], capture_output=True, check=False)
    return program if tried.returncode == 0 else _missing("a system that lets bwrap make sandboxes")


def _installed(name: str) -> str:
    program = Path(sysconfig.get_path("scripts")) / name
    return str(program) if program.is_file() else _missing(name)


def _missing(name: str) -> str:
    if os.environ.get("KITWRIGHT_TEST_ALL"):
        pytest.fail(f"{name} is not installed")
    pytest.skip(f"{name} is not installed")
