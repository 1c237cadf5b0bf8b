"""The registry: versions that never change, one of them promoted, floors that must hold, and the way back."""

import json
import math
import os
import re
import shutil
import threading
from pathlib import Path

import pytest

from kitwright.errors import AdapterMismatch, FloorNotHeld, UsageError
from kitwright.registry import AdapterBinding, Conditions, Registry, misfits
from unit.registry.adapter_folder import BINDING, write_adapter


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_adapter(tmp_path / "trained")


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path / "bots" / "shop" / "adapters")


def register(registry: Registry, source: Path, **metrics: float) -> str:
    if metrics:
        (source / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    return registry.register(source, binding=BINDING, name="shop")


def writable(path: Path) -> Path:
    path.chmod(0o644)
    return path


def test_versions_count_up_and_hold_what_a_server_needs(registry: Registry, source: Path) -> None:
    (source / "optimizer.pt").write_bytes(b"large")
    (source / "loss.svg").write_text("<svg/>", encoding="utf-8")
    assert [register(registry, source) for _ in range(11)] == [f"shop-{n}" for n in range(1, 12)]
    assert [version.name for version in registry.versions()] == [f"shop-{n}" for n in range(1, 12)]
    version = registry.show("shop-2")
    files = {path.name for path in version.folder.iterdir()}
    assert files == {
        "adapter_config.json",
        "adapter_model.safetensors",
        "binding.json",
        "README.md",
        "loss.svg",
        "manifest.json",
    }
    assert version.manifest.files.keys() == files - {"manifest.json"}
    assert all(re.fullmatch(r"[0-9a-f]{32}", value) for value in version.manifest.files.values())
    assert (version.binding, version.metrics, version.manifest.parent) == (BINDING, {}, None)


def test_a_version_is_read_only_and_names_no_machine(registry: Registry, source: Path) -> None:
    version = registry.show(register(registry, source))
    assert {path.stat().st_mode & 0o777 for path in version.folder.iterdir()} == {0o444}
    config = json.loads((version.folder / "adapter_config.json").read_text("utf-8"))
    assert config["base_model_name_or_path"] == "m"


def test_an_adapter_that_is_not_whole_is_not_registered(registry: Registry, tmp_path: Path) -> None:
    source = write_adapter(tmp_path / "other", rank=8, card=False)
    (source / "adapter_model.safetensors").write_bytes(b"cut")
    with pytest.raises(AdapterMismatch) as caught:
        register(registry, source)
    found = [(Path(fault.place).name, fault.problem) for fault in caught.value.faults]
    assert found == [
        ("adapter_config.json", "rank: trained with 4, got 8"),
        ("adapter_model.safetensors", "is cut short"),
        ("README.md", "the adapter has no model card"),
    ]
    assert list(registry.folder.iterdir()) == []


def test_changed_missing_and_extra_files_are_named_with_both_hashes(registry: Registry, source: Path) -> None:
    version = registry.show(register(registry, source))
    registered = version.manifest.files
    writable(version.folder / "README.md").write_text("# another\n", encoding="utf-8")
    (version.folder / "binding.json").rename(version.folder / "extra.json")
    with pytest.raises(AdapterMismatch) as caught:
        registry.verify(version.name)
    by_file = {Path(fault.place).name: fault.problem for fault in caught.value.faults}
    assert re.fullmatch(rf"registered with {registered['README.md']}, got [0-9a-f]{{32}}", by_file["README.md"])
    assert by_file["extra.json"] == f"registered with nothing, got {registered['binding.json']}"
    gone = [fault.problem for fault in caught.value.faults if fault.place.endswith("binding.json")]
    assert gone == [
        f"registered with {registered['binding.json']}, got nothing",
        "the adapter does not say what it was trained with",
    ]


@pytest.mark.parametrize("content", [None, "{}", "nonsense"])
def test_a_missing_or_broken_manifest_is_refused(registry: Registry, source: Path, content: str | None) -> None:
    version = registry.show(register(registry, source))
    (version.folder / "manifest.json").unlink()
    if content is not None:
        (version.folder / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(AdapterMismatch, match=r"manifest\.json"):
        registry.verify(version.name)


def test_a_renamed_version_is_refused(registry: Registry, source: Path) -> None:
    register(registry, source)
    (registry.folder / "shop-1").rename(registry.folder / "shop-7")
    with pytest.raises(AdapterMismatch, match="registered as shop-1"):
        registry.verify("shop-7")


def test_an_unknown_version_is_named_with_the_known_ones(registry: Registry, source: Path) -> None:
    register(registry, source)
    with pytest.raises(UsageError, match=r"'shop-11'; choices: shop-1; hint: did you mean 'shop-1'"):
        registry.show("shop-11")


def test_two_who_register_at_once_get_two_versions(registry: Registry, source: Path) -> None:
    names: list[str] = []
    threads = [threading.Thread(target=lambda: names.append(register(registry, source))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(names) == [f"shop-{n}" for n in range(1, 7)]
    for name in names:
        registry.verify(name)


def test_a_number_is_not_used_again(registry: Registry, source: Path) -> None:
    register(registry, source)
    registry.promote("shop-1", {})
    shutil.rmtree(registry.folder / "shop-1")
    assert register(registry, source) == "shop-2"


def test_figures_are_added_once(registry: Registry, source: Path) -> None:
    name = register(registry, source)
    (registry.folder / name / "metrics.json").write_text("{", encoding="utf-8")  # a call that was cut short
    registry.add_metrics(name, {"answers.passed": 0.9})
    assert registry.show(name).metrics == {"answers.passed": 0.9}
    registry.verify(name)
    with pytest.raises(UsageError, match="never changes"):
        registry.add_metrics(name, {"answers.passed": 1.0})


@pytest.mark.parametrize("content", ['["a"]', '{"a": "b"}', '{"a": true}', "{"])
def test_figures_are_numbers(registry: Registry, source: Path, content: str) -> None:
    (source / "metrics.json").write_text(content, encoding="utf-8")
    with pytest.raises(AdapterMismatch, match=r"metrics\.json"):
        register(registry, source)


def test_every_floor_that_does_not_hold_is_named(registry: Registry, source: Path) -> None:
    name = register(registry, source, passed=0.71, grounded=0.95, language=math.nan)
    with pytest.raises(FloorNotHeld) as caught:
        registry.promote(name, {"passed": 0.8, "grounded": 0.9, "sendable": 0.5, "language": 0.1})
    assert caught.value.exit_code == 1
    assert [(fault.code, fault.place, fault.problem) for fault in caught.value.faults] == [
        ("KW306", "shop-1 passed", "is 0.71, the floor is 0.8"),
        ("KW306", "shop-1 sendable", "not measured, the floor is 0.5"),
        ("KW306", "shop-1 language", "is nan, the floor is 0.1"),
    ]
    assert registry.promoted() is None
    registry.promote(name, {"passed": 0.8}, {"passed": 0.8})
    assert registry.promoted() == name


def test_a_changed_version_is_not_promoted(registry: Registry, source: Path) -> None:
    name = register(registry, source)
    writable(registry.folder / name / "README.md").write_text("# better\n", encoding="utf-8")
    with pytest.raises(AdapterMismatch, match=r"README\.md"):
        registry.promote(name, {})
    assert registry.promoted() is None


def test_rollbacks_go_back_step_by_step_and_history_only_grows(registry: Registry, source: Path) -> None:
    for name in (register(registry, source), register(registry, source), register(registry, source)):
        registry.promote(name, {}, why=f"because of {name}")
    registry.promote("shop-3", {})  # it is already
    assert [registry.rollback(), registry.promoted()] == ["shop-2", "shop-2"]
    registry.promote("shop-3", {})
    assert [registry.rollback() for _ in range(3)] == ["shop-2", "shop-1", None]
    with pytest.raises(UsageError, match="no adapter is promoted"):
        registry.rollback()
    written = json.loads((registry.folder / "promoted.json").read_text("utf-8"))
    assert written["current"] is None
    assert [(each["name"], each["why"]) for each in written["history"]] == [
        ("shop-1", "because of shop-1"),
        ("shop-2", "because of shop-2"),
        ("shop-3", "because of shop-3"),
        ("shop-2", "rolled back from shop-3"),
        ("shop-3", "promoted"),
        ("shop-2", "rolled back from shop-3"),
        ("shop-1", "rolled back from shop-2"),
        (None, "rolled back from shop-1"),
    ]


def test_a_rollback_to_a_changed_version_is_refused(registry: Registry, source: Path) -> None:
    for name in (register(registry, source), register(registry, source)):
        registry.promote(name, {})
    (registry.folder / "shop-1" / "README.md").unlink()
    with pytest.raises(AdapterMismatch, match=r"shop-1/README\.md"):
        registry.rollback()
    assert registry.promoted() == "shop-2"


def test_the_parent_is_what_was_promoted_then(registry: Registry, source: Path) -> None:
    register(registry, source)
    registry.promote("shop-1", {})
    assert registry.show(register(registry, source)).manifest.parent == "shop-1"


@pytest.mark.parametrize("content", ["", "{", '{"current": 3}', '{"current": null, "extra": 1}'])
def test_a_broken_list_of_promotions_is_named(registry: Registry, content: str) -> None:
    registry.folder.mkdir(parents=True)
    (registry.folder / "promoted.json").write_text(content, encoding="utf-8")
    with pytest.raises(AdapterMismatch, match=r"KW304 .*promoted\.json"):
        registry.promoted()


def test_a_registry_that_can_not_be_written_says_so(source: Path, tmp_path: Path) -> None:
    (tmp_path / "adapters").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(UsageError, match=r"KW002 .*adapters: the registry can not be written"):
        register(Registry(tmp_path / "adapters"), source)


def test_a_copy_whose_files_may_be_written_is_the_same_version(
    registry: Registry, source: Path, tmp_path: Path
) -> None:
    """Version control and wheels keep contents, not permissions."""
    folder = registry.show(register(registry, source)).folder
    copy = Path(shutil.copytree(folder, tmp_path / "elsewhere" / folder.name))
    for path in copy.iterdir():
        os.utime(writable(path), (0, 0))
    assert misfits(copy, Conditions()) == []


def test_a_binding_of_another_rank_is_not_registered(registry: Registry, source: Path) -> None:
    other = AdapterBinding.model_validate(BINDING.model_dump() | {"rank": 16})
    with pytest.raises(AdapterMismatch, match="rank: trained with 16, got 4"):
        registry.register(source, binding=other, name="shop")
