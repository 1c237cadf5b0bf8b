"""bot.yaml: defaults, faults, and prompt variants that the kit must have."""

from pathlib import Path

import pytest

from kitwright.errors import FaultsFound
from kitwright.kit import load_bot_file, load_kit


def write(project: Path, text: str) -> None:
    (project / "bots/museum/bot.yaml").write_text(text)


def test_defaults_are_the_embedded_model_and_modest_budgets(project: Path) -> None:
    bot = load_bot_file("museum")
    assert bot.model.kind == "transformers"
    assert (bot.budget.prompt_tokens, bot.budget.answer_tokens) == (1200, 120)
    assert (bot.retrieval.passages, bot.retrieval.minimum) == (4, 0.3)
    assert bot.store.url is None
    assert bot.adapter_folder is None


def test_all_faults_are_named_with_their_lines(project: Path) -> None:
    write(project, "name: museum\nkit: museum\nretrieval:\n  passages: 99\n  minimun: 1\nmodel: {kind: magic}\n")
    with pytest.raises(FaultsFound) as caught:
        load_bot_file("museum")
    places = [fault.place for fault in caught.value.faults]
    assert "bots/museum/bot.yaml:4 retrieval.passages" in places
    assert "bots/museum/bot.yaml:5 retrieval.minimun" in places
    assert any(place.startswith("bots/museum/bot.yaml:6 model") for place in places)


def test_name_and_adapter_are_checked(project: Path) -> None:
    write(project, "name: museums\nkit: museum\nadapter: gone\n")
    with pytest.raises(FaultsFound) as caught:
        load_bot_file("museum")
    assert [fault.place for fault in caught.value.faults] == [
        "bots/museum/bot.yaml:1 name",
        "bots/museum/bot.yaml:3 adapter",
    ]


def test_an_adapter_lies_beside_the_bot_file(project: Path) -> None:
    (project / "bots/museum/adapter").mkdir()
    write(project, "name: museum\nkit: museum\nadapter: adapter\n")
    assert load_bot_file("museum").adapter_folder == project / "bots/museum/adapter"


def test_the_promoted_adapter_is_found_in_the_registry(project: Path) -> None:
    write(project, "name: museum\nkit: museum\nadapter: promoted\n")
    bot = load_bot_file("museum")
    assert bot.adapter_folder is None
    (project / "bots/museum/adapters").mkdir()
    promoted = project / "bots/museum/adapters/promoted.json"
    promoted.write_text('{"current": "museum-2", "history": []}', encoding="utf-8")
    assert bot.adapter_folder == project / "bots/museum/adapters/museum-2"


def test_variants_are_the_kits_defaults_with_the_bots_choices(project: Path) -> None:
    write(project, "name: museum\nkit: museum\nprompts: {style: full}\n")
    variants = load_bot_file("museum").variants(load_kit("museum"))
    assert variants == {"base": "plain", "persona": "host", "style": "full", "task": "notes"}


def test_a_variant_that_the_kit_lacks_is_a_fault(project: Path) -> None:
    write(project, "name: museum\nkit: museum\nprompts:\n  style: ful\n")
    with pytest.raises(FaultsFound, match=r"bot\.yaml:4 prompts\.style.*choices: full, short.*did you mean 'full'"):
        load_bot_file("museum").variants(load_kit("museum"))


def test_vaults_are_in_memory_unless_they_are_to_be_sealed(project: Path) -> None:
    assert (load_bot_file("museum").vault.kind, load_bot_file("museum").vault.hours) == ("memory", 24)
    write(project, "name: museum\nkit: museum\nvault: {kind: sealed, hours: 0, key: abc}\n")
    with pytest.raises(FaultsFound) as caught:
        load_bot_file("museum")
    assert {fault.place.split()[1] for fault in caught.value.faults} == {"vault.hours", "vault.key"}
