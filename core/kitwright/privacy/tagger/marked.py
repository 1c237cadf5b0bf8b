"""Sentences with marks: `[the text](LABEL)` as Rasa writes entities, and `{slot}` where a value is to be filled in."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kitwright.errors import Fault
from kitwright.files import Faults, read_text

KEEP: Final = "KEEP"
"""Label of a stretch that must never be touched; all others are personal."""
LABELS: Final = frozenset(
    {
        "PERSON", "CITY", "REGION", "STREET_ADDRESS", "POSTCODE", "FACILITY", "ORGANIZATION", "PHONE", "EMAIL",
        "USERNAME", "URL", "IP", "DEVICE", "VEHICLE", "ID", "FINANCE", "SECRET", "DATE", "AGE", KEEP,
    }
)  # fmt: skip
_PIECE: Final = re.compile(
    r"\[(?P<text>[^\[\]]+)\]\((?P<label>[A-Z_]+)\)|\{(?P<slot>[a-z0-9_]+)(?:#(?P<number>\d+))?\}"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A labelled stretch of a text: its first character, and one past the last."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its labelled stretches in order of position."""

    text: str
    stretches: tuple[Stretch, ...]


Fill = Callable[[str, str | None], Marked]
"""Gives the value of a slot, by its name and its number where it has one."""


def parse_marked(line: str, fill: Fill | None = None) -> Marked:
    r"""Read a line; `\n` is a line break.

    Args:
        line: the entry.
        fill: gives the values of slots; without it they stay as they are written.

    Example:
        >>> parse_marked("I am [Jo](PERSON)").stretches
        (Stretch(start=5, end=7, label='PERSON'),)
    """
    text, at = "", 0
    stretches: list[Stretch] = []
    line = line.replace("\\n", "\n")
    for piece in _PIECE.finditer(line):
        text += line[at : piece.start()]
        at = piece.end()
        if piece["text"]:
            value = Marked(piece["text"], (Stretch(0, len(piece["text"]), piece["label"]),))
        else:
            value = fill(piece["slot"], piece["number"]) if fill else Marked(piece[0], ())
        moved = (Stretch(s.start + len(text), s.end + len(text), s.label) for s in value.stretches)
        stretches += moved
        text += value.text
    return Marked(text + line[at:], tuple(stretches))


def entries(path: Path) -> Iterator[tuple[int, str]]:
    """Number and text of the entries of a file; lines that open with `# ` are comments."""
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip() and not line.startswith("# "):
            yield number, line.strip()


def read_marked(path: Path) -> list[Marked]:
    """The entries of a file without slots.

    Raises:
        FaultsFound: the file can not be read, or marks are malformed; every one is named.
    """
    faults, found = Faults(), []
    for number, line in entries(path):
        entry = parse_marked(line)
        wrong = {stretch.label for stretch in entry.stretches} - LABELS
        if wrong or re.search(r"[\[\]]", entry.text):
            problem = f"unknown label {', '.join(sorted(wrong))}" if wrong else "a mark is not closed"
            faults.add(Fault(code="KW103", place=f"{path}:{number}", problem=problem, choices=tuple(sorted(LABELS))))
        found.append(entry)
    faults.raise_if_any()
    return found
