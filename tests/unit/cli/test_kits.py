"""`kitwright kits`, `bots` and `kit new|check|show`."""

from pathlib import Path

import pytest

from unit.cli.conftest import Run


@pytest.mark.parametrize("what", ["kit", "bot"])
def test_what_is_found_is_listed(run: Run, museum: Path, what: str) -> None:
    found = {entry["name"]: entry["path"] for entry in run(f"{what}s", "--json").json}
    assert found["museum"] == str(museum / f"{what}s/museum")
    assert "clothing_support" in found
    table = run(f"{what}s").out
    assert all(name in table for name in found)


def test_kits_of_another_folder_are_found(run: Run, museum: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert run("kit", "new", "zoo", "--in", elsewhere).code == 0
    assert "zoo" not in run("kits").out
    assert "zoo" in run("kits", "--kit-path", elsewhere / "kits").out
    assert "zoo" in run("bots", "--kit-path", elsewhere / "kits").out


def test_a_kit_says_what_it_brings(run: Run, museum: Path) -> None:
    facts = run("kit", "show", "museum", "--json").json
    assert (facts["name"], facts["title"], facts["language"]) == ("museum", "Museum", "en")
    assert (facts["intents"], facts["flows"], facts["tools"], facts["passages"]) == (5, 4, 2, 3)
    assert facts["prompt variants"]["base"] == ["plain", "strict"]
    assert facts["evals"] == {"intents": 10}
    assert facts["folder"] == str(museum / "kits/museum")
    table = run("kit", "show", "museum").out
    assert all(name in table for name in facts)


def test_a_sound_kit_is_sound(run: Run, museum: Path) -> None:
    ran = run("kit", "check", "museum")
    assert (ran.code, ran.out, ran.err) == (0, "kit museum is sound\n", "")
    assert run("kit", "check", "museum", "--json").json == {"kit": "museum", "ok": True, "faults": []}


@pytest.fixture
def broken(museum: Path) -> Path:
    """The kit with faults in four files."""
    root = museum / "kits/museum"
    edits = (
        ("kit.yaml", "tools.opening_hours", "tools.opening_huors"),
        ("guard.yaml", "support: 0", "support: six 0"),
        ("flows.yml", "action: utter_open", "action: utter_opne"),
        ("prompts/style.short.md.j2", "{{ language }}", "{{ langauge }}"),
    )
    for name, old, new in edits:
        text = (root / name).read_text("utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return root


def test_a_broken_kit_exits_1_with_all_faults(run: Run, broken: Path) -> None:
    ran = run("kit", "check", "museum", "--json")
    assert (ran.code, ran.err) == (1, "")
    assert (ran.json["kit"], ran.json["ok"]) == ("museum", False)
    faults = ran.json["faults"]
    assert all(list(fault) == ["code", "place", "problem", "value", "choices", "hint"] for fault in faults)
    for file in ("kit.yaml", "guard.yaml", "flows.yml", "prompts/style.short.md.j2"):
        assert any(fault["place"].startswith(f"kits/museum/{file}") for fault in faults), file


def test_a_broken_kit_is_told_line_by_line(run: Run, broken: Path) -> None:
    ran = run("kit", "check", "museum")
    count, *lines = ran.err.splitlines()
    assert (ran.code, ran.out) == (1, "")
    assert count == f"{len(lines)} faults in kit museum"
    assert all(line.startswith("KW1") for line in lines)


def test_a_broken_kit_is_not_chatted_with(run: Run, broken: Path) -> None:
    ran = run("chat", "museum", "--message", "hi")
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.faults) >= 3


def test_a_new_kit_is_written_and_sound(run: Run, museum: Path) -> None:
    ran = run("kit", "new", "book_shop")
    assert (ran.code, ran.err) == (0, "")
    assert "kitwright kit check book_shop" in ran.out
    assert (museum / "bots/book_shop/bot.yaml").is_file()
    assert run("kit", "check", "book_shop").code == 0
    assert run("kit", "new", "gallery", "--from", "museum").code == 0
    assert run("kit", "show", "gallery", "--json").json["flows"] == 4


@pytest.mark.parametrize("name", ["museum", "Zoo", "../zoo", ""])
def test_a_name_that_does_not_do_exits_2(run: Run, museum: Path, name: str) -> None:
    ran = run("kit", "new", name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.faults[0].startswith("KW002")
