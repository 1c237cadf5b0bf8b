"""Quasi-identifiers: what people tell of themselves is found and made coarse, and what they say of goods is not."""

import pytest

from kitwright.privacy.quasi import GENERALISE, QuasiKind, area, quasi_identifiers


def told(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, value in quasi_identifiers(text):
        found.setdefault(kind, set()).add(value)
    return found


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("I'm 34 and can't decide", "30-39"),
        ("my mum is 91, is it easy to put on?", "90 and over"),
        ("58 yo, chest pain", "50-59"),
        ("a 7-year-old", "0-9"),
        ("62M, cough", "60-69"),
        ("I have just turned 40", "40-49"),
        ("she is in her early 70s", "70-79"),
        ("my fifties have been kind to me", "50-59"),
        ("aged 19", "10-19"),
    ],
)
def test_ages_are_bands_of_ten_years(text: str, age: str) -> None:
    assert told(text)["age"] == {age}


@pytest.mark.parametrize(
    "text",
    [
        "I'm 5 ft 6",
        "I am 12 weeks along with this return",
        "I'm 170 cm",
        "he is 80kg",
        "I'm 20% sure",
        "my waist is 32 inch",
        "order 1043, 2 items, size 38",
        "Is it open until 6?",
        "I'm 10 minutes away",
    ],
)
def test_other_numbers_are_no_ages(text: str) -> None:
    assert "age" not in told(text)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("I am a woman with narrow feet", "sex", "female"),
        ("a 58-year-old man", "sex", "male"),
        ("as a tall guy, well, as a man", "sex", "male"),
        ("I'm breastfeeding at the moment", "sex", "female"),
        ("my brother is a lorry driver", "occupation", "lorry driver"),
        ("I work as a paramedic", "occupation", "paramedic"),
        ("I'm a retired head teacher", "occupation", "head teacher"),
        ("I was diagnosed with Lupus last year", "condition", "lupus"),
        ("after my kidney transplant", "condition", "kidney transplant"),
        ("I\u2019ve got Crohn\u2019s disease", "condition", "crohn's disease"),
        ("I'm Polish, so my English is poor", "origin", "polish"),
        ("I am a single mum of two", "household", "single mum"),
        ("our triplets need vests", "household", "triplets"),
        ("I live in Leith", "place", "leith"),
        ("we moved to Stoke-on-Trent", "place", "stoke-on-trent"),
        ("ordered on 14th March", "date", "03"),
        ("March 14, 2026", "date", "2026-03"),
        ("2026-03-14", "date", "2026-03"),
        ("delivered 03/04/25", "date", "2025-04"),
    ],
)
def test_what_people_tell_of_themselves(text: str, kind: str, value: str) -> None:
    assert value in told(text)[kind]


@pytest.mark.parametrize(
    "text",
    [
        "do you have women's coats and men's shirts?",
        "I'm looking for a lady's top",
        "I'm after a doctor's bag and a nurse's watch",
        "do you sell Polish jumpers in white?",
        "can I return it in May or on Monday?",
        "a stroke of luck",
        "I want it in Black",
        "what does the baker boy hat cost?",
    ],
)
def test_what_people_say_of_goods_tells_nothing(text: str) -> None:
    assert told(text) == {}


def test_places_of_the_scrubber_are_made_coarse() -> None:
    assert [area(place) for place in ("BS6 5QA", "sw1a2aa", "90210", "90210-1234", "Rue  Haute", "D02 X285")] == [
        "BS", "SW", "902xx", "902xx", "rue haute", "d02 x285",
    ]  # fmt: skip
    found = quasi_identifiers("hello", places=["BS6 5QA", "BS1 1AA"])
    assert [(quasi.kind, quasi.value) for quasi in found] == [("place", "BS")]


def test_every_kind_has_its_advice() -> None:
    assert set(GENERALISE) == set(QuasiKind.__args__)  # type: ignore[attr-defined]


def test_long_texts_take_time_that_grows_with_their_length_only() -> None:
    assert quasi_identifiers("I'm a a a a a a " * 20_000) == frozenset()
    assert quasi_identifiers("my my is is a " * 20_000) == frozenset()
