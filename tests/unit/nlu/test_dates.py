"""Days as people write them, resolved from a Saturday: 28 November 2026."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.nlu import EntityFinder, NluData
from kitwright.nlu.dates import date_entities
from kitwright.types import ScrubbedText

NOW = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)


def days(text: str) -> list[tuple[str, str]]:
    return [(text[c.start : c.end], c.value) for c in date_entities(text, NOW)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it came last tuesday", ("last tuesday", "2026-11-24")),
        ("i ordered 3 weeks ago", ("3 weeks ago", "2026-11-07")),
        ("i ordered a couple of wks ago", ("a couple of wks ago", "2026-11-14")),
        ("twenty two days ago", ("twenty two days ago", "2026-11-06")),
        ("it arrived on the 5th", ("the 5th", "2026-11-05")),
        ("will it come by the 5th?", ("the 5th", "2026-12-05")),
        ("can you say whether it came on friday", ("friday", "2026-11-27")),
        ("can you deliver on friday", ("friday", "2026-12-04")),
        ("the day before yesterday", ("the day before yesterday", "2026-11-26")),
        ("it came this morning", ("this morning", "2026-11-28")),
        ("bought on 03/04/2026", ("03/04/2026", "2026-04-03")),
        ("on 5.11.26", ("5.11.26", "2026-11-05")),
        ("order 1043 on 12 nov", ("12 nov", "2026-11-12")),
        ("needed by 19 December please", ("19 December", "2026-12-19")),
        ("bought on Saturday 21st November", ("Saturday 21st November", "2026-11-21")),
        ("Nov 5th, 2025", ("Nov 5th, 2025", "2025-11-05")),
        ("in 14 days", ("in 14 days", "2026-12-12")),
    ],
)
def test_a_day(text: str, expected: tuple[str, str]) -> None:
    assert days(text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["may I return this", "swap the 12 for a 14", "my sun dress", "w32/34", "the 1st time", "30 feb", "last week"],
)
def test_no_day(text: str) -> None:
    assert days(text) == []


def test_only_where_the_domain_declares_it() -> None:
    text = ScrubbedText("two came yesterday")
    finder = EntityFinder(NluData(), {"date", "number"}, now=lambda: NOW)
    assert [(e.name, e.value) for e in finder.find(text)] == [("number", "2"), ("date", "2026-11-27")]
    assert EntityFinder(NluData()).find(text) == ()


@given(st.text(alphabet="0123456789/.- adeghinorstwy", max_size=40))
def test_any_text_gives_iso_days(text: str) -> None:
    assert all(datetime.fromisoformat(value) for _, value in days(text))
