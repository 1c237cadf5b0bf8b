"""Fixtures for all tests: caches and data in a folder of the test run, never the person's own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Conversations of tests go to a temporary folder; model caches stay shared, since they are large."""
    monkeypatch.setenv("KITWRIGHT_DATA", str(tmp_path / "kitwright-data"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.delenv("KITWRIGHT_KIT_PATH", raising=False)
