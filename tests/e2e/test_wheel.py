"""The wheel: it holds everything and no more, and works where it is installed, away from the repository."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HELD = (
    "kitwright/py.typed",
    "kitwright/kit/skeleton/kit/kit.yaml",
    "kitwright/kit/skeleton/bot/bot.yaml",
    "kitwright/serve/page/plain/index.html",
    "kitwright/serve/page/widget.js",
    "kitwright/shipped/bots/clothing_support/page/index.html",
    "kitwright/shipped/kits/clothing_support/kit.yaml",
    "kitwright/shipped/kits/clothing_support/shop/tables/orders.csv",
    "kitwright/shipped/bots/clothing_support/bot.yaml",
    "kitwright/shipped/training_data/clothing_support/README.md",
)
WHOLE_FOLDERS = {
    "kits": "kitwright/shipped/kits",
    "bots": "kitwright/shipped/bots",
    "training_data": "kitwright/shipped/training_data",
    "core/kitwright": "kitwright",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this working copy."""
    folder = tmp_path_factory.mktemp("wheel")
    _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)], folder)
    (built,) = folder.glob("kitwright-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of an environment with the wheel; its dependencies are those of the running one."""
    venv = tmp_path_factory.mktemp("venv")
    _run([sys.executable, "-m", "venv", "--without-pip", str(venv)], venv)
    python = str(venv / "bin" / "python")
    _run([sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", str(wheel)], venv)
    site = Path(_run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], venv).strip())
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return venv / "bin"


def _run(command: list[str], folder: Path) -> str:
    """What a command prints, away from the repository."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300, env=environment, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_wheel_holds_everything_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert set(HELD) <= names
    for source, target in WHOLE_FOLDERS.items():
        files = [path for path in (ROOT / source).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        missing = [str(path) for path in files if f"{target}/{path.relative_to(ROOT / source)}" not in names]
        assert missing == []
    roots = {name.partition("/")[0] for name in names}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"kitwright"}
    assert [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".sqlite"))] == []


def test_every_kit_that_is_shipped_is_found(installed: Path, tmp_path: Path) -> None:
    where = _run([str(installed / "python"), "-c", "import kitwright; print(kitwright.__file__)"], tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)
    listed = _run([str(installed / "kitwright"), "kits"], tmp_path)
    for kit in (ROOT / "kits").glob("*/kit.yaml"):
        assert kit.parent.name in listed


def test_it_answers_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    command = [
        str(installed / "kitwright"),
        "chat",
        "clothing_support",
        "--message",
        "can I return swimwear?",
        "--json",
    ]
    reply = json.loads(_run(command, tmp_path))
    assert "hygiene strip" in reply["reply"]
    assert "returns/swimwear" in [source["id"] for source in reply["sources"]]


def test_the_example_of_the_readme_works_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    code = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    assert code is not None
    script = tmp_path / "example.py"
    script.write_text(code[1], encoding="utf-8")
    said = _run([str(installed / "python"), str(script)], tmp_path)
    named = re.search(r"\['([\w/-]+)'", said)
    assert named is not None, said
    assert (ROOT / "kits" / "clothing_support" / "knowledge" / f"{named[1]}.md").is_file()
