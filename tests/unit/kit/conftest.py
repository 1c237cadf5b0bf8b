"""A sound kit, made from the skeleton, and helpers to damage it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kitwright.kit import new_kit

NAME = "museum"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with `kits/museum` and `bots/museum`, the only kit around."""
    monkeypatch.delenv("KITWRIGHT_KIT_PATH", raising=False)
    monkeypatch.chdir(tmp_path)
    new_kit(NAME, tmp_path)
    return tmp_path


@pytest.fixture
def root(project: Path) -> Path:
    """The kit's folder."""
    return project / "kits" / NAME


@pytest.fixture
def edit(root: Path) -> Callable[[str, str, str], None]:
    """`edit(file, old, new)`: replace text that must be there."""

    def change(name: str, old: str, new: str) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change
