"""Kits and bots are found in given folders first, then around here; unknown names are answered with choices."""

import subprocess
import sys
from pathlib import Path

import pytest

import kitwright
from kitwright.errors import UsageError
from kitwright.kit import find_bots, find_kits, load_bot_file, load_kit, new_kit


def test_kits_and_bots_of_the_current_folder_are_found(project: Path) -> None:
    assert find_kits()["museum"] == project / "kits/museum"
    assert find_bots()["museum"] == project / "bots/museum"


def test_a_given_folder_comes_before_the_current_one(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    new_kit("museum", other)
    assert find_kits([other / "kits"])["museum"] == other / "kits/museum"
    assert find_bots([other / "kits"])["museum"] == other / "bots/museum"


def test_a_kit_path_may_be_one_kit(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    new = new_kit("zoo", other)
    assert find_kits([new.kit])["zoo"] == new.kit
    assert find_bots([new.kit])["zoo"] == new.bot


def test_the_environment_names_folders(
    project: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path_factory.mktemp("other")
    new_kit("zoo", other)
    monkeypatch.setenv("KITWRIGHT_KIT_PATH", f"/nowhere:{other / 'kits'}")
    assert find_kits()["zoo"] == other / "kits/zoo"


def test_folders_without_a_kit_file_are_no_kits(project: Path) -> None:
    (project / "kits/notes").mkdir()
    assert "notes" not in find_kits()


def test_an_unknown_kit_is_wrong_use_with_choices(project: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_kit("musem")
    (fault,) = caught.value.faults
    assert fault.code == "KW001"
    assert "museum" in fault.choices
    assert fault.hint == "did you mean 'museum'"


def test_an_unknown_bot_is_wrong_use(project: Path) -> None:
    with pytest.raises(UsageError, match="no such bot"):
        load_bot_file("../kits/museum")


def test_finding_and_loading_kits_loads_no_heavy_library() -> None:
    heavy = "{'torch', 'transformers', 'presidio_analyzer', 'sklearn', 'faiss', 'spacy', 'sentence_transformers'}"
    script = f"import kitwright.kit, sys; print(sorted({heavy} & set(sys.modules)))"
    path = str(Path(kitwright.__file__).parents[1])
    done = subprocess.run([sys.executable, "-c", script], env={"PYTHONPATH": path}, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
