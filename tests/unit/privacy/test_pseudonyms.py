"""Pseudonyms: one number for one person or number whatever the spelling, and never one for two people."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.privacy.pseudonyms import Numbers, Pseudonyms
from kitwright.types import PLACEHOLDER, count_of, label_of, placeholder


def numbers_of(label: str, *values: str) -> list[int]:
    names = Pseudonyms(Numbers())
    return [count_of(names.token(label, value))[0] for value in values]


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        (("jane", "Jane", "Jane Doe", "Ms Doe", "DOE", "J. Doe", "Doe, Jane", "Jane's"), [1] * 8),
        (("Ms Doe", "Jane Doe", "Dr Doe"), [1, 1, 1]),
        (("Mr Doe", "Mrs Doe", "Mr Doe"), [1, 2, 1]),
        (("Mr Doe", "John Doe", "Mrs Doe", "Mary Doe"), [1, 1, 2, 2]),
        (("Jane Doe", "Jane Roe", "jane", "Jane Doe", "jane"), [1, 2, 3, 1, 3]),
        (("jane", "Jane Doe", "Jane Roe", "jane", "Ms Roe"), [1, 1, 2, 1, 2]),
        (("José Núñez", "jose nunez", "JOSÉ"), [1, 1, 1]),
        (("Jane Mary Doe", "Jane Doe", "Mary"), [1, 1, 2]),
        (("Ann-Marie O’Neil", "ann-marie o'neil"), [1, 2]),
        (("李明", "李明", "王芳"), [1, 1, 2]),
        (("Ms Jane", "Jane Doe"), [1, 2]),
        (("Jo 1", "Jo 2", "!!!", "!!!"), [1, 2, 3, 3]),
    ],
)
def test_spellings_of_one_person_share_a_number(values: tuple[str, ...], numbers: list[int]) -> None:
    assert numbers_of("PERSON", *values) == numbers


@pytest.mark.parametrize(
    ("label", "values", "numbers"),
    [
        ("EMAIL_ADDRESS", ("Jo@Example.com", "jo@example.com", "jo at example dot com", "jo @ example . com"), [1] * 4),
        ("EMAIL_ADDRESS", ("jo-p@x.example", "jop@x.example", "jo.p@x.example"), [1, 2, 3]),
        ("PHONE_NUMBER", ("07700 900123", "+44 7700 900123", "+44 (0)7700-900123", "0044 7700 900123"), [1] * 4),
        ("PHONE_NUMBER", ("212 555 0123", "+1 (212) 555-0123", "+33 212 555 0123"), [1, 1, 2]),
        ("PHONE_NUMBER", ("07700 900123", "oh seven seven double oh nine double oh one two three"), [1, 1]),
        ("PHONE_NUMBER", ("900123", "+44 7700 900123", "07700 900124"), [1, 2, 3]),
        ("UK_POSTCODE", ("BS6 5QA", "bs65qa", "BS6 5QB"), [1, 1, 2]),
        ("CREDIT_CARD", ("4111 1111 1111 1111", "4111-1111-1111-1111"), [1, 1]),
        ("CITY", ("Jane", "jane doe"), [1, 2]),
    ],
)
def test_writings_of_one_value_share_a_number(label: str, values: tuple[str, ...], numbers: list[int]) -> None:
    assert numbers_of(label, *values) == numbers


def test_each_spelling_has_a_placeholder_that_stays() -> None:
    names = Pseudonyms(Numbers())
    spellings = ["jane", "Jane", "JANE", "Jane Doe"]
    tokens = [names.token("PERSON", spelling) for spelling in spellings]
    assert tokens == ["<PERSON_1>", "<PERSON_1B>", "<PERSON_1C>", "<PERSON_1D>"]
    assert [names.token("PERSON", spelling) for spelling in spellings] == tokens


def test_both_sides_count_together_and_stay_apart() -> None:
    numbers = Numbers()
    own, others = Pseudonyms(numbers), Pseudonyms(numbers, spellings=False)
    assert own.token("PERSON", "Jane Doe") == "<PERSON_1>"
    assert others.token("PERSON", "Jane Doe") == "<PERSON_2>"
    assert others.token("PERSON", "Ms Doe") == "<PERSON_2>"
    assert own.token("PERSON", "jane") == "<PERSON_1B>"
    assert own.find("PERSON", "JANE  DOE") == "<PERSON_1>"
    assert own.find("PERSON", "Ms Doe") is None


def test_what_an_earlier_vault_gave_out_is_known_again() -> None:
    names = Pseudonyms(Numbers())
    names.take_up("<PERSON_3>", "jane")
    names.take_up("<PERSON_3B>", "Jane Doe")
    assert names.token("PERSON", "Jane Doe") == "<PERSON_3B>"
    assert names.token("PERSON", "Ms Doe") == "<PERSON_3C>"
    assert names.token("PERSON", "Al") == "<PERSON_4>"


@given(
    label=st.from_regex(r"[A-Z][A-Z_]{0,8}", fullmatch=True),
    number=st.integers(1, 10**6),
    spelling=st.integers(1, 10**6),
)
def test_a_placeholder_tells_what_it_was_made_of(label: str, number: int, spelling: int) -> None:
    token = placeholder(label, number, spelling)
    assert PLACEHOLDER.fullmatch(token)
    assert (label_of(token), count_of(token)) == (label, (number, spelling))


@given(st.lists(st.text(max_size=12), max_size=8))
def test_two_spellings_never_share_a_placeholder(values: list[str]) -> None:
    names = Pseudonyms(Numbers())
    for label in ("PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS"):
        tokens = {value: names.token(label, value) for value in values}
        assert len(set(tokens.values())) == len(tokens)


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("PERSON", "Jane {}"),
        ("PERSON", "{} Doe"),
        ("PERSON", "Jane Doe{}"),
        ("PHONE_NUMBER", "+44 7700 9{}"),
        ("EMAIL_ADDRESS", "{}@example.com"),
    ],
)
def test_twenty_thousand_values_take_bounded_time(label: str, value: str) -> None:
    names = Pseudonyms(Numbers())
    spelled = (f"{number:05d}" if label == "PHONE_NUMBER" else _in_letters(number) for number in range(20_000))
    began = time.perf_counter()
    tokens = {names.token(label, value.format(each)) for each in spelled}
    assert len(tokens) == 20_000
    assert time.perf_counter() - began < 20


def _in_letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:05d}")
