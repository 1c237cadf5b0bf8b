"""Values that the owner supplied before are hidden wherever they come back, and nothing else is."""

import pytest

from kitwright.privacy import MemoryVault, PresidioScrubber
from kitwright.privacy.known import with_known
from kitwright.types import RawText, Span


@pytest.fixture(scope="module")
def scrubber() -> PresidioScrubber:
    return PresidioScrubber()


def test_a_name_that_a_tool_answers_with_alone_is_hidden(scrubber: PresidioScrubber) -> None:
    vault = MemoryVault()
    scrubber.scrub(RawText("my name is Ottoline Brazdimek"), vault)
    for text in ("Ottoline Brazdimek", "OTTOLINE  BRAZDIMEK", "For Ottoline Brazdimek, Bristol"):
        assert "BRAZDIMEK" not in scrubber.scrub_foreign(text, vault).upper()
    assert scrubber.scrub_foreign("Ottoline Brazdimek", vault) == "<PERSON_1>"
    assert scrubber.scrub_foreign("Ottoline Brazdimekova", vault) == "Ottoline Brazdimekova"


def test_the_owner_who_says_it_again_gets_it_back_to_the_letter(scrubber: PresidioScrubber) -> None:
    vault = MemoryVault()
    scrubber.scrub(RawText("my name is Ottoline Brazdimek"), vault)
    again = "ottoline brazdimek, as I said"
    scrubbed = scrubber.scrub(RawText(again), vault).text
    assert "brazdimek" not in scrubbed
    assert vault.restore(scrubbed) == again


def test_another_conversation_knows_nothing_of_it(scrubber: PresidioScrubber) -> None:
    scrubber.scrub(RawText("my name is Ottoline Brazdimek"), MemoryVault())
    assert scrubber.scrub_foreign("Ottoline Brazdimek", MemoryVault()) == "Ottoline Brazdimek"


@pytest.mark.parametrize("value", ["1234", "91", "Al Li"])
def test_short_values_are_left_to_the_recognisers(value: str) -> None:
    assert with_known(f"order {value}", (), {"<SECRET_1>": value}) == ()


def test_what_was_found_stays_and_only_the_rest_is_added() -> None:
    text = "Ottoline Brazdimek-Vance and ottoline brazdimek"
    found = (Span(9, 24, "PERSON", 0.8),)
    values = {"<PERSON_1>": "Ottoline Brazdimek", "<PERSON_2>": "Brazdimek-Vance", "<TEXT_1>": "<PERSON_9>"}
    spans = with_known(text, found, values)
    assert [text[s.start : s.end] for s in spans] == ["Ottoline ", "Brazdimek-Vance", "ottoline brazdimek"]
    assert with_known(text, found, {}) == found


def test_a_typed_placeholder_is_not_taken_for_a_value() -> None:
    assert with_known("to <PERSON_7>", (), {"<TEXT_1>": "<PERSON_7>"}) == ()
