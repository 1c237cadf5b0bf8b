"""The toolbox: real values at the call only, scrubbed results, and failures that quote nobody."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from kitwright.bot.toolbox import Toolbox
from kitwright.errors import ToolFailed
from kitwright.kit.tool_spec import tool_spec
from kitwright.privacy import Entities, PresidioScrubber, PrivacyPolicy
from kitwright.types import RawText, ScrubbedText, Turn
from unit.bot.turns import turn_of

SCRUBBER = PresidioScrubber(PrivacyPolicy(entities=Entities(keep=("DATE_TIME",))))
CANARY = "canary.person@example.com"


@dataclass(frozen=True)
class Customer:
    """Something that is not JSON and shows an address."""

    email: str = CANARY


def owner() -> Turn:
    turn = replace(turn_of(), text=ScrubbedText("I am <EMAIL_ADDRESS_1>"))
    assert turn.vault.hide("EMAIL_ADDRESS", "jo@example.com", owned=True) == "<EMAIL_ADDRESS_1>"
    return turn


def call(function: Callable[..., Any], slots: Mapping[str, object] | None = None, turn: Turn | None = None) -> Any:
    """The scrubbed facts that the tool gives for these slots."""
    toolbox = Toolbox({"look": tool_spec("look", function, "Shop")}, SCRUBBER, {"currency": "GBP"})
    answer = toolbox.for_turn(turn or owner())("look", slots or {})
    assert (answer.source.id, answer.source.title) == ("tool:look", "Shop")
    return answer.facts


def recorder() -> tuple[Callable[..., Any], list[dict[str, object]]]:
    seen: list[dict[str, object]] = []

    def look(email: str, count: float, query: str, colour: str = "red") -> dict[str, object]:
        """Look."""
        seen.append({"email": email, "count": count, "query": query, "colour": colour})
        return {"noted": email}

    return look, seen


def test_a_tool_gets_real_values_and_nobody_else_does() -> None:
    look, seen = recorder()
    facts = call(look, {"email": "<EMAIL_ADDRESS_1>", "count": 2.0, "stray": "x"})
    assert seen == [
        {"email": "jo@example.com", "count": 2.0, "query": "I am jo@example.com", "colour": "red"},
    ]
    assert facts == {"noted": "<EMAIL_ADDRESS_1>"}


def test_what_no_slot_fills_is_empty_or_left_to_its_default() -> None:
    look, seen = recorder()
    call(look, {"email": None, "query": "lamps"})
    assert seen == [{"email": "", "count": "", "query": "lamps", "colour": "red"}]


def test_a_placeholder_of_another_person_stays_one() -> None:
    look, seen = recorder()
    call(look, {"email": "<EMAIL_ADDRESS_7>"})
    assert seen[0]["email"] == "<EMAIL_ADDRESS_7>"


@pytest.mark.parametrize(
    "value",
    [
        f"write to {CANARY}",
        [1, ["a", CANARY]],
        (CANARY,),
        {CANARY},
        frozenset({CANARY}),
        {"deep": {"er": [{"mail": CANARY}]}},
        {CANARY: 1},
        Customer(),
        [Customer()],
        CANARY.encode(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_results_are_scrubbed_however_deep(value: object) -> None:
    turn = owner()

    def look() -> dict[str, object]:
        """Look."""
        return {"found": value, "owner": "jo@example.com"}

    facts = call(look, turn=turn)
    assert "canary" not in str(facts)
    assert "<EMAIL_ADDRESS_2>" in str(facts)
    assert facts["owner"] == "<EMAIL_ADDRESS_1>"
    assert "canary" not in turn.vault.restore(ScrubbedText(str(facts)))


def test_plain_values_keep_their_kind_and_others_become_text() -> None:
    def look() -> dict[str, object]:
        """Look."""
        plain = {"yes": True, "none": None, "count": 3, "share": 0.5, "sizes": ["S", "M"]}
        return {**plain, "price": Decimal("12.50"), "day": dt.date(2026, 1, 5)}

    assert call(look) == {
        "yes": True,
        "none": None,
        "count": 3,
        "share": 0.5,
        "sizes": ["S", "M"],
        "price": "12.50",
        "day": "2026-01-05",
    }


def test_a_tool_may_ask_for_the_context() -> None:
    def look(*, context: Mapping[str, object]) -> Mapping[str, object]:
        """Look."""
        return {"now": context["now"], "settings": context["settings"], "conversation": context["conversation_id"]}

    assert call(look) == {"now": "2026-01-05T12:00:00+00:00", "settings": {"currency": "GBP"}, "conversation": "c"}


def failure(function: Callable[..., Any]) -> ToolFailed:
    with pytest.raises(ToolFailed) as failed:
        call(function, {"email": "<EMAIL_ADDRESS_1>"})
    return failed.value


def test_a_tool_that_raises_quotes_nothing_that_was_typed() -> None:
    def look(email: str) -> dict[str, object]:
        """Look."""
        raise KeyError(f"no customer {email}")

    error = failure(look)
    assert error.faults[0].line() == "KW401 tool look: raised KeyError"
    assert error.__cause__ is None
    assert error.__context__ is None


@pytest.mark.parametrize("value", [None, ["a"], "jo@example.com", 3])
def test_a_tool_that_returns_something_else_fails(value: object) -> None:
    def look(email: str) -> Any:
        """Look."""
        return value

    assert failure(look).faults[0].problem == f"returned {type(value).__name__} instead of a mapping"


def test_a_tool_that_leaves_the_process_does_not() -> None:
    def look(email: str) -> dict[str, object]:
        """Look."""
        raise SystemExit(f"no customer {email}")

    assert failure(look).faults[0].line() == "KW401 tool look: raised SystemExit"


def test_numbers_as_long_as_a_phone_number_are_scrubbed_too() -> None:
    def look() -> dict[str, object]:
        """Look."""
        return {"phone": 447700900123, "order": 1043, "card": 4111111111111111, "share": 0.25, "total": 123456.5}

    facts = call(look)
    assert facts == {
        "phone": "<PHONE_NUMBER_1>",
        "order": 1043,
        "card": "<CREDIT_CARD_1>",
        "share": 0.25,
        "total": 123456.5,
    }


def test_values_in_lists_are_real_at_the_call() -> None:
    seen: list[object] = []

    def look(emails: list[str]) -> dict[str, object]:
        """Look."""
        seen.append(emails)
        return {}

    call(look, {"emails": ["<EMAIL_ADDRESS_1>", {"to": "<EMAIL_ADDRESS_1>"}, 3]})
    assert seen == [["jo@example.com", {"to": "jo@example.com"}, 3]]


def test_a_result_that_can_not_be_scrubbed_is_a_failure_of_the_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    def look(email: str) -> dict[str, object]:
        """Look."""
        return {"noted": email}

    def fail(*_: object) -> None:
        raise MemoryError("jo@example.com")

    monkeypatch.setattr("kitwright.privacy.scrubber._analyse", fail)
    error = failure(look)
    assert (error.faults[0].code, error.faults[0].place) == ("KW202", "tool look")
    assert "jo@" not in str(error)
    assert error.__context__ is None


def test_a_look_alike_that_a_tool_repeats_stays_one() -> None:
    def look(query: str) -> dict[str, object]:
        """Look."""
        return {"said": query, "own": "<EMAIL_ADDRESS_1>"}

    turn = owner()
    typed = SCRUBBER.scrub(RawText("<EMAIL_ADDRESS_1>"), turn.vault).text
    facts = call(look, {"query": typed}, turn)
    assert turn.vault.restore(ScrubbedText(str(facts))) == "{'said': '<EMAIL_ADDRESS_1>', 'own': '<EMAIL_ADDRESS_1>'}"
    assert "jo@" not in turn.vault.restore(ScrubbedText(str(facts)))
