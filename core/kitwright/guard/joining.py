"""The names and figures of a sentence, and which of them belong together, as far as their order says it."""

import re
from itertools import pairwise
from typing import Final

from kitwright.guard.words import without_placeholders

_ANCHOR: Final = re.compile(r"[£€$]?\d+(?:[.,:]\d+)*|\b[A-Z][^\W\d_]+")
_LEAD: Final = re.compile(r"^\W*(?:(?:yes|no)\b\W+)?[^\W\d_]*", re.I)
_NAME: Final = re.compile(r"\b[A-Z][^\W\d_]+")
_ANSWERS: Final = frozenset({"yes", "no"})


def anchors(sentence: str) -> tuple[str, ...]:
    """The figures and capitalised words of a sentence, in their order.

    Example:
        >>> anchors("Our shops are at 14 Park Row in Bristol and 52 Cockburn Street in Edinburgh.")
        ('our', '14', 'park', 'row', 'bristol', '52', 'cockburn', 'street', 'edinburgh')
    """
    return tuple(
        word for word in map(str.lower, _ANCHOR.findall(without_placeholders(sentence))) if word not in _ANSWERS
    )


def names(sentence: str) -> frozenset[str]:
    """The capitalised words of a sentence, lower-cased, without the first word, which has its capital anyway.

    Example:
        >>> sorted(names("Parcels to the EU and to Iceland are tracked."))
        ['eu', 'iceland']
    """
    return frozenset(map(str.lower, _NAME.findall(_LEAD.sub("", without_placeholders(sentence), count=1))))


def joins_otherwise(said: tuple[str, ...], source: tuple[str, ...]) -> bool:
    """Whether two neighbours among the anchors of a sentence stand far apart, and the other way round, in its source.

    "The Edinburgh shop is in Bristol" has only words of a source that lists both shops, Bristol first. Two figures may
    change places: a price and a time belong to what is named before them.
    """
    return any(
        first in source and second in source and not _may_be_joined(first, second, source)
        for first, second in pairwise(dict.fromkeys(said))
        if first.isalpha() or second.isalpha()
    )


def _may_be_joined(first: str, second: str, source: tuple[str, ...]) -> bool:
    places = [place for place, anchor in enumerate(source) if anchor == first]
    others = [place for place, anchor in enumerate(source) if anchor == second]
    return any(other > place or place - other == 1 for place in places for other in others)
