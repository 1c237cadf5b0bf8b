"""Training examples of the tagger: templates filled several times, in the spellings in which people type."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kitwright.encoder import with_slips
from kitwright.privacy.tagger.filling import Filler
from kitwright.privacy.tagger.lists import Lists
from kitwright.privacy.tagger.marked import KEEP, Marked, Stretch, entries, parse_marked

_LOWER: Final = 0.3
_UPPER: Final = 0.05
_BARE: Final = 0.1  # without punctuation at the end
_NEXT: Final = 0.15  # two entries in one message
_SLIP: Final = 0.2  # a slip of the finger beside what is personal
_ROOM: Final = 12  # letters in which one may slip


@dataclass(frozen=True, slots=True)
class Templates:
    """Entries to fill, and those of them that are held out to learn thresholds from."""

    learned: tuple[str, ...]
    held_out: tuple[str, ...]


def read_templates(folder: Path, *, share: float = 0.1, seed: int = 0) -> Templates:
    """The entries of a folder's files; a share of them held out, by the entry.

    Raises:
        FaultsFound: a file can not be read.
    """
    lines = [line for path in sorted(folder.glob("*.txt")) for _, line in entries(path)]
    rng = random.Random(seed)
    rng.shuffle(lines)
    cut = round(share * len(lines))
    return Templates(tuple(lines[cut:]), tuple(lines[:cut]))


def examples(templates: Sequence[str], lists: Lists, *, count: int, seed: int) -> list[Marked]:
    """`count` examples: every template equally often, those without slots too, spelled in different ways."""
    return list(_examples(templates, lists, count, random.Random(seed)))


def _examples(templates: Sequence[str], lists: Lists, count: int, rng: random.Random) -> Iterator[Marked]:
    filler, order = Filler(lists, rng), list(templates)
    for number in range(count):
        if number % len(order) == 0:
            rng.shuffle(order)
        found = filler.fill(order[number % len(order)])
        if rng.random() < _NEXT:
            found = _joined(found, filler.fill(rng.choice(order)), rng.choice((" ", "\n", ". ")))
        yield spelled(_personal(found), rng)


def _personal(marked: Marked) -> Marked:
    return Marked(marked.text, tuple(each for each in marked.stretches if each.label != KEEP))


def _joined(first: Marked, second: Marked, between: str) -> Marked:
    place = len(first.text) + len(between)
    moved = (Stretch(each.start + place, each.end + place, each.label) for each in second.stretches)
    return Marked(first.text + between + second.text, (*first.stretches, *moved))


def spelled(marked: Marked, rng: random.Random) -> Marked:
    """The same in lower case, in capitals, without its last sign, or with a slip of the finger, at times."""
    marked = _with_a_slip(marked, rng) if rng.random() < _SLIP else marked
    text, draw = marked.text, rng.random()
    if draw < _LOWER:
        text = _same_length(text, text.lower())
    elif draw < _LOWER + _UPPER:
        text = _same_length(text, text.upper())
    if rng.random() < _BARE and text[-1:] in ".!?" and not any(each.end == len(text) for each in marked.stretches):
        text = text[:-1]
    return Marked(text, marked.stretches)


def _with_a_slip(marked: Marked, rng: random.Random) -> Marked:
    """The same with a slip somewhere between the stretches, which move along."""
    edges = [0, *(place for each in marked.stretches for place in (each.start, each.end)), len(marked.text)]
    gaps = [(a + 1, b - 1) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > _ROOM]
    if not gaps:
        return marked
    start, end = rng.choice(gaps)
    slipped = with_slips(marked.text[start:end], rng)
    moved = len(slipped) - (end - start)
    stretches = (
        Stretch(each.start + moved, each.end + moved, each.label) if each.start >= end else each
        for each in marked.stretches
    )
    return Marked(marked.text[:start] + slipped + marked.text[end:], tuple(stretches))


def _same_length(text: str, changed: str) -> str:
    return changed if len(changed) == len(text) else text


def plain_examples(texts: Sequence[str], *, seed: int) -> list[Marked]:
    """Texts that hold nothing personal."""
    rng = random.Random(seed)
    return [spelled(parse_marked(text), rng) for text in texts]
