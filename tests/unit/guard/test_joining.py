"""Names and figures stay joined as their source joins them."""

import pytest

from kitwright.guard.joining import anchors, joins_otherwise, names

SHOPS = "Our shops are at 14 Park Row in Bristol, 52 Cockburn Street in Edinburgh and 8 Drury Street in Dublin."


@pytest.mark.parametrize(
    ("said", "otherwise"),
    [
        ("The Edinburgh shop is in Bristol at 14 Park Row.", True),
        ("You find us in Dublin at 52 Cockburn Street.", True),
        ("The shop in Bristol is at 14 Park Row.", True),  # right, yet no order of words tells it from the next
        ("Our Bristol shop is at 8 Drury Street.", False),  # not seen: the order is that of the source
        ("In Edinburgh we are at 52 Cockburn Street.", True),
        ("Our shops are in Bristol, Edinburgh and Dublin.", False),
        ("We are at 52 Cockburn Street in Edinburgh.", False),
        ("We have a shop in Leeds.", False),
        ("We have shops.", False),
    ],
)
def test_joins(said: str, otherwise: bool) -> None:
    assert joins_otherwise(anchors(said), anchors(SHOPS)) is otherwise


def test_names_are_capitals_behind_the_first_word() -> None:
    assert names("No, Parcels to Iceland or the EU take I think a week") == {"iceland", "eu"}
