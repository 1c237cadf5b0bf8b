"""Values that the owner has supplied before: wherever they come back, they need no context to be found any more.

A name is found where somebody says that it is theirs; a tool that answers with nothing but the name would pass it on.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kitwright.types import Span

_LEAST: Final = 6  # letters and digits; shorter values, such as a PIN or an age, turn up by chance
_LABEL: Final = re.compile(r"<([A-Z][A-Z_]*?)_\d")
_SCORE: Final = 1.0


def with_known(text: str, found: Iterable[Span], values: Mapping[str, str]) -> tuple[Span, ...]:
    """The findings, and what of the owner's values they leave uncovered, in order of position.

    Args:
        text: the text that was scanned.
        found: findings on it that do not overlap.
        values: placeholder to value; looked for as whole words, in any case and spacing.
    """
    held = list(found)
    for label, value in _telling(values):
        words = r"\s{1,3}".join(map(re.escape, value.split()))
        for match in re.finditer(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE):
            held += [Span(*piece, label, _SCORE) for piece in _uncovered(text, match.span(), held)]
    return tuple(sorted(held, key=lambda span: span.start))


def _telling(values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Label and value, the longest first."""
    told = [(_LABEL.match(token), value) for token, value in values.items() if not _LABEL.match(value)]
    long = [(label[1], value) for label, value in told if label and sum(map(str.isalnum, value)) >= _LEAST]
    return sorted(long, key=lambda each: -len(each[1]))


def _uncovered(text: str, place: tuple[int, int], held: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """The pieces of a place that no span covers and that hold a letter or digit."""
    start, end = place
    for span in sorted((s for s in held if s.start < end and s.end > start), key=lambda span: span.start):
        if any(map(str.isalnum, text[start : span.start])):
            yield start, span.start
        start = max(start, span.end)
    if any(map(str.isalnum, text[start:end])):
        yield start, end
