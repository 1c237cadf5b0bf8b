"""Fixtures for all tests: caches and data in a folder of the test run, never the person's own."""

from pathlib import Path

import pytest
from hypothesis import settings

from kitwright.generation.openmp import wait_shortly

# As `load_bot` does; tests that use a model without a bot need it too, and it counts only before torch is loaded.
wait_shortly()

# A busy machine is no fault of the code.
settings.register_profile("kitwright", deadline=None)
settings.load_profile("kitwright")


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Conversations of tests go to a temporary folder; model caches stay shared, since they are large."""
    monkeypatch.setenv("KITWRIGHT_DATA", str(tmp_path / "kitwright-data"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.delenv("KITWRIGHT_KIT_PATH", raising=False)
    monkeypatch.delenv("KITWRIGHT_STORE_URL", raising=False)
