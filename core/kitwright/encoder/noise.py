"""Slips of the finger, as people make them who type on a phone: seeded, one or more a message."""

import random
from collections.abc import Callable
from typing import Final

_NEIGHBOURS: Final = {
    letter: near
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for at, letter in enumerate(row)
    for near in (row[max(at - 1, 0) : at] + row[at + 1 : at + 2],)
}


def with_slips(text: str, rng: random.Random, *, slips: int = 1) -> str:
    """The text with some slips: a letter left out, doubled, swapped or hit beside, a space lost, a word dropped.

    Args:
        text: at least one character.
        rng: decides everything.
        slips: how many.
    """
    for _ in range(slips):
        text = rng.choice(_SLIPS)(text, rng) or text
    return text


def _left_out(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    return text[:at] + text[at + 1 :]


def _doubled(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    return text[:at] + text[at] + text[at:]


def _swapped(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _hit_beside(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    near = _NEIGHBOURS.get(text[at].lower())
    return text[:at] + rng.choice(near) + text[at + 1 :] if near else text


def _joined(text: str, rng: random.Random) -> str:
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    at = rng.choice(spaces) if spaces else len(text)
    return text[:at] + text[at + 1 :]


def _dropped(text: str, rng: random.Random) -> str:
    words = text.split()
    if len(words) > 3:
        del words[rng.randrange(len(words))]
    return " ".join(words)


_SLIPS: Final[tuple[Callable[[str, random.Random], str], ...]] = (
    _left_out,
    _doubled,
    _swapped,
    _hit_beside,
    _joined,
    _dropped,
)
