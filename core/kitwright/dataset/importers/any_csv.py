"""Any table of two columns: a text with its label, or a prompt with its completion; columns are matched by name."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from kitwright.dataset.importers.conversation import conversation
from kitwright.dataset.importers.draft import ChatDraft, Draft, Importer, Outcome, TextDraft, attempt, text_of
from kitwright.dataset.importers.table import Row, read_rows
from kitwright.dataset.sample import Said
from kitwright.errors import Fault

FIELDS: Final = (("text", "label"), ("prompt", "completion"))
"""What the columns can be matched to."""

_FILES: Final = ("*.csv", "*.tsv")


def with_columns(columns: Mapping[str, str]) -> Importer:
    """An importer of tables.

    Args:
        columns: field to the name of its column, for both fields of one of `FIELDS`.
    """
    return Importer(partial(_read, columns=columns), _FILES)


def read(path: Path) -> Iterator[Outcome]:
    """Rows of a table whose columns are called as the fields are.

    Raises:
        FaultsFound: the file can not be read, or has other columns.
    """
    for row in read_rows(path, *FIELDS):
        if isinstance(row, Fault):
            yield row
        else:
            fields = next(fields for fields in FIELDS if row.cells.keys() >= set(fields))
            yield attempt(row.place, partial(_draft, row, {field: field for field in fields}))


def _read(path: Path, *, columns: Mapping[str, str]) -> Iterator[Outcome]:
    for row in read_rows(path, tuple(columns.values())):
        yield row if isinstance(row, Fault) else attempt(row.place, partial(_draft, row, columns))


def _draft(row: Row, columns: Mapping[str, str]) -> Draft:
    values = {field: text_of(row.cells, column) for field, column in columns.items()}
    if "text" in values:
        return TextDraft(place=row.place, text=values["text"], label=values["label"])
    turns = conversation((Said("user", values["prompt"]), Said("assistant", values["completion"])))
    return ChatDraft(place=row.place, turns=turns)
