"""The receive step: what is cleaned, refused and screened, before any other step sees the message."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.bot.receive import ScreenCall, cleaned, receive_step
from kitwright.guard import GuardRules
from kitwright.types import Decision, RawText, Turn
from unit.bot.turns import says, turn_of

RULES = GuardRules(max_characters=200)


def received(text: str, screen: ScreenCall = lambda _text, _turn: None) -> Turn:
    return receive_step(RULES, respond=says, screen=screen).run(turn_of(text))


def normal(turn: Turn) -> str:
    assert turn.normal is not None
    return turn.normal.reveal()


def test_a_message_is_accepted_as_it_is() -> None:
    turn = received("Where is\nmy\tparcel? 🙂 مرحبا")
    assert normal(turn) == "Where is\nmy\tparcel? 🙂 مرحبا"
    assert turn.verdict is None
    assert (turn.trace[-1].decision, turn.trace[-1].why) == ("accepted", "27 characters")


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t\n", "\0", "\x07\x1b", "\ud800"])
def test_an_empty_message_is_answered_at_once(nothing: str) -> None:
    turn = received(nothing)
    assert turn.verdict is not None
    assert (turn.verdict.why, turn.trace[-1].decision) == ("utter_empty", "empty")


def test_the_limit_itself_is_not_too_long() -> None:
    assert received("x" * 200).verdict is None


def test_of_a_message_that_is_too_long_nothing_goes_on() -> None:
    turn = received("x" * 190 + " canary@example.com")
    assert turn.verdict is not None
    assert turn.verdict.why == "utter_too_long"
    assert normal(turn) == ""
    assert turn.trace[-1].why == "209 characters, at most 200"


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ud800", "\uffff"])
def test_control_and_half_characters_become_spaces(character: str) -> None:
    assert normal(received(f"a{character}b")) == "a b"


def test_text_is_put_into_nfc() -> None:
    assert normal(received("Cafe\u0301")) == "Caf\u00e9"


@given(st.text(alphabet=st.characters(), max_size=60))
def test_cleaned_text_can_be_stored_and_is_clean_already(text: str) -> None:
    once = cleaned(RawText(text))
    assert once.encode("utf-8").decode() == once
    assert cleaned(RawText(once)) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t" for c in once)


@pytest.mark.parametrize("text", ["my mail is jo@example.com", "", "y" * 300 + " help"])
def test_the_screen_sees_the_raw_text_first_and_wins(text: str) -> None:
    seen: list[str] = []

    def screen(raw: RawText, _turn: Turn) -> Decision:
        seen.append(raw.reveal())
        return Decision(kind="handoff", why="red flag")

    turn = received(text, screen)
    assert seen == [text]
    assert turn.verdict == Decision(kind="handoff", why="red flag")
    assert (turn.trace[-1].decision, turn.trace[-1].why) == ("screened", "red flag")
