"""The museum kit, written once for all tests of this room."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kitwright.bot import Bot
from unit.bot.museum import museum_bot, write_museum


@pytest.fixture(scope="session")
def kits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of kits; models trained on them are cached beside it."""
    folder = tmp_path_factory.mktemp("museum")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KITWRIGHT_CACHE", str(folder / "cache"))
        yield write_museum(folder)


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
