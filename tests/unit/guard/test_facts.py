"""Facts: two wordings of one fact are one key, and two facts are two."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.guard import Fact, OutputRules, facts_of, is_supported

ALL = OutputRules().facts


def keys(text: str) -> list[str]:
    return sorted(fact.key for fact in facts_of(text, ALL))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # prices
        ("£3.95", ["£3.95"]),
        ("£ 3.90 or £3.9", ["£3.9"]),
        ("3.95 pounds", ["£3.95"]),
        ("twenty pounds", ["£20"]),
        ("twenty-five quid", ["£25"]),
        ("a hundred and five pounds", ["£105"]),
        ("GBP 20", ["£20"]),
        ("20 GBP", ["£20"]),
        ("30 euros, 30€, €30", ["€30"]),
        ("12 dollars", ["$12"]),
        ("£1,250.00", ["£1250"]),
        ("99p", ["£0.99"]),
        ("50 pence", ["£0.5"]),
        ("£5, and £6.", ["£5", "£6"]),
        ("£3.95 p&p", ["£3.95"]),
        # numbers with units
        ("thirty days", ["30 day"]),
        ("30-day", ["30 day"]),
        ("a thirty-day wait", ["30 day"]),
        ("30 calendar days", ["30 day"]),
        ("twenty-one days", ["21 day"]),
        ("seventy days", ["70 day"]),
        ("one hundred and twenty days", ["120 day"]),
        ("2-4 working days", ["2", "4 working day"]),
        ("2–4 business days", ["2", "4 working day"]),
        ("2 to 4 working days", ["2", "4 working day"]),
        ("20%", ["20 %"]),
        ("twenty percent, 20 per cent", ["20 %"]),
        ("7.5 %", ["7.5 %"]),
        ("30 mins, 30 minutes", ["30 minute"]),
        ("24 hrs", ["24 hour"]),
        ("30 °C, 30°c", ["30 °c"]),
        ("30 degrees", ["30 °"]),
        ("3 stores, 3 shops, 3 store", ["3 shop"]),
        ("12 inches", ["12 inch"]),
        ("3 installments", ["3 instalment"]),
        ("sizes 8,10,12", ["10", "12", "8"]),
        ("1,000 points", ["1000 point"]),
        ("the 1st of 3", ["1", "3"]),
        ("one of the best", []),
        # times
        ("9:30-18:00", ["18:00", "9:30"]),
        ("09:30 to 6pm", ["18:00", "9:30"]),
        ("9am, 9 a.m., 9.00am", ["9:00"]),
        ("12:15 am and 12 pm", ["0:15", "12:00"]),
        # codes and order numbers
        ("order FERN-1043", ["1043"]),
        ("order #1043", ["1043"]),
        ("use SAVE20", ["save20"]),
        # dates
        ("14 March, 14th of March, March 14th, 14 Mar", ["14 march"]),
        ("2026-03-14, 14/03/2026, 03/14/2026, 14.3.26, March 14, 2026", ["14 march 2026"]),
        ("4 Sept 2026", ["4 september 2026"]),
        ("2026-13-45", ["2026-13-45"]),
        ("99/99/2026", ["99/99/2026"]),
        # links, e-mail, telephone
        ("see https://www.fern.example/returns.", ["fern.example/returns"]),
        ("(fern.example/Returns/)", ["fern.example/returns"]),
        ("**www.fern.example**", ["fern.example"]),
        ("mail help@fern.example", ["help@fern.example"]),
        ("0117 496 0123", ["01174960123"]),
        ("0117-496-0123", ["01174960123"]),
        ("+44 20 7946 0018", ["442079460018"]),
        # what is no fact
        ("<ORDER_NUMBER_1> and <PHONE_NUMBER_12>", []),
        ("1. Open it.\n2) Close it.", []),
        ("", []),
    ],
)
def test_keys(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def test_only_the_wanted_kinds_are_read_and_no_stretch_counts_twice() -> None:
    assert facts_of("£30 on 3 May", ["number"]) == frozenset()
    assert facts_of("£30 on 3 May", ["date"]) == {Fact("date", "3 may")}


@pytest.mark.parametrize(
    ("said", "source", "supported"),
    [
        ("30", "30 days", True),
        ("30 days", "30", False),
        ("30 days", "30 weeks", False),
        ("30 days", "£30", False),
        ("4 working days", "2-4 working days", True),
        ("2 working days", "2-4 working days", False),
        ("4 days", "2-4 working days", False),
        ("3.95", "£3.95", True),
        ("£3.95", "3.95", False),
        ("£20", "$20", False),
        ("9 to 6", "9:00-18:00", True),
        ("18:30", "9:30-18:00", False),
        ("9:00", "9:30", False),
        ("14 March", "2026-03-14", True),
        ("14 March 2026", "14 March", False),
        ("in 2026", "14 March 2026", True),
        ("14 March 2027", "2026-03-14", False),
        ("30 degrees", "30°C", True),
        ("3 degrees", "30°C", False),
        ("30°F", "30°C", False),
        ("5 percent", "5 points", False),
        ("15%", "15 per cent", True),
        ("SAVE20", "20", False),
        ("1 March", "1", False),
        ("fern.example/sale", "fern.example", False),
        ("0117 496 0124", "0117 496 0123", False),
    ],
)
def test_support(said: str, source: str, supported: bool) -> None:
    evidence = facts_of(source, ALL)
    loose = [fact for fact in facts_of(said, ALL) if not is_supported(fact, evidence)]
    assert (not loose) is supported


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_a_price_is_one_fact_however_it_is_written(pounds: int, pence: int) -> None:
    plain, decimals = f"{pounds}.{pence:02d}", f"{pounds:,}.{pence:02d}"
    for text in (f"£{plain}", f"£{decimals}", f"£ {plain}", f"{decimals} pounds", f"GBP {plain}", f"it is £{plain}."):
        assert facts_of(text, ALL) == facts_of(f"£{plain}", ALL)
    other = facts_of(f"£{pounds}.{(pence + 1) % 100:02d}", ALL)
    assert other != facts_of(f"£{plain}", ALL)


@given(st.dates())
def test_a_date_is_one_fact_however_it_is_written(date: datetime.date) -> None:
    month = date.strftime("%B")
    year = f"{date.year:04d}"
    wordings = [f"{date.day} {month} {year}", f"{month} {date.day}, {year}", f"{date.day}/{date.month}/{year}"]
    wordings.append(f"{year}-{date.month:02d}-{date.day:02d}")
    assert len({facts_of(text, ALL) for text in wordings}) == 1


@given(st.integers(0, 999))
def test_figures_before_units_read_back(number: int) -> None:
    assert keys(f"within {number} days") == [f"{number} day"]


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    found = facts_of(text, ALL)
    assert all(is_supported(fact, found) for fact in found)
