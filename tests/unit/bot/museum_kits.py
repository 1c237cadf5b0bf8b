"""The museum's kit for the tests of a file, with a cache of its own that later files do not see."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.bot.museum import write_museum


@pytest.fixture(scope="session")
def museum_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the kit lies; models trained on it are cached beside it."""
    folder = tmp_path_factory.mktemp("museum")
    write_museum(folder)
    return folder


@pytest.fixture(scope="module")
def museum_kits(museum_folder: Path) -> Iterator[Path]:
    """The folder of kits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KITWRIGHT_CACHE", str(museum_folder / "cache"))
        yield museum_folder / "kits"
