"""Patterns: what a lexicon is written in, and how one is read.

A pattern names groups of words that must stand near one another in a sentence, in any order:

    $chest & pain*|hurt*|tight     one of each group; `*` ends a stem; `$chest` is a class of words
    woke|wakes > headache          in this order
    can not > breathe              words next to one another make one alternative
    $head & $pain & !teacher       none of the last group may stand there
    numb* & $leg ~4                at most so many words from the first to the last
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..reading.tokens import tokens_of

Words = tuple[str, ...]
"""One alternative: words that follow one another; one that ends in `*` is a stem."""

_WINDOW: Final = re.compile(r"\s*~(\d+)\s*$")
_FIRST_WINDOW: Final = 6
_WIDER: Final = 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern.

    Args:
        groups: each a set of alternatives; one of each must be there.
        without: none of these may stand between or beside them.
        ordered: whether the groups must come in their order.
        window: at most so many tokens from the first to the last.
    """

    groups: tuple[frozenset[Words], ...]
    without: frozenset[Words]
    ordered: bool
    window: int


def pattern_of(source: str, classes: Mapping[str, str]) -> Pattern:
    """Read a pattern.

    Args:
        source: as above.
        classes: words of each class, separated by `|`; they may name other classes.

    Raises:
        ValueError: it names an unknown class, mixes `&` and `>`, or has an empty alternative.
    """
    body, window = source, None
    limit = _WINDOW.search(source)
    if limit:
        body, window = source[: limit.start()], int(limit[1])
    if "&" in body and ">" in body:
        raise ValueError("mixes & and >")
    parts = [part.strip() for part in re.split(r"[&>]", body)]
    groups = [_alternatives(part, classes) for part in parts if not part.startswith("!")]
    without = [_alternatives(part[1:], classes) for part in parts if part.startswith("!")]
    if not groups:
        raise ValueError("has no group")
    widest = window or _FIRST_WINDOW + _WIDER * max(0, len(groups) - 2) + sum(_longest(group) - 1 for group in groups)
    return Pattern(tuple(groups), frozenset().union(*without), ">" in body, widest)


def _longest(group: frozenset[Words]) -> int:
    return max(map(len, group))


def _alternatives(part: str, classes: Mapping[str, str]) -> frozenset[Words]:
    found: set[Words] = set()
    for alternative in part.split("|"):
        name = alternative.strip()
        if name.startswith("$"):
            if name[1:] not in classes:
                raise ValueError(f"names no class that is known: {name}")
            found |= _alternatives(classes[name[1:]], classes)
            continue
        words = _words(name)
        if not words:
            raise ValueError("has an empty alternative")
        found.add(words)
    return frozenset(found)


def _words(alternative: str) -> Words:
    """The words of an alternative, normal as a message's are."""
    words: list[str] = []
    for piece in alternative.split():
        stem = piece.endswith("*")
        parts = [token.text for token in tokens_of(piece.rstrip("*"))]
        if stem and parts:
            parts[-1] += "*"
        words += parts
    return tuple(words)
