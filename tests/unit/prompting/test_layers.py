"""Prompt layers: rendering, hashing, and what is wrong with a template."""

import pytest
from jinja2 import UndefinedError

from kitwright.prompting import PromptBook, template_problem

BOOK = PromptBook({"base": {"plain": "You are {{ bot }}.\n"}, "task": {"plain": "{{ question }}"}})


def test_rendering_fills_in_and_never_reads_values_as_templates() -> None:
    assert BOOK.render("base", "plain", bot="Fern", language="en") == "You are Fern."
    assert BOOK.render("task", "plain", question="{{ bot }} {% if %}") == "{{ bot }} {% if %}"


def test_a_variable_that_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        BOOK.render("base", "plain")


@pytest.mark.parametrize("source", ["{{ bot.__class__.__mro__ }}", "{{ ''.__class__ }}"])
def test_templates_can_not_reach_into_python(source: str) -> None:
    from jinja2.exceptions import SecurityError

    with pytest.raises((SecurityError, UndefinedError)):
        PromptBook({"base": {"plain": source}}).render("base", "plain", bot="Fern")


@pytest.mark.parametrize(
    ("layer", "source", "problem"),
    [
        ("base", "You are {{ bot }}, in {{ language }}.", None),
        ("task", "{% for p in passages %}{{ p.text }}{% endfor %}{{ facts|length }}{{ question }}", None),
        ("base", "{{ question }} {{ zebra }}", "unknown variable question, zebra"),
        ("base", "one\n{{ bot", "line 2"),
        ("base", "{% if bot %}", "line 1"),
        ("base", "{{ bot|shout }}", "line 1: No filter named 'shout'"),
        ("base", "{% include 'other' %}", "can not include"),
        ("base", "{% extends 'other' %}", "can not include"),
        ("base", "", None),
    ],
)
def test_what_is_wrong_with_a_template(layer: str, source: str, problem: str | None) -> None:
    found = template_problem(layer, source)
    assert found == problem if problem is None or found is None else problem in found


def test_the_hash_follows_every_part_and_no_order() -> None:
    same = PromptBook({"task": {"plain": "{{ question }}"}, "base": {"plain": "You are {{ bot }}.\n"}})
    others = [
        PromptBook({"base": {"plain": "You are {{ bot }}!\n"}, "task": {"plain": "{{ question }}"}}),
        PromptBook({"base": {"strict": "You are {{ bot }}.\n"}, "task": {"plain": "{{ question }}"}}),
        PromptBook({"base": {"plain": "You are {{ bot }}.\n"}, "style": {"plain": "{{ question }}"}}),
    ]
    assert same.hash == BOOK.hash
    assert len({BOOK.hash, *(other.hash for other in others)}) == 4
