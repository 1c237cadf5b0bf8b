"""No e-mail, card, account or number with right check digits is missed, however and wherever it is written."""

import random
from collections.abc import Callable

import pytest

from kitwright.privacy.patterns.checks import Check, holds
from unit.privacy.patterns.marked import SCRUBBER

FRAMES = (
    "{}", "it is {}.", "({})", "my number:{}", '"{}"', "number={}", "hi,\n{}\nthx", "old 12345 new {}"
    " ok", "order 1043, {}",
    "for 3 days {} and size 12", "I wrote {} on 12/05/2024", "{} 2 days ago", "call 07700 900123 or {}", "{}, {}",
)  # fmt: skip


def grouped(value: str, sizes: tuple[int, ...], between: str) -> str:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(value[at : at + size])
        at += size
    return between.join(piece for piece in (*pieces, value[at:]) if piece)


def digits(rng: random.Random, first: str, length: int, check: Check) -> str:
    while True:
        value = first + "".join(rng.choice("0123456789") for _ in range(length - len(first)))
        if holds(check, value):
            return value


def card(rng: random.Random) -> str:
    first, length = rng.choice([("4", 16), ("51", 16), ("37", 15), ("6011", 16), ("35", 16), ("36", 14), ("2221", 16)])
    sizes, between = rng.choice([(4,) * 4, (99,), (1,) * 16, (4, 6, 5)]), rng.choice([" ", "-", ".", "\u00a0"])
    return grouped(digits(rng, first, length, "card"), sizes, between)


def iban(rng: random.Random) -> str:
    country, body = rng.choice(
        [("DE", 18), ("FR", 23), ("IE", 18), ("GB", 18), ("NL", 14), ("BE", 12), ("CH", 17), ("ES", 20)]
    )
    bank = "BANK" if country in {"IE", "GB", "NL"} else ""
    account = bank + "".join(rng.choice("0123456789") for _ in range(body - len(bank)))
    number = int("".join(str(int(each, 36)) for each in f"{account}{country}00"))
    value = grouped(
        f"{country}{98 - number % 97:02d}{account}", rng.choice([(4,) * 7, (99,), (2, 2, 4, 4, 4, 4)]), rng.choice(" -")
    )
    return rng.choice([value, value.lower()])


def email(rng: random.Random) -> str:
    name = rng.choice(["jane", "j.doe", "jane_doe", "jd+shop", "x9"])
    value = f"{name}@{rng.choice(['gmail.com', 'gmial.com', 'mail.co.uk', 'x.io'])}"
    apart = value.replace("@", " at ").replace(".", " dot ")
    return rng.choice(
        [value, value.upper(), value.replace("@", " @ "), value.replace("@", "[at]").replace(".", "[dot]"), apart]
    )


def of(first: str, length: int, check: Check, *writings: tuple[int, ...]) -> Callable[[random.Random], str]:
    def make(rng: random.Random) -> str:
        return grouped(digits(rng, rng.choice(first), length, check), rng.choice([(99,), *writings]), rng.choice(" -"))

    return make


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(card, id="card"),
        pytest.param(iban, id="IBAN"),
        pytest.param(email, id="e-mail"),
        pytest.param(of("467", 10, "nhs", (3, 3, 4)), id="NHS"),
        pytest.param(of("23456789", 12, "aadhaar", (4, 4, 4)), id="Aadhaar"),
        pytest.param(of("23456", 10, "au_medicare", (4, 5, 1)), id="Australian Medicare"),
        pytest.param(of("12345679", 9, "luhn", (3, 3, 3)), id="Canadian SIN"),
        pytest.param(of("123456789", 11, "de_tax"), id="German tax"),
        pytest.param(of("12", 10, "npi"), id="NPI"),
        pytest.param(of("3", 15, "imei"), id="IMEI"),
    ],
)
def test_none_is_missed(make: Callable[[random.Random], str]) -> None:
    rng = random.Random(20)
    for number in range(3 * len(FRAMES)):
        value = make(rng)
        text = FRAMES[number % len(FRAMES)].format(value, value)
        hidden = SCRUBBER.find(text)
        for start in (text.index(value), text.rindex(value)):
            missed = [
                at
                for at in range(start, start + len(value))
                if text[at].isalnum() and not any(span.start <= at < span.end for span in hidden)
            ]
            assert not missed, text
