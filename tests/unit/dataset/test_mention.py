"""Mentions: whole words and whole figures, whatever the typography, numbers in words or figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.dataset import mentions


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Within thirty days.", "30 days"),
        ("within 30 days", "thirty days"),
        ("It takes twenty-one days", "21 days"),
        ("It costs £ 3.95.", "£3.95"),
        ("It costs £50.00.", "£50"),
        ("Up to £1,000.", "£1000"),
        ("It is “final”, isn’t it", "isn't"),
        ("2 – 4 working days", "2-4"),
        ("two to four working days", "2 to 4"),
        ("wash at 30 °C", "30°C"),
        ("by 2 p.m. at the latest", "2pm"),
        ("ROYAL  MAIL\nTracked 48", "Royal Mail"),
        ("a hundred points", "100 points"),
        ("No, we can't.", "no"),
        ("it opens at 9:30.", "9:30"),
    ],
)
def test_is_mentioned(text: str, wording: str) -> None:
    assert mentions(text, wording)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("It costs £5.95.", "£5"),
        ("It costs £15.", "£5"),
        ("It opens at 9:30.", "9"),
        ("114 days", "14 days"),
        ("3.14 days", "14 days"),
        ("we know nothing", "no"),
        ("yesterday", "yes"),
        ("£1,000", "£1"),
        ("€5.95", "£5.95"),
        ("", "no"),
    ],
)
def test_is_not_mentioned(text: str, wording: str) -> None:
    assert not mentions(text, wording)


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_number_is_found_in_figures_exactly_where_it_stands(stated: int, wanted: int) -> None:
    assert mentions(f"about {stated} days", f"{wanted} days") is (stated == wanted)


@given(st.text(max_size=40), st.text(alphabet="abc 1£.-", max_size=20), st.text(max_size=10))
def test_case_and_spaces_do_not_count(before: str, wording: str, after: str) -> None:
    if wording.strip():
        assert mentions(f"{before} {wording.upper()} {after}", wording) == mentions(
            f"{before}  {wording}\t{after}", f" {wording} "
        )
