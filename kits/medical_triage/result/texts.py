"""The fixed words of texts.yaml, with the configured numbers filled in."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from ..knowledge_base.level import Level

_FILE: Final = Path(__file__).parent.parent / "texts.yaml"


@lru_cache(maxsize=1)
def _all() -> dict[str, Any]:
    return dict(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


class Texts:
    """The fixed words.

    Args:
        settings: of bot.yaml; `numbers` replaces the words for emergency, advice_line and crisis_line.
    """

    def __init__(self, settings: Mapping[str, object] | None = None) -> None:
        given = (settings or {}).get("numbers")
        chosen = {str(key): str(value) for key, value in given.items()} if isinstance(given, Mapping) else {}
        self.numbers = {**_all()["numbers"], **chosen}

    def said(self, *path: str) -> str:
        """One text."""
        return self._filled(self._at(path))

    def lines(self, *path: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self._filled(each) for each in self._at(path))

    def first(self, level: Level) -> str:
        """The sentence that tells a level; always said first."""
        return self.said("levels", level.name, "first")

    def _at(self, path: tuple[str, ...]) -> Any:
        found: Any = _all()
        for name in path:
            found = found[name]
        return found

    def _filled(self, text: str) -> str:
        for name, number in self.numbers.items():
            text = text.replace(f"{{{name}}}", number)
        return text
