"""The turn: immutable, with nothing personal in its repr."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from typing import Any

import pytest

from kitwright.types import INPUT_FIELDS, TURN_FIELDS, Event, RawText, Turn

PERSONAL = "jo@example.com"


def turn(**given: Any) -> Turn:
    vault: Any = {PERSONAL}
    at = datetime(2026, 1, 5, tzinfo=UTC)
    return Turn(conversation_id="c", turn_id="t", received=RawText(PERSONAL), at=at, vault=vault, **given)


def test_nothing_personal_shows() -> None:
    given = turn(normal=RawText(PERSONAL), restored=PERSONAL, past=(Event("user", datetime.now(UTC), {"x": PERSONAL}),))
    assert PERSONAL not in repr(given)


def test_a_note_makes_a_new_turn() -> None:
    first = turn()
    second = first.note("scrub", "done", "why")
    assert first.trace == ()
    assert [(entry.step, entry.decision, entry.why) for entry in second.trace] == [("scrub", "done", "why")]
    with pytest.raises(FrozenInstanceError):
        second.trace = ()  # type: ignore[misc]


def test_the_fields_given_at_the_start_are_those_of_the_first_block() -> None:
    assert INPUT_FIELDS < TURN_FIELDS
    given = turn()
    assert {name for name in TURN_FIELDS - INPUT_FIELDS if getattr(given, name) not in (None, ())} == set()
