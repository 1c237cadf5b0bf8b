"""Words of a text, and the tags that tell where a named stretch of them begins (B-x), goes on (I-x), or is not (O)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

OUTSIDE: Final = "O"
_NEVER: Final = -1e9

Words = list[tuple[int, int]]
"""Places of words in a text: first character, and one past the last."""


def joined_words(text: str, places: Sequence[tuple[int, int]]) -> tuple[Words, list[int]]:
    """Tokens joined to words of letters and digits, other signs one by one; and the number of each word's first token.

    Args:
        text: what was read.
        places: of its tokens; marks of the model are empty.
    """
    words: Words = []
    firsts: list[int] = []
    for number, (start, end) in enumerate(places):
        if start == end:
            continue
        if words and start == words[-1][1] and text[words[-1][0] : end].isalnum():
            words[-1] = (words[-1][0], end)
        else:
            words.append((start, end))
            firsts.append(number)
    return words, firsts


def tags_of(names: Iterable[str]) -> tuple[str, ...]:
    """`O` first, then B-x and I-x for each name x."""
    return (OUTSIDE, *(f"{part}-{name}" for name in names for part in "BI"))


def best_path(scores: npt.NDArray[Any], tags: Sequence[str]) -> list[int]:
    """The best sequence of tags in which I-x follows only B-x or I-x (Viterbi).

    Args:
        scores: shape (words, tags), at least one word.
        tags: as `tags_of` gives them.
    """
    inside = np.asarray([tag.startswith("I-") for tag in tags])
    own = np.asarray([[a[2:] == b[2:] and a != OUTSIDE for b in tags] for a in tags])
    moves = np.where(inside[np.newaxis, :] & ~own, _NEVER, 0.0)
    best, back = np.where(inside, _NEVER, scores[0]), []
    for row in scores[1:]:
        ways = best[:, np.newaxis] + moves
        back.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + row
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def stretches(path: Iterable[int], tags: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """The named stretches of a path: name, first word, and one past the last, in order."""
    name, begun, at = "", 0, 0
    for at, tag in enumerate(path):
        if name and not tags[tag].startswith("I-"):
            yield name, begun, at
            name = ""
        if tags[tag].startswith("B-"):
            name, begun = tags[tag][2:], at
    if name:
        yield name, begun, at + 1
