"""Bots with the real embedded models: each is loaded once for all tests."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from kitwright.bot import Bot, load_bot
from kitwright.store import SqlStore


@pytest.fixture(scope="session")
def real_bots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Bot]]:
    """`real_bots(name)`: a shipped bot as it is shipped, but for its store."""
    folder = tmp_path_factory.mktemp("stores")
    opened: list[Bot] = []

    @cache
    def bot(name: str) -> Bot:
        opened.append(load_bot(name, store=SqlStore(f"sqlite:///{folder / name}.sqlite")))
        opened[-1].warm()
        return opened[-1]

    yield bot
    for each in opened:
        each.close()


@pytest.fixture(scope="session")
def real_bot(real_bots: Callable[[str], Bot]) -> Bot:
    """The clothing-support bot."""
    return real_bots("clothing_support")
