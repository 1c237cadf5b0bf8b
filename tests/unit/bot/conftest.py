"""The museum kit, written once for all tests of this room."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kitwright.bot import Bot
from unit.bot.museum import museum_bot
from unit.bot.museum_kits import museum_folder, museum_kits

__all__ = ["museum_folder", "museum_kits"]


@pytest.fixture(scope="module")
def kits(museum_kits: Path) -> Path:
    """The folder of kits."""
    return museum_kits


@pytest.fixture
def make_bot(kits: Path) -> Iterator[Callable[..., Bot]]:
    """`make_bot(scripted=..., kit=..., store=...)`; closed after the test."""
    made: list[Bot] = []

    def make(**options: object) -> Bot:
        made.append(museum_bot(kits, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for bot in made:
        bot.close()


@pytest.fixture
def bot(make_bot: Callable[..., Bot]) -> Bot:
    return make_bot()
