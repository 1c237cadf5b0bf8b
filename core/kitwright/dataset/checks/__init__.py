"""Checks of a dataset: functions from the material to findings, in the order they are reported."""

from collections.abc import Callable, Iterable
from typing import Final

from kitwright.dataset.checks.answers import answers_are_answers, pairs_differ, repeated_answers
from kitwright.dataset.checks.classes import balance, labels
from kitwright.dataset.checks.contradictions import contradictions
from kitwright.dataset.checks.domain import off_domain
from kitwright.dataset.checks.duplicates import duplicates, eval_leaks
from kitwright.dataset.checks.form import cards, ids, keys, roles
from kitwright.dataset.checks.grounding import references, ungrounded
from kitwright.dataset.checks.language import languages
from kitwright.dataset.checks.length import empty, over_long
from kitwright.dataset.checks.marks import boilerplate, control_tokens, encoding
from kitwright.dataset.checks.privacy import personal_data
from kitwright.dataset.checks.prose import loops, truncated
from kitwright.dataset.finding import Finding
from kitwright.dataset.material import Material

Check = Callable[[Material], Iterable[Finding]]

CHECKS: Final[tuple[Check, ...]] = (
    keys,
    ids,
    cards,
    roles,
    empty,
    over_long,
    control_tokens,
    encoding,
    boilerplate,
    personal_data,
    answers_are_answers,
    pairs_differ,
    truncated,
    loops,
    languages,
    references,
    ungrounded,
    repeated_answers,
    duplicates,
    eval_leaks,
    contradictions,
    off_domain,
    balance,
    labels,
)

__all__ = ["CHECKS", "Check"]
