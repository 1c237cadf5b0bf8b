"""The two steps: what they write, and that the trace tells labels and never values."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kitwright.privacy import MemoryVault, PresidioScrubber, restore_step, scrub_step
from kitwright.types import RawText, ScrubbedText, Turn


def _turn() -> Turn:
    return Turn(
        conversation_id="c", turn_id="t", received=RawText(""), at=datetime(2025, 1, 1, tzinfo=UTC), vault=MemoryVault()
    )


def test_scrub_writes_text_and_spans_and_counts_labels() -> None:
    turn = replace(_turn(), normal=RawText("jo@example.com, al@example.com, bs6 5qa"))
    after = scrub_step(PresidioScrubber()).run(turn)
    assert after.text == "<EMAIL_ADDRESS_1>, <EMAIL_ADDRESS_2>, <UK_POSTCODE_1>"
    assert after.spans is not None
    assert len(after.spans) == 3
    assert (after.trace[0].decision, after.trace[0].why) == ("3 hidden", "EMAIL_ADDRESS 2, UK_POSTCODE 1")
    assert "jo@" not in repr(after)


def test_restore_gives_the_owner_their_values() -> None:
    turn = _turn()
    turn.vault.hide("PERSON", "Jo", owned=True)
    after = restore_step().run(replace(turn, checked=ScrubbedText("Hello <PERSON_1>")))
    assert after.restored == "Hello Jo"
    assert "Jo" not in repr(after)


def test_steps_declare_what_they_touch() -> None:
    scrub, back = scrub_step(PresidioScrubber()), restore_step()
    reads, writes = frozenset({"normal", "verdict"}), frozenset({"text", "spans"})
    assert (scrub.name, scrub.reads, scrub.writes) == ("scrub", reads, writes)
    assert (back.name, back.reads, back.writes) == ("restore", frozenset({"checked"}), frozenset({"restored"}))


@pytest.mark.parametrize("step", [scrub_step(PresidioScrubber()), restore_step()])
def test_a_step_out_of_order_does_not_run(step) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RuntimeError, match="runs after"):
        step.run(_turn())
