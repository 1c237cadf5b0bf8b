"""A Dockerfile carried out without Docker: in a sandbox with the same paths, on this machine's Python and packages.

Every stage writes into one folder for each of the places an image of ours is made of. RUN lines go to `sh` as they
stand, in a sandbox where nothing else can be written. What is not carried out is named in `SYSTEM`.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from images.dockerfile import ROOT, Instruction, Stage, assigned, expanded

PLACES: Final = ("/opt/kitwright", "/src", "/wheels", "/tmp/docker", "/tmp/wheels", "/var/lib/kitwright")
SYSTEM: Final = ("apt-get", "rm -rf /var/lib/apt/lists", "groupadd", "useradd", "install --directory")
"""Commands that change the system itself. They need root and the base image."""

DEPENDENCIES: Final = "/dependencies"
_ENVIRONMENT: Final = Path(sys.prefix).resolve()
_BUILDING: Final = {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "TORCH_INDEX": ""}


class Rehearsal:
    """What the instructions of an image leave behind.

    Args:
        bwrap: the program that makes sandboxes.
        folder: where everything is written; other users must be able to get there.
        constraints: of the versions installed here, instead of those of docker/constraints.txt.
    """

    def __init__(self, bwrap: str, folder: Path, constraints: str) -> None:
        self._bwrap = bwrap
        self._folder = folder
        self._constraints = constraints
        self._values: dict[str, str] = {}
        self._workdir = "/"
        self.left_out: list[str] = []
        self._link_dependencies()
        for place in PLACES:
            self.path(place).mkdir(parents=True)

    def path(self, place: str) -> Path:
        """Where a path of the image lies on this machine."""
        return self._folder / place.removeprefix("/")

    def carry_out(self, stage: Stage) -> None:
        """All instructions of a stage, in order; the environment is the stage's own."""
        self._values = {"PATH": f"{_ENVIRONMENT / 'bin'}:/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent"}
        for each in stage.instructions:
            match each.name:
                case "ENV":
                    self._values |= {name: expanded(value, self._values) for name, value in assigned(each)}
                case "WORKDIR":
                    self._workdir = each.value
                case "COPY":
                    self._copy(each)
                case "RUN":
                    self._run(each.value)

    def sandbox(self, command: Sequence[str], *, writable: Sequence[str], user: int | None = None) -> list[str]:
        """The command line that runs a command inside, without a network if it runs as the image's user.

        Args:
            command: what to run.
            writable: the places that can be written, besides an empty /tmp.
            user: of the image; None for the one who builds it.
        """
        shown = ("/usr", "/bin", "/lib", "/lib64", "/sbin", "/etc", sys.base_prefix, str(_ENVIRONMENT))
        mounts = ["--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/tmp"]
        for parent in _parents((*shown, *PLACES)):  # which would else be closed to the image's user
            mounts += ["--perms", "0755", "--dir", parent]
        for path in shown:
            mounts += ["--ro-bind-try", path, path]
        mounts += ["--ro-bind", str(self._dependencies), DEPENDENCIES]
        for place in PLACES:
            mounts += ["--bind" if place in writable else "--ro-bind", str(self.path(place)), place]
        mounts += ["--remount-ro", "/", "--chdir", self._workdir, "--clearenv"]
        values = self._values if user is not None else self._values | _BUILDING
        mounts += [word for name, value in values.items() for word in ("--setenv", name, value)]
        apart = ["--unshare-pid", "--unshare-ipc", "--die-with-parent", "--new-session"]
        return [self._bwrap, *mounts, *apart, *_as_user(user), "--", *_dropped(user), *command]

    def seed(self, cache: Path) -> None:
        """Caches that were made here already, as the image's own; what is missing is made by the RUN line."""
        if cache.is_dir():
            shutil.copytree(cache, self.path("/opt/kitwright/cache"))

    def _run(self, line: str) -> None:
        parts = re.split(r"\s*&&\s*", line)
        if parts[0].startswith(SYSTEM):
            assert all(part.startswith(SYSTEM) for part in parts), line
            self.left_out += parts
            return
        command = self.sandbox(["sh", "-euc", line], writable=PLACES)
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0, f"RUN {line}\n{done.stdout}\n{done.stderr}"
        if "-m venv" in line:
            self._lend_dependencies()

    def _copy(self, each: Instruction) -> None:
        *sources, target = each.words
        if "from" in each.flags:  # all stages lie in one place, so it is there, or is copied within
            for source in sources:
                assert any(self.path(source).iterdir()), f"COPY {each.value}"
                if source != target:
                    shutil.copytree(self.path(source), self.path(target), dirs_exist_ok=True)
            return
        place = self.path(os.path.normpath(Path(self._workdir) / target))
        for source in sources:
            if source == "docker/constraints.txt":
                (place / "constraints.txt").parent.mkdir(parents=True, exist_ok=True)
                (place / "constraints.txt").write_text(self._constraints, encoding="ascii")
            elif (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__", "*.sqlite*"))
            else:
                copied = place / Path(source).name if target.endswith("/") else place
                shutil.copyfile(ROOT / source, copied)
                copied.chmod(int(each.flags.get("chmod", "0644"), 8))

    def _lend_dependencies(self) -> None:
        """Packages that are installed here count as installed there: nothing is downloaded a second time."""
        (site,) = self.path("/opt/kitwright").glob("lib/python*/site-packages")
        for old in site.glob("setuptools*"):  # what comes with Python would hide the newer one that torch asks for
            shutil.rmtree(old)
        (site / "dependencies.pth").write_text(f"{DEPENDENCIES}\n", encoding="ascii")

    def _link_dependencies(self) -> None:
        """All packages of this environment but Kitwright, which must come out of the wheel."""
        self._dependencies = self._folder / "dependencies"
        self._dependencies.mkdir(parents=True)
        for entry in Path(sysconfig.get_path("purelib")).resolve().iterdir():
            if "kitwright" not in entry.name and entry.suffix != ".pth":
                (self._dependencies / entry.name).symlink_to(entry)


def _parents(paths: Sequence[str]) -> list[str]:
    found = {str(parent) for path in paths for parent in Path(path).parents}
    return sorted(found - {"/", "/tmp", "/usr"})


def _as_user(user: int | None) -> list[str]:
    if user is None:
        return [] if os.geteuid() == 0 else ["--unshare-user"]
    if os.geteuid() == 0:  # then another user is really another, for files too
        return ["--unshare-net", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"]
    return ["--unshare-net", "--unshare-user", "--uid", str(user), "--gid", str(user)]


def _dropped(user: int | None) -> list[str]:
    if user is None or os.geteuid() != 0:
        return []
    who = [f"--reuid={user}", f"--regid={user}", "--clear-groups"]
    return ["setpriv", *who, "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
