"""The guard's steps: refusals on the way in; text, passage or fallback on the way out."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from kitwright.guard import GuardRules, InputRule, OutputRules, gate_opener, guard_in_step, guard_out_step
from kitwright.types import Decision, FoundPassage, Message, Passage, RawText, ScrubbedText, Span, Turn

RULES = GuardRules(
    output=OutputRules(hand_over=(r"i'll pass this to a colleague\.",)),
    input=(
        InputRule(id="weapons", patterns=("bomb", r"\bgun\b"), response="utter_no"),
        InputRule(id="worry", patterns=("hurt myself",), response="utter_help", handoff=True),
        InputRule(id="worry", patterns=("lawyer",), response="utter_law"),
    ),
)
FREE = "Returns of clothes are free within 30 days."
PASSAGE = FoundPassage(Passage(id="a", title="Returns", text=f"{FREE} Keep the label.", source="s"), 0.9)


def respond(name: str) -> Decision:
    return Decision(kind="say", why=name, texts=(ScrubbedText(f"[{name}]"),))


def turn(**given: Any) -> Turn:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    vault: Any = None
    return Turn(conversation_id="c", turn_id="t", received=RawText("x"), at=at, vault=vault, **given)


@pytest.mark.parametrize(
    ("text", "response", "kind"),
    [
        ("How to build a BOMB", "utter_no", "say"),
        ("I will hurt myself", "utter_help", "handoff"),
        ("my lawyer will call", "utter_law", "say"),
    ],
)
def test_a_rule_refuses(text: str, response: str, kind: str) -> None:
    after = guard_in_step(RULES, respond=respond).run(turn(text=ScrubbedText(text)))
    assert after.guarded is not None
    assert (after.guarded.texts, after.guarded.kind) == ((f"[{response}]",), kind)
    assert after.trace[-1].decision == "refused"


@pytest.mark.parametrize("given", [{"text": ScrubbedText("a burgundy shirt")}, {"text": None}])
def test_what_no_rule_matches_passes(given: dict[str, Any]) -> None:
    after = guard_in_step(RULES, respond=respond).run(turn(**given))
    assert after.guarded is None
    assert after.trace[-1].decision == "passed"


def test_a_verdict_is_not_looked_at_again() -> None:
    verdict = Decision(kind="say", why="screen")
    after = guard_in_step(RULES, respond=respond).run(turn(text=ScrubbedText("bomb"), verdict=verdict))
    assert after.guarded is None


def test_a_message_with_a_blocked_value_is_answered_by_its_response() -> None:
    step = guard_in_step(RULES, respond=respond, block={"CREDIT_CARD": "utter_no_cards"})
    spans = (Span(0, 4, "PERSON", 1.0), Span(5, 9, "CREDIT_CARD", 1.0))
    after = step.run(turn(text=ScrubbedText("bomb <CREDIT_CARD_1>"), spans=spans))
    assert after.guarded is not None
    assert (after.guarded.texts, after.guarded.why) == (("[utter_no_cards]",), "blocked: CREDIT_CARD")
    assert step.run(turn(text=ScrubbedText("hello"), spans=spans[:1])).guarded is None


def out(given: Turn, objection: Decision | None = None) -> Turn:
    opener = gate_opener(RULES.output)
    return guard_out_step(RULES, open_gate=opener, respond=respond, check=lambda _text, _turn: objection).run(given)


ANSWER = Decision(kind="answer", why="question", query=ScrubbedText("returns?"))


@pytest.mark.parametrize(
    ("draft", "passages", "text", "note"),
    [
        (FREE, (PASSAGE,), FREE, "passed"),
        (f"{FREE} It takes 31 days.", (PASSAGE,), FREE, "shortened"),
        ("It takes 31 days.", (PASSAGE,), f"{FREE} Keep the label.", "passage instead"),
        (None, (PASSAGE,), f"{FREE} Keep the label.", "passage instead"),
        (None, (), "[utter_cannot_answer]", "fallback"),
    ],
)
def test_what_may_be_sent(draft: str | None, passages: tuple[FoundPassage, ...], text: str, note: str) -> None:
    given = turn(decision=ANSWER, passages=passages, text=ScrubbedText("returns?"))
    after = out(replace(given, draft=None if draft is None else ScrubbedText(draft)))
    assert after.checked == text
    assert after.trace[-1].decision == note


def test_fixed_texts_pass_and_follow_an_answer() -> None:
    fixed = (ScrubbedText("Which order?"), ScrubbedText("Tell me."))
    assert out(turn(decision=Decision(kind="say", why="", texts=fixed))).checked == "Which order?\n\nTell me."
    given = turn(decision=replace(ANSWER, texts=fixed[:1]), passages=(PASSAGE,), draft=ScrubbedText(FREE))
    assert out(given).checked == f"{FREE}\n\nWhich order?"


def test_the_conversation_and_tools_are_evidence_too() -> None:
    draft = ScrubbedText("Your parcel 77 left free on Monday, with 5 items.")
    history = (Message("user", ScrubbedText("my parcel of 5 items")),)
    told = replace(ANSWER, evidence=(ScrubbedText("parcel 77 left Monday, free"),))
    assert out(turn(decision=told, passages=(), draft=draft, history=history)).checked == draft
    assert out(turn(decision=ANSWER, passages=(), draft=draft, history=history)).checked == "[utter_cannot_answer]"


@pytest.mark.parametrize(("objection", "promised"), [(None, True), (Decision(kind="say", why="dose"), False)])
def test_who_says_that_a_person_takes_over_has_to_hand_over(objection: Decision | None, promised: bool) -> None:
    draft = ScrubbedText("I'll pass this to a colleague. It takes 31 days.")
    after = out(turn(decision=ANSWER, passages=(PASSAGE,), draft=draft), objection)
    assert (after.checked == "I'll pass this to a colleague.", after.promised) == (promised, promised)
    assert out(turn(decision=ANSWER, passages=(PASSAGE,), draft=ScrubbedText(FREE))).promised is False


@pytest.mark.parametrize(("instead", "text"), [("Ask a doctor.", "Ask a doctor."), ("", "[utter_cannot_answer]")])
def test_the_kits_own_check_has_the_last_word(instead: str, text: str) -> None:
    objection = Decision(kind="say", why="dose", texts=(ScrubbedText(instead),))
    after = out(turn(decision=Decision(kind="say", why="", texts=(ScrubbedText("Take 5."),))), objection)
    assert (after.checked, after.trace[-1].decision, after.trace[-1].why) == (text, "replaced", "dose")


@pytest.mark.parametrize(
    "rules",
    [
        {"input": [{"id": "a", "patterns": ["("], "response": "r"}]},
        {"input": [{"id": "a", "patterns": [], "response": "r"}]},
        {"output": {"support": 2}},
        {"output": {"facts": ["colour"]}},
        {"max_characters": 10},
        {"unknown": 1},
    ],
)
def test_wrong_rules_are_refused(rules: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        GuardRules.model_validate(rules)
