"""Language: whether an answer is whole: no loops, no cut end, not endless. It says nothing about being right."""

from typing import Final

from kitwright.types.sentences import ends_properly

MOST_WORDS: Final = 80
"""Words that a support answer may have; the longest reference of the shipped eval has 36."""
_GRAM: Final = 4


def language(answer: str) -> float:
    """The worst of three: no repetition, a finished last sentence, a fitting length; 0 for an empty answer.

    Awkward cases: a list of sizes or an address without a full stop counts as cut off; spelling and grammar are
    not looked at.
    """
    return min(unrepeated(answer), finished(answer), fitting(answer)) if answer.strip() else 0.0


def unrepeated(answer: str) -> float:
    """The share of runs of four words that are said for the first time; 1 for less than four words."""
    words = answer.casefold().split()
    runs = [tuple(words[start : start + _GRAM]) for start in range(len(words) - _GRAM + 1)]
    return len(set(runs)) / len(runs) if runs else 1.0


def finished(answer: str) -> float:
    """1 if the answer ends as sentences do, else 0."""
    return float(ends_properly(answer))


def fitting(answer: str) -> float:
    """1 up to `MOST_WORDS` words, and falling behind."""
    return min(1.0, MOST_WORDS / max(len(answer.split()), 1))
