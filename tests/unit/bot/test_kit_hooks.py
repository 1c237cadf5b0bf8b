"""Screen, policy and check: what they are told, what becomes of their words, and what happens when they fail."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from kitwright.bot.kit_hooks import check_call, policy_call, screen_call
from kitwright.bot.toolbox import Toolbox
from kitwright.errors import ToolFailed
from kitwright.kit import KitCode
from kitwright.privacy import PresidioScrubber
from kitwright.types import (
    Button,
    Decision,
    Entity,
    Event,
    FoundPassage,
    IntentScore,
    Passage,
    RawText,
    ScrubbedText,
    Turn,
    Understanding,
)
from unit.bot.turns import turn_of

TOOLBOX = Toolbox({}, PresidioScrubber(), {"country": "GB"})
CONTEXT = {"conversation_id": "c", "now": "2026-01-05T12:00:00+00:00", "settings": {"country": "GB"}}
VERDICT = {"text": "Call 112.", "why": "red flag", "handoff": True, "buttons": [{"title": "Yes", "payload": "/yes"}]}


def code(**hooks: Callable[..., Any]) -> KitCode:
    return cast("KitCode", SimpleNamespace(**{"screen": None, "policy": None, "check": None, **hooks}))


def understood() -> Turn:
    understanding = Understanding((IntentScore("ask", 0.9),), (Entity("day", "Monday", 0, 6),), 0.8, np.zeros(1))
    return replace(turn_of(), text=ScrubbedText("<PERSON_1> asks"), understanding=understanding)


def asked(name: str, hook: Callable[..., Any] | None) -> Decision | None:
    """What comes of a hook of this name."""
    given = code(**({name: hook} if hook else {}))
    passage = FoundPassage(Passage(id="p", title="t", text="A fact.", source="s"), 0.9)
    decision = Decision(kind="answer", why="w", evidence=(ScrubbedText("{'n': 3}"),))
    turn = replace(understood(), passages=(passage,), decision=decision)
    match name:
        case "screen":
            return screen_call(given, TOOLBOX)(RawText("raw jo@example.com"), turn)
        case "policy":
            return policy_call(given, TOOLBOX)(turn)
        case _:
            return check_call(given, TOOLBOX)(ScrubbedText("A reply."), turn)


HOOKS = ("screen", "policy", "check")


@pytest.mark.parametrize("name", HOOKS)
def test_a_kit_without_the_hook_has_no_say(name: str) -> None:
    assert asked(name, None) is None


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_that_returns_none_lets_the_turn_go_on(name: str) -> None:
    assert asked(name, lambda *_: None) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("screen", ("raw jo@example.com", CONTEXT)),
        (
            "policy",
            (
                "<PERSON_1> asks",
                {
                    "intents": [{"name": "ask", "confidence": 0.9}],
                    "entities": [{"name": "day", "value": "Monday", "start": 0, "end": 6, "role": None}],
                    "in_scope": 0.8,
                },
                CONTEXT,
            ),
        ),
        ("check", ("A reply.", ["A fact.", "{'n': 3}"], CONTEXT)),
    ],
)
def test_what_a_hook_is_told(name: str, expected: tuple[object, ...]) -> None:
    seen: list[tuple[object, ...]] = []
    asked(name, lambda *arguments: seen.append(arguments))
    assert seen == [expected]


@pytest.mark.parametrize("name", ["screen", "policy"])
def test_a_verdict_becomes_the_decision(name: str) -> None:
    assert asked(name, lambda *_: VERDICT) == Decision(
        kind="handoff", why="red flag", texts=(ScrubbedText("Call 112."),), buttons=(Button("Yes", "/yes"),)
    )
    assert asked(name, lambda *_: {"text": "No.", "why": "rule"}) == Decision(
        kind="say", why="rule", texts=(ScrubbedText("No."),)
    )


def test_an_objection_brings_its_own_words_or_none() -> None:
    assert asked("check", lambda *_: {"why": "dosage", "instead": "Ask a doctor."}) == Decision(
        kind="say", why="dosage", texts=(ScrubbedText("Ask a doctor."),)
    )
    assert asked("check", lambda *_: {"why": "dosage"}) == Decision(kind="say", why="dosage", texts=(ScrubbedText(""),))


def test_there_is_no_policy_where_nothing_was_understood() -> None:
    call = policy_call(code(policy=lambda *_: VERDICT), TOOLBOX)
    assert call(turn_of()) is None


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        *((name, answer) for name in HOOKS for answer in ({"txt": "typo"}, "a word")),
        ("screen", {"why": "w", "text": "t", "buttons": 3}),
        ("policy", {"why": "w", "text": "t", "buttons": [{"title": "no payload"}]}),
    ],
)
def test_a_malformed_answer_ends_the_turn(name: str, answer: object) -> None:
    with pytest.raises(ToolFailed, match=f"KW401 {name}: the kit's {name} failed"):
        asked(name, lambda *_: answer)


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_that_raises_ends_the_turn_and_quotes_nobody(name: str) -> None:
    def hook(*arguments: object) -> None:
        raise ValueError(f"no idea what to do with {arguments[0]}")

    with pytest.raises(ToolFailed) as failed:
        asked(name, hook)
    assert str(failed.value) == f"KW401 {name}: the kit's {name} failed (ValueError)"
    assert failed.value.__context__ is None


def test_what_a_screen_repeats_of_the_message_is_scrubbed() -> None:
    def screen(text: str, _context: object) -> dict[str, object]:
        button = {"title": text, "payload": "/yes"}
        return {"text": "Call 116 123, jo@example.com!", "why": f"alarm in {text}", "buttons": [button]}

    turn = turn_of()
    said = screen_call(code(screen=screen), TOOLBOX)(RawText("help jo@example.com"), turn)
    assert said == Decision(
        kind="say",
        why="alarm in help <EMAIL_ADDRESS_1>",
        texts=(ScrubbedText("Call 116 123, <EMAIL_ADDRESS_1>!"),),
        buttons=(Button("help <EMAIL_ADDRESS_1>", "/yes"),),
    )
    assert turn.vault.restore(said.texts[0]) == "Call 116 123, jo@example.com!"


def test_what_a_kit_keeps_comes_back_in_the_next_context() -> None:
    state = {"asked": ["chest_pain", "age"], "count": 2, "note": "Call jo@example.com", "none": None}
    first = understood()
    decision = policy_call(code(policy=lambda *_: {**VERDICT, "state": state}), TOOLBOX)(first)
    assert decision is not None
    (event,) = decision.events
    assert event.kind == "kit_state"
    kept = event.data["state"]
    assert kept == {**state, "note": "Call <EMAIL_ADDRESS_1>"}
    seen: list[object] = []

    def look(_text: str, _understood: object, context: dict[str, object]) -> None:
        seen.append(context.get("state"))

    policy_call(code(policy=look), TOOLBOX)(replace(understood(), past=(event,)))
    policy_call(code(policy=look), TOOLBOX)(replace(understood(), past=(event, Event("restarted", first.at))))
    assert seen == [kept, None]
