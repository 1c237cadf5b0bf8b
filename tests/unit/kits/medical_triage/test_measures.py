"""Numbers with units, ages and lengths of time, as people and clinicians write them."""

import pytest

from medical_triage.reading.ages import age_in
from medical_triage.reading.measures import measures_of
from medical_triage.reading.times import hours_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("temp of 39.5", {"temperature_c": 39.5}),
        ("fever 102.2 F since last night", {"temperature_c": 39.0}),
        ("her temperature was 101", {"temperature_c": 38.3}),
        ("38,4°C this morning", {"temperature_c": 38.4}),
        ("BP 185/122 and a headache", {"systolic": 185, "diastolic": 122}),
        ("blood pressure is 88 over 50", {"systolic": 88, "diastolic": 50}),
        ("HR 130, RR 28, SpO2 91% on air", {"heart_rate": 130, "breaths": 28, "oxygen": 91}),
        ("sats are 94%", {"oxygen": 94}),
        ("pain is 8/10", {"pain": 8}),
        ("seven out of ten? more like 9 out of 10", {"pain": 9}),
        ("blood sugar 22 mmol", {"glucose": 22}),
        ("glucose 450 mg/dl", {"glucose": 25}),
        ("sugar reads 52", {"glucose": 2.9}),
        ("I'm 32 weeks pregnant", {"weeks_pregnant": 32}),
        ("36+4 weeks gestation", {"weeks_pregnant": 36}),
        ("5 months pregnant", {"weeks_pregnant": 22}),
        ("I take 20 mg of it twice a day, on the 3/4 of May", {}),
        ("my temperature is 20", {}),
    ],
)
def test_numbers_are_read_with_their_units(text: str, expected: dict[str, float]) -> None:
    assert measures_of(text) == expected


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("I'm 34 and", 34),
        ("A 48-year-old woman", 48),
        ("67yo male", 67),
        ("67 y/o M", 67),
        ("my 3 year old", 3),
        ("aged 51", 51),
        ("F29 here", 29),
        ("24m, chest hurts", 24),
        ("my six month old", 0.5),
        ("he's 8 weeks old", 8 / 52.2),
        ("baby is 10 days old", 10 / 365),
        ("my baby is 2 months and hot", 2 / 12),
        ("a 3 week baby", 3 / 52.2),
        ("my baby has been ill for 2 weeks", None),
        ("in my early 40s", 45),
        ("just turned 70, male", 70),
        ("My mum (80) fell", 80),
        ("for 3 years now", None),
        ("I'm 20 weeks pregnant", None),
        ("pain for the last 2 days", None),
    ],
)
def test_ages_are_read(text: str, years: float | None) -> None:
    months = age_in(text)
    assert months == (None if years is None else pytest.approx(years * 12, rel=0.05))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("for 3 days", 72),
        ("since yesterday", 24),
        ("a couple of weeks", 336),
        ("lasted 15 minutes", 0.25),
        ("2-day history of", 48),
        ("half an hour", 0.5),
        ("a 3 year old", None),
        ("2 or 3 weeks", 504),
        ("for months", 2200),
    ],
)
def test_lengths_of_time_are_read(text: str, hours: float | None) -> None:
    assert hours_of(text) == (None if hours is None else pytest.approx(hours))
