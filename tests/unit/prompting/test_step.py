"""The prompt step: layers, history, passages and question in one prompt."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from kitwright.prompting import Budget, PromptBook, PromptWriter, prompt_step
from kitwright.types import Decision, Exchange, FoundPassage, Message, Passage, RawText, ScrubbedText, Turn

BOOK = PromptBook(
    {
        "base": {"plain": "You are {{ bot }}.", "strict": "You are {{ bot }}, strictly."},
        "persona": {"clerk": "A clerk."},
        "style": {"none": ""},
        "task": {"plain": "{% for p in passages %}[{{ p.title }}] {% endfor %}{{ facts|join }} {{ question }}"},
    }
)
VARIANTS = {"base": "plain", "persona": "clerk", "style": "none", "task": "plain"}
FOUND = tuple(FoundPassage(Passage(id=t, title=t, text="x", source="s"), 1.0) for t in ("A", "B"))
ANSWER = Decision(kind="answer", why="test", evidence=(ScrubbedText("fact"),))


def count(messages: Sequence[Message]) -> int:
    return sum(len(message.content) for message in messages)


def writer(**changes: Any) -> PromptWriter:
    made = PromptWriter(book=BOOK, variants=VARIANTS, bot="Fern", language="en", budget=Budget(1000, 50), count=count)
    return replace(made, **changes)


def turn(**given: Any) -> Turn:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    vault: Any = None
    known: dict[str, Any] = {"decision": ANSWER, "passages": FOUND, "text": ScrubbedText("why?")} | given
    return Turn(conversation_id="c", turn_id="t", received=RawText("x"), at=at, vault=vault, **known)


def test_the_prompt_is_system_history_and_question() -> None:
    history = tuple(Message("assistant" if n % 2 else "user", ScrubbedText(str(n))) for n in range(10))
    prompt = writer().write(turn(history=history))
    assert [m.content for m in prompt.messages] == ["You are Fern.\nA clerk.", "6", "7", "8", "9", "[A] [B] fact why?"]
    assert (prompt.max_new_tokens, prompt.tokens) == (50, count(prompt.messages))
    assert dict(prompt.variants) == VARIANTS


def test_the_query_of_the_decision_goes_before_the_text() -> None:
    asked = replace(ANSWER, query=ScrubbedText("really why?"))
    assert writer().write(turn(decision=asked)).messages[-1].content.endswith("really why?")


def test_variants_are_chosen_by_layer() -> None:
    assert writer(variants=VARIANTS | {"base": "strict"}).system().content.startswith("You are Fern, strictly.")


def test_the_system_message_does_not_depend_on_the_turn() -> None:
    one, other = (writer().write(turn(text=ScrubbedText(text))) for text in ("why?", "how?"))
    assert one.messages[0] == other.messages[0] == writer().system()


def test_what_is_left_out_is_said() -> None:
    after = prompt_step(writer(budget=Budget(37, 5))).run(turn())
    assert after.prompt is not None
    assert after.prompt.dropped == ("passage B",)
    assert after.trace[-1].why == "left out: passage B"


@pytest.mark.parametrize("given", [{"decision": Decision(kind="say", why="")}, {"passages": ()}, {"decision": None}])
def test_without_something_to_answer_from_there_is_no_prompt(given: dict[str, Any]) -> None:
    after = prompt_step(writer()).run(turn(**given))
    assert after.prompt is None
    assert after.trace[-1].decision == "skipped"


NEAR, FAR = (Exchange(ScrubbedText(f"{name}?"), ScrubbedText(f"{name}!"), FOUND[:1], ("seen",)) for name in "NF")


@pytest.mark.parametrize(("nearest_last", "shown"), [(True, "FN"), (False, "NF")])
def test_examples_are_asked_as_the_question_is_before_what_was_said(nearest_last: bool, shown: str) -> None:
    history = (Message("user", ScrubbedText("hi")), Message("assistant", ScrubbedText("hello")))
    made = writer(examples=lambda _: (NEAR, FAR), nearest_last=nearest_last).write(turn(history=history))
    expected = [text for name in shown for text in (f"[A] seen {name}?", f"{name}!")]
    assert [m.content for m in made.messages[1:]] == [*expected, "hi", "hello", "[A] [B] fact why?"]
    assert [m.role for m in made.messages] == ["system", *["user", "assistant"] * 3, "user"]


def test_examples_are_left_out_first_and_the_farthest_before_the_nearest() -> None:
    whole = writer(examples=lambda _: (NEAR, FAR)).write(turn())
    fitted = writer(examples=lambda _: (NEAR, FAR), budget=Budget(whole.tokens - 1, 50)).write(turn())
    assert (whole.examples, fitted.examples, fitted.dropped) == (2, 1, ("example",))
    assert [m.content for m in fitted.messages[1:3]] == ["[A] seen N?", "N!"]


def test_an_adapter_is_not_bound_to_examples() -> None:
    assert writer(examples=lambda _: (NEAR,)).hash == writer().hash


def test_the_trace_says_how_many_examples_are_shown() -> None:
    assert prompt_step(writer(examples=lambda _: (NEAR,))).run(turn()).trace[-1].decision.endswith("examples: 1")
    assert "examples" not in prompt_step(writer()).run(turn()).trace[-1].decision
