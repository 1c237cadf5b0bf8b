"""Phrases: lists of cue words, found in a row of tokens."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

from ..reading.tokens import Token

_FILE: Final = Path(__file__).parent.parent / "knowledge_base" / "cues.yaml"


class Phrases:
    """Cues of one or more words.

    Args:
        listed: the cues, written as tokens are (`can not`).
    """

    def __init__(self, listed: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase in listed:
            words = tuple(phrase.split())
            self._by_first[words[0]].append(words)

    def places(self, tokens: Sequence[Token], first: int, last: int, *, whole: bool = False) -> list[tuple[int, int]]:
        """Numbers of the first and last token of each cue that starts in the range; `whole`: that ends in it too."""
        found: list[tuple[int, int]] = []
        for start in range(max(0, first), min(last + 1, len(tokens))):
            for words in self._by_first.get(tokens[start].text, ()):
                end = start + len(words) - 1
                fits = end < len(tokens) and (not whole or end <= last)
                if fits and all(tokens[start + offset].text == word for offset, word in enumerate(words)):
                    found.append((start, end))
        return found


@lru_cache(maxsize=1)
def _all() -> dict[str, list[str]]:
    return dict(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def listed(name: str) -> list[str]:
    """A list of knowledge_base/cues.yaml."""
    return _all()[name]


def cues(name: str) -> Phrases:
    """The cues of a list in knowledge_base/cues.yaml."""
    return Phrases(listed(name))


def words_of(name: str) -> frozenset[str]:
    """The single words of a list in knowledge_base/cues.yaml."""
    return frozenset(listed(name))
