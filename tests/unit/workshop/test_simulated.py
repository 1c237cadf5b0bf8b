"""The simulated suite over a small bot: a fresh demo for each conversation, and the kit's limits."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kitwright.bot import Bot
from kitwright.errors import FaultsFound
from kitwright.workshop import simulated_conversations, simulated_suite, simulation_size
from unit.bot.museum import museum_bot, open_kit, with_code, write_museum


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    bot = museum_bot(write_museum(tmp_path))
    yield bot
    bot.close()


def limited(bot: Bot, **limits: Any) -> None:
    section = bot.kit.manifest.simulations
    assert section is not None
    manifest = bot.kit.manifest.model_copy(update={"simulations": section.model_copy(update=limits)})
    bot.kit = replace(bot.kit, manifest=manifest)


def test_each_conversation_has_a_fresh_demo_and_quick_is_one_a_goal(tmp_path: Path) -> None:
    resets: list[int] = []
    kits = write_museum(tmp_path)
    bot = museum_bot(kits, kit=with_code(open_kit(kits), reset=lambda: resets.append(1)))
    ticks: list[int] = []
    limited(bot, conversations=3)
    held = simulated_conversations(bot, done=lambda: ticks.append(1))
    assert (len(held), len(resets), len(ticks)) == (3, 3, 3)
    assert (simulation_size(bot, quick=True), simulation_size(bot, quick=False)) == (1, 3)
    bot.close()


def test_floors_and_ceilings_are_held_to(bot: Bot) -> None:
    held = simulated_conversations(bot, quick=True, seed=1)
    assert held[0].reached
    limited(bot, floors={"reached": 1.0}, ceilings={"turn_ratio": 9.0, "asked_twice": 0.0})
    assert simulated_suite(bot, held).misses == ()
    missed = tuple(replace(one, failure="given up", asked_twice=("day",)) for one in held)
    assert simulated_suite(bot, missed).misses == (
        "simulated: reached is 0.000, the floor is 1.0",
        "simulated: turn_ratio is missing, the ceiling is 9.0",
        "simulated: asked_twice is 1.000, the ceiling is 0.0",
    )


def test_a_kit_without_simulations_says_where_they_go(bot: Bot) -> None:
    bot.kit = replace(bot.kit, simulation=None)
    assert simulation_size(bot, quick=False) == 0
    with pytest.raises(FaultsFound) as caught:
        simulated_conversations(bot)
    assert caught.value.faults[0].code == "KW103"
