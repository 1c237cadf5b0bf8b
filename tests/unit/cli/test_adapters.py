"""`kitwright adapters`: a bot's versions listed, shown, verified, promoted and rolled back."""

import json
from pathlib import Path

import pytest

from kitwright.bot import prompt_writer
from kitwright.kit import conversations_hash, load_bot_file, load_kit
from kitwright.registry import Registry
from kitwright.workshop import doctor
from kitwright.workshop.adapters import answer_floors
from unit.cli.conftest import Run
from unit.registry.adapter_folder import BINDING, write_adapter

RECIPE = "name: guide\nkind: sft\ntrains: a guide\ndata: [talks.jsonl]\nrank: 4\n"
SAMPLE = {
    "id": "a-1",
    "messages": [{"role": "user", "content": "are you open on Monday"}],
    "intent": "ask_information",
    "difficulty": "plain",
    "expect": "answer",
    "reference": "On Monday we are closed.",
}


@pytest.fixture
def shop(museum: Path) -> Registry:
    """The museum with an echo model, a recipe with its records, and one adapter that fits."""
    bot = museum / "bots" / "museum" / "bot.yaml"
    bot.write_text("name: museum\nkit: museum\nmodel: {kind: echo}\nadapter: promoted\n", encoding="utf-8")
    kit = museum / "kits" / "museum"
    (kit / "recipes" / "guide.yaml").write_text(RECIPE, encoding="utf-8")
    manifest = (kit / "kit.yaml").read_text("utf-8")
    assert "recipes: [" in manifest
    (kit / "kit.yaml").write_text(manifest.replace("recipes: [", "recipes: [recipes/guide.yaml, "), encoding="utf-8")
    (kit / "talks.jsonl").write_text("{}\n", encoding="utf-8")
    registry = Registry(museum / "bots" / "museum" / "adapters")
    add(registry, museum / "trained", {"answers.passed": 0.9, "answers.grounded": 0.8})
    return registry


