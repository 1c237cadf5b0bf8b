"""The examples of a bot: those of its kit's conversations, none of its evals, and none unless it asks for some."""

from pathlib import Path

import pytest

from kitwright.bot import Bot, assemble, examples_of
from kitwright.encoder import HashingEncoder
from kitwright.generation import EchoBackend
from kitwright.kit import load_bot_file
from kitwright.store import SqlStore
from kitwright.types import Message
from unit.bot.museum import GROUNDED, NAME, add_conversations, open_kit, watched
from unit.workshop.comparison.museum_eval import QUESTIONS, write_evals

BICYCLE = "where can I park my bicycle"
TALKS = {
    BICYCLE: "Beside the house.",
    "where can I park": "This one stands in the eval.",
    "where can I park, I am <NAME_1>": "Anywhere, <NAME_1>.",
}


@pytest.fixture
def talking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KITWRIGHT_CACHE", str(tmp_path / "cache"))
    kits = write_evals(tmp_path)
    add_conversations(kits, TALKS)
    return kits


def bot_with(kits: Path, line: str) -> Bot:
    with (kits.parent / "bots" / NAME / "bot.yaml").open("a", encoding="utf-8") as file:
        file.write(line)
    file_ = load_bot_file(NAME, kit_paths=[kits])
    backend, store = EchoBackend((GROUNDED,)), SqlStore("sqlite://")
    return assemble(file_, open_kit(kits), backend=backend, encoder=HashingEncoder(), store=store)


def test_evals_and_placeholders_never_become_examples(talking: Path) -> None:
    known = examples_of(open_kit(talking), HashingEncoder())().exchanges
    assert [each.question for each in known] == [BICYCLE]
    assert not {each.question for each in known} & QUESTIONS.keys()


@pytest.mark.parametrize(("line", "shown"), [("", False), ("examples: {count: 2, minimum: 0.0}\n", True)])
def test_a_bot_shows_examples_only_where_its_file_says_so(talking: Path, line: str, shown: bool) -> None:
    bot = bot_with(talking, line)
    with watched(bot) as seen:
        bot.reply("where can I park a car")
    bot.close()
    example = repr(Message("assistant", "Beside the house."))  # type: ignore[arg-type]
    assert any(example in turn for turn in seen) is shown
