"""Tables of text: rows of a CSV file by column name, with the line each begins at."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from kitwright.dataset.importers.opening import opened, wrong_file
from kitwright.errors import Fault

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS: Final = (",", ";", "\t", "|")


class Row(NamedTuple):
    """A row: file and line where it begins, and its cells by column."""

    place: str
    cells: Mapping[str, str]


def read_rows(path: Path, *choices: Sequence[str]) -> Iterator[Row | Fault]:
    """The rows of a file, and a fault for each that does not fit its header.

    Args:
        path: its first line names the columns; comma, semicolon, tab or bar parts them.
        choices: sets of columns, one of which it must have.

    Raises:
        FaultsFound: the file can not be read, or has none of the sets.
    """
    with opened(path) as text:
        first = text.readline()
        if not first.strip():
            raise wrong_file(path, "its first line is empty", code="KW103")
        delimiter = _delimiter(first, choices)
        if delimiter is None:
            wanted = " or ".join(", ".join(columns) for columns in choices)
            found = max((_header(first, each) for each in _DELIMITERS), key=len)
            raise wrong_file(f"{path}:1", f"has no columns {wanted}", code="KW106", choices=tuple(found))
        yield from _rows(path, csv.reader(chain([first], text), delimiter=delimiter))


def _delimiter(first: str, choices: Sequence[Sequence[str]]) -> str | None:
    """The first that gives a header with the columns of one set."""
    for delimiter in _DELIMITERS:
        header = set(_header(first, delimiter))
        if any(header.issuperset(columns) for columns in choices):
            return delimiter
    return None


def _header(first: str, delimiter: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([first], delimiter=delimiter))]
    except csv.Error:
        return []


def _rows(path: Path, reader: "Reader") -> Iterator[Row | Fault]:
    header = [name.strip() for name in next(reader)]
    while True:
        place = f"{path}:{reader.line_num + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:  # such as a quote that is never closed; the reader goes on behind it
            yield Fault(code="KW113", place=place, problem=f"not CSV: {error}")
            continue
        if len(cells) == len(header):
            yield Row(place, dict(zip(header, cells, strict=True)))
        elif cells:
            problem = f"{len(cells)} columns, the header has {len(header)}"
            yield Fault(code="KW113", place=place, problem=problem)
