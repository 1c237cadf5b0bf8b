"""Bitext's customer-support set: CSV with `flags,instruction,category,intent,response` (CDLA-Sharing-1.0).

Its blanks such as `{{Order Number}}` become placeholders as a vault writes them, `<ORDER_NUMBER_1>`: one number for
each blank of a record. Where an answer holds one that the question does not, nobody has said the value: the record
is tagged `unfilled`, to be completed with the shop's own facts or taken out.
"""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from kitwright.dataset.importers.conversation import conversation
from kitwright.dataset.importers.draft import ChatDraft, Outcome, attempt, text_of
from kitwright.dataset.importers.table import Row, read_rows
from kitwright.dataset.sample import Said
from kitwright.errors import Fault

_BLANK: Final = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_LABELS: Final = {
    "CLIENT_FIRST_NAME": "PERSON",
    "CLIENT_LAST_NAME": "PERSON",
    "PERSON_NAME": "PERSON",
    "DELIVERY_CITY": "CITY",
}
"""Names of blanks for which the privacy policy has a label of its own."""


def read(path: Path) -> Iterator[Outcome]:
    """Questions with their answers.

    Raises:
        FaultsFound: the file is not of this form.
    """
    for row in read_rows(path, ("instruction", "category", "intent", "response")):
        yield row if isinstance(row, Fault) else attempt(row.place, partial(_draft, row))


def _draft(row: Row) -> ChatDraft:
    blanks = _Blanks()
    question = blanks.filled(text_of(row.cells, "instruction"))
    asked = set(blanks.given)
    answer = blanks.filled(text_of(row.cells, "response"))
    tags = [text_of(row.cells, "category").lower(), text_of(row.cells, "intent")]
    if blanks.given.keys() - asked:
        tags.append("unfilled")
    turns = conversation((Said("user", question), Said("assistant", answer)))
    return ChatDraft(place=row.place, turns=turns, tags=tuple(tags))


class _Blanks:
    """The placeholders of one record, by the name of the blank."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}

    def filled(self, text: str) -> str:
        return _BLANK.sub(lambda match: self._placeholder(match[1].upper()) or match[0], text)

    def _placeholder(self, name: str) -> str | None:
        label = re.sub(r"[^A-Z]+", "_", name).strip("_")
        label = _LABELS.get(label, label)
        if not label:
            return None
        if name not in self.given:
            number = 1 + sum(token.startswith(f"<{label}_") for token in self.given.values())
            self.given[name] = f"<{label}_{number}>"
        return self.given[name]
