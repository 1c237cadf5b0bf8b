"""What can not be what the tagger takes it for."""

import pytest

from kitwright.privacy.tagger.plausible import is_plausible


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("PERSON", "Jo"),
        ("PERSON", "Ng"),
        ("PERSON", "J. T."),
        ("PERSON", "Hey Ana"),
        ("PERSON", "Nana Mensah"),
        ("AGE", "94"),
        ("AGE", "ninety-four"),
        ("POSTCODE", "LL57 2DG"),
        ("DATE", "12"),
        ("CITY", "Ho"),
        ("PHONE", "07700 900123"),
    ],
)
def test_what_can_be_personal_stays_a_finding(label: str, value: str) -> None:
    assert is_plausible(label, value)


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("PERSON", "L"),
        ("PERSON", "XL"),
        ("PERSON", "20"),
        ("PERSON", "Hey"),
        ("PERSON", "i.e."),
        ("PERSON", "grandad"),
        ("AGE", "34"),
        ("AGE", "thirty-"),
        ("POSTCODE", "SPRING15 HELLO10 MYMAY"),
        ("DATE", "the"),
    ],
)
def test_what_can_be_nothing_personal_does_not(label: str, value: str) -> None:
    assert not is_plausible(label, value)
