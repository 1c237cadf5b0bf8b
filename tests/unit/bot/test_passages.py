"""Passages in a turn: nearly all as they are, and one with personal data scrubbed into the conversation's vault."""

from kitwright.bot.passages import passage_scrubber
from kitwright.privacy import PresidioScrubber
from kitwright.types import FoundPassage, Passage, ScrubbedText
from unit.bot.turns import turn_of

SCRUBBER = PresidioScrubber()


def found(text: str, excerpt: str = "") -> FoundPassage:
    return FoundPassage(Passage(id=text[:9], title="Desk", text=text, source="guide"), 0.5, excerpt)


def test_a_passage_without_personal_data_is_left_alone() -> None:
    given = found("The desk is open from 9 to 5.")
    assert passage_scrubber(SCRUBBER)(given, turn_of()) is given


def test_personal_data_are_hidden_in_whole_and_excerpt() -> None:
    clean = passage_scrubber(SCRUBBER)
    given = found("Ask at desk@example.org. It is open.", "Ask at desk@example.org.")
    for _ in range(2):
        turn = turn_of()
        seen = clean(given, turn)
        assert (seen.text, seen.passage.text) == (
            "Ask at <EMAIL_ADDRESS_1>.",
            "Ask at <EMAIL_ADDRESS_1>. It is open.",
        )
        assert turn.vault.restore(ScrubbedText(seen.text)) == seen.text


def test_the_owners_own_value_in_a_passage_is_theirs() -> None:
    turn = turn_of()
    turn.vault.hide("EMAIL_ADDRESS", "Desk@example.org", owned=True)
    seen = passage_scrubber(SCRUBBER)(found("Ask at desk@example.org."), turn)
    assert turn.vault.restore(ScrubbedText(seen.text)) == "Ask at Desk@example.org."
