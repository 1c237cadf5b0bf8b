"""Lines of bot.yaml: what is replaced, what stays, and what is refused."""

from pathlib import Path

import pytest

from kitwright.errors import FaultsFound, UsageError
from kitwright.workshop.comparison.prompt_file import put_into, replaced, snippet

CHOSEN = snippet({"prompts": {"base": "strict"}, "examples": {"count": 2}}, ["a search", "It helps."])
BEFORE = "# My bot.\nname: museum\nkit: museum\n"
AFTER = "\n# Where it is kept.\nstore: {url: null}\n"


@pytest.mark.parametrize(
    "old",
    [
        "prompts: {base: plain}\n",
        "prompts:\n  base: plain\n  # of ours\n  style: full\n",
        "prompts: {\n  base: plain\n}\n",
        "examples: {count: 1}\nprompts: {base: plain}\n",
        CHOSEN,
    ],
)
def test_what_was_chosen_before_is_replaced_in_its_place(old: str) -> None:
    assert replaced(BEFORE + old + AFTER, CHOSEN) == BEFORE + CHOSEN + AFTER


def test_keys_that_are_apart_become_one_block() -> None:
    text = f"{BEFORE}prompts: {{base: plain}}\nstore: {{url: null}}\nexamples:\n  count: 4\n"
    assert replaced(text, CHOSEN) == f"{BEFORE}{CHOSEN}store: {{url: null}}\n"


@pytest.mark.parametrize("text", [BEFORE, BEFORE.rstrip("\n")])
def test_new_lines_stand_at_the_end(text: str) -> None:
    assert replaced(text, CHOSEN) == BEFORE + CHOSEN


def test_names_that_yaml_reads_as_something_else_are_quoted() -> None:
    assert snippet({"prompts": {"base": "no"}}, ["x"]).endswith("prompts: {base: 'no'}\n")


def test_a_file_that_would_be_no_bot_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "bot.yaml"
    odd = BEFORE + "prompts:\n\n  base: plain\n"
    path.write_text(odd, encoding="utf-8")
    with pytest.raises(FaultsFound):
        put_into(path, CHOSEN)
    assert path.read_text("utf-8") == odd


def test_mode_and_errors_of_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bot.yaml"
    path.write_text(BEFORE, encoding="utf-8")
    path.chmod(0o640)
    put_into(path, CHOSEN)
    assert path.stat().st_mode & 0o777 == 0o640

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kitwright.workshop.comparison.prompt_file.write_atomically", full)
    with pytest.raises(UsageError, match="No space left"):
        put_into(path, CHOSEN)
