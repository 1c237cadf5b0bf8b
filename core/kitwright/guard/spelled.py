"""Spelled-out numbers, so that "twenty-one days" and "21 days" are one fact."""

import re
from functools import lru_cache
from typing import Final

_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES: Final = {word: value for value, word in enumerate(_SMALL)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_BELOW_HUNDRED: Final = rf"(?:{'|'.join(_TENS)})(?:[\s-]+(?:{'|'.join(_SMALL[1:10])}))?|{'|'.join(_SMALL)}"
_SPELLED: Final = (
    rf"\b(?:(?P<hundreds>{'|'.join(_SMALL[1:10])}|a)\s+hundred(?:\s+and\s+(?P<rest>{_BELOW_HUNDRED}))?"
    rf"|(?P<number>{_BELOW_HUNDRED}))\b"
)


def in_figures(text: str, *, before: str) -> str:
    """The text with spelled-out numbers below a thousand in figures where a unit follows.

    Args:
        text: any text.
        before: the units, as a pattern; elsewhere "one" is seldom a number.

    Example:
        >>> in_figures("one of twenty-one days", before="days?")
        'one of 21 days'
    """
    return _pattern(before).sub(_figures, text)


@lru_cache
def _pattern(before: str) -> re.Pattern[str]:
    return re.compile(rf"{_SPELLED}(?=[\s-]+(?:{before})(?![a-z]))", re.I)


def _figures(match: re.Match[str]) -> str:
    hundreds, rest = match["hundreds"], match["number"] or match["rest"]
    value = _value(hundreds) * 100 if hundreds else 0
    return str(value + (_value(rest) if rest else 0))


def _value(words: str) -> int:
    return sum(1 if word == "a" else _VALUES[word] for word in re.split(r"[\s-]+", words.lower()))
