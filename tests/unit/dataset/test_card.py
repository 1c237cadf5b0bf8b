"""A dataset's card needs its fields and its headings."""

from pathlib import Path

import pytest

from kitwright.dataset import read_card
from kitwright.errors import FaultsFound

CARD = """\
---
name: visits
title: Visits
language: en
license: CC-BY-4.0
size: 12
source: written for this kit
created: 2026-01-05
fields: {id: unique, text: the message}
intended_use: training
personal_data: none
---
## What it is
Messages.
## How it was made
By hand.
## Limits
Few.
"""


def test_a_card_is_read(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(CARD)
    card = read_card(tmp_path / "README.md")
    assert (card.size, card.created, card.fields["id"]) == (12, "2026-01-05", "unique")


def test_missing_headings_and_fields_are_all_reported(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(CARD.replace("## Limits", "Limits").replace("size: 12\n", ""))
    with pytest.raises(FaultsFound) as caught:
        read_card(tmp_path / "README.md", "README.md")
    assert [fault.problem for fault in caught.value.faults] == ["the card has no heading 'Limits'", "is missing"]
