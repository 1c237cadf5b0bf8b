"""Which model a name stands for: its revision follows the weights, and nothing is downloaded to know it."""

import os
from pathlib import Path

import pytest

from kitwright.generation import base_model_id


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITWRIGHT_CACHE", str(tmp_path / "cache"))


def model(folder: Path, weights: bytes) -> str:
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}", encoding="utf-8")
    (folder / "model.safetensors").write_bytes(weights)
    return str(folder)


def test_a_folder_is_known_by_its_weights_wherever_it_lies(tmp_path: Path) -> None:
    one, same, other = (
        base_model_id(model(tmp_path / place / "llama", weights), None)
        for place, weights in (("a", b"1"), ("b", b"1"), ("c", b"2"))
    )
    assert one.name == "llama"
    assert one == same
    assert one != other


def test_weights_that_change_change_the_revision(tmp_path: Path) -> None:
    folder = model(tmp_path / "llama", b"1")
    before = base_model_id(folder, None)
    path = tmp_path / "llama" / "model.safetensors"
    path.write_bytes(b"2")
    os.utime(path, (0, 0))
    assert base_model_id(folder, None) != before


def test_a_commit_is_its_own_revision_and_an_unknown_model_has_none() -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    assert base_model_id("org/model", commit) == ("org/model", commit)
    assert base_model_id("org/kitwright-never-downloaded", None) == ("org/kitwright-never-downloaded", None)
    assert base_model_id("org/kitwright-never-downloaded", "main").revision is None


def test_a_downloaded_model_is_known_by_its_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = "89abcdef0123456789abcdef0123456789abcdef"
    stored = tmp_path / "hub" / "models--org--model"
    (stored / "snapshots" / commit).mkdir(parents=True)
    (stored / "snapshots" / commit / "config.json").write_text("{}", encoding="utf-8")
    (stored / "refs").mkdir()
    (stored / "refs" / "main").write_text(commit, encoding="utf-8")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    assert base_model_id("org/model", None) == ("org/model", commit)
