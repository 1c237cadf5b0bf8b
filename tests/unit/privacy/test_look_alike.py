"""Look-alikes of placeholders: found in whatever characters, and what only has brackets left alone."""

import time

import pytest

from kitwright.privacy import MemoryVault, PresidioScrubber
from kitwright.privacy.look_alike import look_alikes
from kitwright.privacy.plain import plain
from kitwright.types import RawText

SCRUBBER = PresidioScrubber()


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in look_alikes(text, plain(text))]


@pytest.mark.parametrize(
    "typed",
    [
        "<PERSON_1>",
        "<PERSON_1B>",
        "<person_1>",
        "<Person_1b>",
        "＜PERSON＿１＞",
        "〈PERSON_1〉",
        "‹PERSON_1›",
        "<P\u200bERSON_1>",
        "<PERSON_\u20601\ufeff>",
        "<PER\u00adSON_1>",
        "<\u202ePERSON_1\u202c>",
        "<РЕRSОN_1>",
        "<PΕRSON_1>",
        "<PERSON_١>",
        "<PERSON_𝟏>",
        "<𝐏𝐄𝐑𝐒𝐎𝐍_1>",
        "<PERSON‿1>",
        "<PERSON_\u03521>",
        "< PERSON_1 >",
        "<EMAIL_ADDRESS_1>",
    ],
)
def test_a_look_alike_is_hidden_whole_and_given_back(typed: str) -> None:
    assert typed in found(f"x {typed} y")
    vault = MemoryVault()
    vault.hide("PERSON", "Jo", owned=True)
    scrubbed = SCRUBBER.scrub(RawText(f"x {typed} y"), vault).text
    assert scrubbed == "x <TEXT_1> y"
    assert vault.restore(scrubbed) == f"x {typed} y"


@pytest.mark.parametrize(
    "typed",
    ["<b>", "<h1>", "1 < 2 > 0", "<FH-1043>", "<1043>", "« il y a 20 »", "<https://a.example/1>", "<3", "a_1", ""],
)
def test_what_only_has_brackets_stays(typed: str) -> None:
    assert found(typed) == []


@pytest.mark.parametrize(
    "unit", ["<", "<A_", "<A_1", "<a_1_", "＜_", "<_1", "<aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_1_1_1_1_1"]
)
def test_a_megabyte_of_beginnings_takes_bounded_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    began = time.perf_counter()
    assert len(list(look_alikes(text, plain(text)))) == 0
    assert time.perf_counter() - began < 10
