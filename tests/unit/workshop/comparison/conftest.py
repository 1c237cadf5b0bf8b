"""The museum with an eval of answers, written once for all tests of this room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.workshop.comparison.museum_eval import write_evals


@pytest.fixture(scope="session")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of kits; models trained on them are cached beside it."""
    folder = tmp_path_factory.mktemp("evaluated")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KITWRIGHT_CACHE", str(folder / "cache"))
        yield write_evals(folder)
