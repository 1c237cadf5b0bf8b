"""A dataset's card: the README.md beside its records, with YAML front matter."""

import re
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from kitwright.errors import Fault
from kitwright.files import Faults, read_front_matter, validate

HEADINGS: Final = ("What it is", "How it was made", "Limits")


class DatasetCard(BaseModel):
    """What a person must know before using a dataset.

    Args:
        size: number of records.
        created: ISO date.
        fields: field name to its meaning.
        personal_data: what of it the records hold, or `none`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    language: str
    license: str
    size: int = Field(ge=0)
    source: str
    created: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    fields: dict[str, str]
    intended_use: str
    personal_data: str


def read_card(path: Path, shown: str | None = None) -> DatasetCard:
    """Read a card.

    Raises:
        FaultsFound: unreadable, wrong fields, or KW106 for each missing heading.
    """
    document, body = read_front_matter(path, shown)
    faults = Faults()
    headings = {match.strip() for match in re.findall(r"^#+[ \t]+(.+)$", body, re.MULTILINE)}
    for heading in HEADINGS:
        if heading not in headings:
            problem = f"the card has no heading {heading!r}"
            faults.add(Fault(code="KW106", place=document.shown, problem=problem, choices=HEADINGS))
    with faults.collecting():
        card = validate(DatasetCard, document)
    faults.raise_if_any()
    return card
