"""Naming: whether two names mean the same condition."""

import re
from collections.abc import Iterable
from typing import Final

from rapidfuzz.fuzz import token_set_ratio

_WORD: Final = re.compile(r"[a-z0-9]+")
_EMPTY: Final = frozenset(
    "a an the of and or in with acute chronic possible suspected due to syndrome disease simple".split()
)
_ALIKE: Final = 92
_SAME: Final = {"haem": "hem", "oedem": "edem", "oesoph": "esoph", "anaem": "anem", "ae": "e", "oe": "e"}


def normal(name: str) -> str:
    """A name in lower case and American spelling, without what adds nothing."""
    words = " ".join(_WORD.findall(name.lower()))
    for british, american in _SAME.items():
        words = words.replace(british, american)
    return " ".join(word for word in words.split() if word not in _EMPTY)


def same_condition(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether any name of one list means the same as any of the other."""
    left = [normal(name) for name in names]
    right = [normal(name) for name in others]
    return any(one == other or _alike(one, other) for one in left for other in right if one and other)


def _alike(one: str, other: str) -> bool:
    """Whether the longer name holds every word of the shorter, which has two words at least, or is all but the same."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    if _numbers(shorter) != _numbers(longer):
        return False  # type 1 and type 2 are two illnesses
    if len(shorter) >= 2 and set(shorter) <= set(longer):
        return True
    return min(len(one), len(other)) >= 6 and token_set_ratio(one, other) >= _ALIKE and len(shorter) == len(longer)


def _numbers(words: list[str]) -> set[str]:
    return {word for word in words if word.isdigit()}
