"""Which of several overlapping findings holds: the surer one, then the longer one.

The loser keeps whatever the winner does not cover, so that settling a quarrel never uncovers anything.
"""

from collections.abc import Callable, Iterable, Iterator

from kitwright.types import Span


def settle(text: str, found: Iterable[Span], *, rank: Callable[[Span], int]) -> tuple[Span, ...]:
    """Findings that do not overlap, in order of position.

    Args:
        text: the text that was scanned.
        found: findings on it, in any order.
        rank: decides, lower first, where score and length are equal; below zero it decides before them.
    """
    taken = bytearray(len(text))
    held: list[Span] = []
    for span in sorted(set(found), key=lambda s: _order(s, rank(s))):
        for start, end in list(_free(taken, span.start, span.end)):
            taken[start:end] = b"\x01" * (end - start)
            whole = (start, end) == (span.start, span.end)
            if whole or any(map(str.isalnum, text[start:end])):
                held.append(Span(start, end, span.label, span.score))
    return tuple(sorted(held, key=lambda span: span.start))


def _order(span: Span, rank: int) -> tuple[bool, float, int, int, int, str]:
    return rank >= 0, -span.score, span.start - span.end, rank, span.start, span.label


def _free(taken: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        start = taken.find(0, start, end)
        if start == -1:
            return
        stop = taken.find(1, start, end)
        stop = end if stop == -1 else stop
        yield start, stop
        start = stop
