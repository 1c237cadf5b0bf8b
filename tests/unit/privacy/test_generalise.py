"""Generalising: coarser values that read as what they are, and nothing guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.privacy.generalise import How, generalised
from kitwright.types import PLACEHOLDER

TODAY = date(2026, 1, 5)
HOWS: tuple[How, ...] = ("age_band", "over_89", "year", "month", "region")


@pytest.mark.parametrize(
    ("label", "how", "value", "coarser"),
    [
        ("AGE", "over_89", "93 years old", "aged 90 or over"),
        ("AGE", "over_89", "93", "90 or over"),
        ("AGE", "over_89", "aged 101", "aged 90 or over"),
        ("AGE", "over_89", "90-year-old", "aged 90 or over"),
        ("AGE", "over_89", "89 y/o", "89 y/o"),
        ("AGE", "over_89", "95 months old", "95 months old"),
        ("AGE", "over_89", "ninety-three", None),
        ("AGE", "age_band", "34", "30 to 39"),
        ("AGE", "age_band", "34 years old", "aged 30 to 39"),
        ("AGE", "age_band", "7 months old", "aged 0 to 9"),
        ("AGE", "age_band", "90", "90 or over"),
        ("DATE_TIME", "year", "12 May 2024", "a day in 2024"),
        ("DATE_TIME", "year", "12/05/2024", "a day in 2024"),
        ("DATE_TIME", "year", "2024-05-12", "a day in 2024"),
        ("DATE_TIME", "year", "12/05/24", "a day in 2024"),
        ("DATE_TIME", "year", "12.05.98", "a day in 1998"),
        ("DATE_TIME", "year", "May 2024", "the year 2024"),
        ("DATE_TIME", "year", "2024", "2024"),
        ("DATE_TIME", "year", "12 May", None),
        ("DATE_TIME", "year", "May 2023 to May 2024", None),
        ("DATE_OF_BIRTH", "year", "3 March 1980", "a day in 1980"),
        ("DATE_OF_BIRTH", "year", "3 March 1936", "a day 90 or more years ago"),
        ("DATE_OF_BIRTH", "month", "3 March 1930", "a day 90 or more years ago"),
        ("DATE_TIME", "month", "12th of sept 2024", "a day in September 2024"),
        ("DATE_TIME", "month", "2024-05-12", "a day in May 2024"),
        ("DATE_TIME", "month", "2024-13-12", None),
        ("DATE_TIME", "month", "12/05/2024", None),
        ("DATE_TIME", "month", "May 2024", "May 2024"),
        ("UK_POSTCODE", "region", "bs1 5ja", "the BS1 area"),
        ("UK_POSTCODE", "region", "EC1A1BB", "the EC1A area"),
        ("IE_EIRCODE", "region", "D6W XY00", "the D6W area"),
        ("CA_POSTAL_CODE", "region", "k1a 0b1", "the K1A area"),
        ("AU_POSTCODE", "region", "2000", "the 20 area"),
        ("DE_PLZ", "region", "10115", "the 10 area"),
        ("FR_POSTCODE", "region", "75011", "the 75 area"),
        ("US_ZIP_CODE", "region", "94103-1234", "the 941 area"),
        ("US_ZIP_CODE", "region", "03601", None),
        ("US_ZIP_CODE", "region", "82190", None),
        ("PHONE_NUMBER", "region", "07700 900123", None),
        ("CITY", "region", "Bristol", None),
    ],
)
def test_a_value_becomes_coarser_or_is_hidden(label: str, how: How, value: str, coarser: str | None) -> None:
    assert generalised(label, how, value, today=TODAY) == coarser


@given(st.sampled_from(HOWS), st.sampled_from(["AGE", "DATE_TIME", "US_ZIP_CODE", "UK_POSTCODE"]), st.text(max_size=20))
def test_nothing_that_comes_out_can_be_part_of_a_placeholder(how: How, label: str, value: str) -> None:
    coarser = generalised(label, how, value, today=TODAY)
    if coarser is not None and coarser != value:
        assert not PLACEHOLDER.search(f"<PERSON_{coarser}>")
        assert not PLACEHOLDER.search(f"<{coarser}>")
