"""The answer suite: what each answer scores, and what a set of answers scores with its intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from kitwright.dataset import AnswerSample
from kitwright.evaluation.scorers import (
    grounded,
    language,
    no_forbidden_facts,
    required_facts,
    right_hand_over,
    right_kind,
    right_question,
    right_refusal,
    sendable,
)
from kitwright.evaluation.statistics import Estimate, estimate
from kitwright.guard import OutputRules, facts_of
from kitwright.types import ScrubbedText

METRICS: Final[Mapping[str, str]] = {
    "passed": "all required facts, none that is wrong, and the right kind of reply",
    "required_facts": "share of the facts that a right answer states",
    "no_forbidden_facts": "says nothing that only a wrong answer says",
    "grounded": "share of its figures, prices, dates and links that stand in the notes or the conversation",
    "similarity": "closeness in meaning to a reference answer",
    "right_refusal": "says it can not help exactly where that is right",
    "right_question": "asks back where the question is too vague",
    "right_hand_over": "passes the customer to a person where one is needed",
    "language": "no loops, no cut end, not endless",
    "sendable": "the guard would let the whole answer go to the customer",
}

Scores = Mapping[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an answer is held against.

    Args:
        sources: the notes that the bot finds for the question, and what its tools returned.
        conversation: messages, the question last.
    """

    sources: tuple[str, ...]
    conversation: tuple[ScrubbedText, ...]


def score_answer(
    answer: str, sample: AnswerSample, evidence: Evidence, rules: OutputRules, *, similarity: float
) -> dict[str, float | None]:
    """All metrics of one answer.

    Args:
        answer: what was said.
        sample: what was right.
        evidence: the same for every way of answering a question, so that ways can be compared.
        rules: of the kit's guard.
        similarity: to the reference, computed for many answers at once.
    """
    required, allowed = required_facts(answer, sample), no_forbidden_facts(answer, sample)
    known = (*evidence.sources, *evidence.conversation)
    return {
        "passed": float(required in (1.0, None) and allowed in (1.0, None) and right_kind(answer, sample)),
        "required_facts": required,
        "no_forbidden_facts": allowed,
        "grounded": grounded(answer, known, facts_of=partial(facts_of, kinds=rules.facts)),
        "similarity": similarity,
        "right_refusal": right_refusal(answer, sample),
        "right_question": right_question(answer, sample),
        "right_hand_over": right_hand_over(answer, sample),
        "language": language(answer),
        "sendable": sendable(answer, evidence.sources, evidence.conversation, rules),
    }


def summary(scores: Sequence[Scores], *, seed: int = 0) -> dict[str, Estimate | None]:
    """Each metric over a set of answers; None where no answer has it."""
    return {
        metric: estimate([value for each in scores if (value := each[metric]) is not None], seed=seed)
        for metric in METRICS
    }


def figures(estimates: Mapping[str, Estimate | None]) -> dict[str, float | None]:
    """Metric to mean: what floors are held against."""
    return {metric: found.value if found else None for metric, found in estimates.items()}
