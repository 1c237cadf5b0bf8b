"""BANKING77: `train.csv` and `test.csv` with `text,category` (PolyAI, CC BY 4.0)."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kitwright.dataset.importers.draft import Outcome, TextDraft, attempt, text_of
from kitwright.dataset.importers.table import Row, read_rows
from kitwright.errors import Fault


def read(path: Path) -> Iterator[Outcome]:
    """Labelled texts; the file's name is the split.

    Raises:
        FaultsFound: the file is not of this form.
    """
    split = path.stem if path.stem in ("train", "test") else None
    for row in read_rows(path, ("text", "category")):
        yield row if isinstance(row, Fault) else attempt(row.place, partial(_draft, row, split))


def _draft(row: Row, split: str | None) -> TextDraft:
    text, label = text_of(row.cells, "text"), text_of(row.cells, "category")
    return TextDraft(place=row.place, text=text, label=label, split=split)