def add(registry: Registry, folder: Path, metrics: dict[str, float]) -> str:
    file, kit = load_bot_file("museum"), load_kit("museum")
    recipe = kit.recipes["guide"]
    assert recipe.kind == "sft"
    trained = write_adapter(folder)
    if metrics:
        (trained / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    bound = {
        "prompts": prompt_writer(file, kit, lambda _: 0).hash,
        "recipe": recipe.hash,
        "data": conversations_hash(kit, recipe),
    }
    return registry.register(trained, binding=BINDING.model_copy(update=bound), name="museum")


def test_without_adapters_the_next_step_is_named(run: Run, museum: Path) -> None:
    ran = run("adapters", "list", "museum")
    assert (ran.code, ran.out) == (0, "")
    assert "kitwright train museum" in ran.err
    assert run("adapters", "list", "museum", "--json").json == []


def test_the_list_shows_rank_size_figures_and_the_promoted_one(run: Run, shop: Registry, museum: Path) -> None:
    add(shop, museum / "again", {})
    shop.promote("museum-1", {})
    ran = run("adapters", "list", "museum")
    assert (ran.code, ran.err) == (0, "")
    rows = [line.split() for line in ran.out.splitlines() if "museum-" in line]
    assert rows[0][:3] == ["*", "museum-1", "museum"]
    assert rows[0][-1] == "fits"
    assert "answers.passed 0.9, answers.grounded 0.8" in ran.out
    assert rows[1][0] == "museum-2"
    assert "not measured" in ran.out
    first, second = run("adapters", "list", "museum", "--json").json
    assert (first["name"], first["promoted"], first["rank"], first["drift"]) == ("museum-1", True, 4, [])
    assert first["bytes"] == sum(path.stat().st_size for path in (shop.folder / "museum-1").iterdir())
    assert (second["name"], second["promoted"], second["metrics"]) == ("museum-2", False, {})


def test_data_that_moved_on_are_told_but_stop_nothing(run: Run, shop: Registry, museum: Path) -> None:
    (museum / "kits/museum/talks.jsonl").write_text("{}\n{}\n", encoding="utf-8")
    shown = run("adapters", "show", "museum-1")
    assert shown.code == 0
    assert "trained on other data than the kit has now" in shown.out
    assert run("adapters", "verify", "museum-1").code == 0
    assert run("adapters", "promote", "museum-1").code == 0
    (museum / "kits/museum/recipes/guide.yaml").write_text(RECIPE.replace("a guide", "guides"), encoding="utf-8")
    assert run("adapters", "show", "museum-1", "--json").json["drift"] == [
        "trained with another recipe than the kit has now",
        "trained on other data than the kit has now",
    ]


def test_verify_names_every_change(run: Run, shop: Registry, museum: Path) -> None:
    ran = run("adapters", "verify", "museum-1")
    assert (ran.code, ran.out, ran.err) == (0, "museum-1 is as registered, and fits the bot museum\n", "")
    (shop.folder / "museum-1" / "README.md").unlink()
    prompt = museum / "kits/museum/prompts/base.plain.md.j2"
    prompt.write_text("Answer in rhyme.\n", encoding="utf-8")
    ran = run("adapters", "verify", "museum-1")
    assert (ran.code, ran.out) == (1, "")
    card, prompts = ran.faults
    assert "README.md: registered with" in card
    assert "prompts: trained with" in prompts
    as_json = run("adapters", "verify", "museum-1", "--json")
    assert (as_json.code, as_json.json["ok"], len(as_json.json["faults"])) == (1, False, 2)
    assert "does not fit" in run("adapters", "list").out


def test_promotions_and_the_way_back(run: Run, shop: Registry, museum: Path) -> None:
    add(shop, museum / "again", {})
    ran = run("adapters", "promote", "museum-1", "--why", "the first")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "museum: museum-1 is promoted; before it was the base model\n"
    assert run("adapters", "promote", "museum-2", "--json").json == {
        "bot": "museum",
        "before": "museum-1",
        "promoted": "museum-2",
        "in_use": True,
    }
    assert load_bot_file("museum").adapter_folder == shop.folder / "museum-2"
    assert (
        run("adapters", "rollback", "--bot", "museum").out == "museum: museum-1 is promoted; before it was museum-2\n"
    )
    assert run("adapters", "rollback", "--bot", "museum").out.startswith("museum: the base model is promoted")
    assert load_bot_file("museum").adapter_folder is None
    ran = run("adapters", "rollback", "--bot", "museum")
    assert (ran.code, ran.out, len(ran.faults)) == (2, "", 1)


def test_a_rollback_asks_whose_adapter_where_several_bots_have_one(run: Run, shop: Registry) -> None:
    assert run("adapters", "promote", "museum-1").code == 0
    (fault,) = run("adapters", "rollback").faults
    assert fault.startswith("KW002 --bot: more than one bot has a promoted adapter")
    assert "clothing_support" in fault


def test_a_floor_that_does_not_hold_stops_a_promotion(run: Run, shop: Registry, museum: Path) -> None:
    floors = "  - {name: answers, kind: answers, file: evals/answers.jsonl, floors: {passed: 0.95, sendable: 0.5}}\n"
    manifest = museum / "kits/museum/kit.yaml"
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace("evals:\n", f"evals:\n{floors}"), encoding="utf-8")
    (museum / "kits/museum/evals/answers.jsonl").write_text(json.dumps(SAMPLE) + "\n", encoding="utf-8")
    assert answer_floors(load_kit("museum")) == {"answers.passed": 0.95, "answers.sendable": 0.5}
    ran = run("adapters", "promote", "museum-1")
    assert (ran.code, ran.out) == (1, "")
    below, missing = ran.faults
    assert below.startswith("KW306 museum-1 answers.passed: is 0.9, the floor is 0.95")
    assert missing.startswith("KW306 museum-1 answers.sendable: not measured, the floor is 0.5")
    assert shop.promoted() is None


def test_a_bot_that_does_not_use_the_promoted_one_is_told(run: Run, shop: Registry, museum: Path) -> None:
    bot = museum / "bots/museum/bot.yaml"
    bot.write_text(bot.read_text("utf-8").replace("adapter: promoted\n", ""), encoding="utf-8")
    ran = run("adapters", "promote", "museum-1")
    assert ran.code == 0
    assert "write `adapter: promoted` there" in ran.err


def test_the_doctor_tells_of_an_adapter_that_drifted_and_of_one_that_does_not_fit(
    shop: Registry, museum: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for loading in ("_tried", "_language_model"):
        monkeypatch.setattr(doctor, loading, lambda *_: doctor.Finding("model", True, "not loaded in this test"))

    def seen() -> list[tuple[bool, str]]:
        return [(each.ok, each.seen) for each in doctor.examine() if each.name == "adapter of museum"]

    assert seen() == []
    shop.promote("museum-1", {})
    assert seen() == [(True, "museum-1")]
    (museum / "kits/museum/talks.jsonl").write_text("{}\n{}\n", encoding="utf-8")
    assert seen() == [(True, "museum-1; trained on other data than the kit has now")]
    (shop.folder / "museum-1" / "README.md").unlink()
    ((ok, problem),) = seen()
    assert not ok
    assert problem.startswith("registered with ")


def test_unknown_names_are_wrong_use(run: Run, shop: Registry) -> None:
    for arguments in (("show", "museum-11"), ("promote", "museum-11"), ("verify", "museum-11", "--bot", "museum")):
        ran = run("adapters", *arguments)
        (line,) = ran.faults
        assert ran.code == 2
        assert line.startswith("KW001 adapter: no such adapter; value: 'museum-11'")
        assert "did you mean 'museum-1'" in line
    assert run("adapters", "list", "nobody").code == 2
