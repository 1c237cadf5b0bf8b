"""A new kit is sound, keeps to the promised sizes, and never overwrites anything."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.dataset import IntentSample
from kitwright.errors import UsageError
from kitwright.kit import load_bot_file, load_kit, new_kit


def test_the_skeleton_has_what_a_kit_needs(project: Path) -> None:
    kit = load_kit("museum", with_code=True)
    counts = Counter(example.intent for example in kit.nlu.examples)
    assert len(counts) == 4
    assert min(counts.values()) >= 8
    assert len(kit.passages) == 3
    assert {layer: len(variants) for layer, variants in kit.prompts.templates.items()} == {
        "base": 2, "persona": 2, "style": 2, "task": 2,
    }  # fmt: skip
    assert kit.manifest.title == "Museum"
    assert kit.tests
    assert kit.recipes.keys() == {"intents"}
    first = kit.evals[0].samples[0]
    assert isinstance(first, IntentSample)
    assert first.label == "greet"
    assert kit.data_file("nlu.yml").is_file()


def test_no_template_word_is_left(project: Path) -> None:
    for path in (*project.rglob("*.*ml"), *project.rglob("*.md"), *project.rglob("*.py")):
        assert "KIT_" not in path.read_text(encoding="utf-8"), path


def test_the_bot_of_a_new_kit_uses_it(project: Path) -> None:
    bot = load_bot_file("museum")
    assert (bot.kit, bot.title) == ("museum", "Museum")


def test_a_copied_kit_is_sound_under_its_new_name(project: Path) -> None:
    (project / "kits/museum/__pycache__").mkdir()
    new = new_kit("art_gallery", project, from_kit="museum")
    kit = load_kit("art_gallery", with_code=True)
    assert kit.name == "art_gallery"
    assert kit.nlu == load_kit("museum").nlu
    assert load_bot_file("art_gallery").kit == "art_gallery"
    assert not (new.kit / "__pycache__").exists()


def test_the_hash_changes_with_any_file_and_with_nothing_else(project: Path) -> None:
    first = load_kit("museum").hash
    (project / "kits/museum/__pycache__").mkdir()
    (project / "kits/museum/__pycache__/x.pyc").write_bytes(b"x")
    assert load_kit("museum").hash == first
    (project / "kits/museum/README.md").write_text("# Another\n")
    assert load_kit("museum").hash != first


@pytest.mark.parametrize("taken", ["kits", "bots"])
def test_an_existing_folder_is_refused_and_left_alone(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken / "zoo").mkdir(parents=True)
    with pytest.raises(UsageError, match="KW002"):
        new_kit("zoo", tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == [taken, "zoo"]


def test_a_destination_that_can_not_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="can not be written"):
        new_kit("zoo", tmp_path / "file")


@given(name=st.one_of(st.text(), st.sampled_from(["", "../x", "Zoo", "1zoo", "a b", "zoo/..", "zoo\n", "a" * 51])))
def test_bad_names_are_refused(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    is_good = name.isascii() and name[:1].islower() and name.replace("_", "a").isalnum() and name.islower()
    if is_good and len(name) <= 50:
        return
    with pytest.raises(UsageError, match="KW002"):
        new_kit(name, tmp_path_factory.getbasetemp() / "bad-names")
