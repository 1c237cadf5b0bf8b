"""The echo backend: deterministic, word by word, cancellable."""

import itertools

from kitwright.generation import EchoBackend
from kitwright.types import Message, Prompt, Role, ScrubbedText


def prompt(text: str, limit: int = 50, role: Role = "user") -> Prompt:
    return Prompt(messages=(Message(role, ScrubbedText(text)),), tokens=0, max_new_tokens=limit)


def said(backend: EchoBackend, given: Prompt) -> list[str]:
    return list(backend.stream(given, cancelled=lambda: False))


def test_it_repeats_the_last_line_word_by_word() -> None:
    pieces = said(EchoBackend(), prompt("Notes:\n- 14 days\n\nHow long  do I have?\n"))
    assert pieces == ["How ", "long  ", "do ", "I ", "have?"]


def test_it_says_nothing_without_a_question() -> None:
    assert said(EchoBackend(), prompt("x", role="system")) == []
    assert said(EchoBackend(), prompt(" \n")) == []


def test_the_script_goes_in_order_and_stays_at_its_end() -> None:
    backend = EchoBackend(["One.", "Two\nlines."])
    assert ["".join(said(backend, prompt("x"))) for _ in range(3)] == ["One.", "Two\nlines.", "Two\nlines."]


def test_it_keeps_to_the_limit_and_stops_when_cancelled() -> None:
    assert len(said(EchoBackend(), prompt("a b c d e", limit=2))) == 2
    asked = itertools.count()
    assert len(list(EchoBackend().stream(prompt("a b c d e"), cancelled=lambda: next(asked) >= 3))) == 3


def test_it_counts_words() -> None:
    assert EchoBackend().count(prompt("one two  three").messages) == 3
