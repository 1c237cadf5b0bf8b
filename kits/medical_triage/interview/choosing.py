"""Choosing: the next question of an interview, or none when it may stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..assessment import Assessment, Assessor
from ..case.case import Case
from ..interview.gain import gains
from ..interview.question import Question, question_about
from ..knowledge.identity import parent_of
from ..knowledge.level import Level
from ..rules.screen import near_misses, open_terms

MOST_QUESTIONS: Final = 16
_RED_FLAGS_FIRST: Final = 4
_LEAST_GAIN: Final = 0.04
_SURE: Final = 0.9

COMPLAINT: Final = Question(
    "complaint", "What is troubling you most, and since when?", "It tells me what to ask about."
)
AGE: Final = Question(
    "age", "How old is the person who needs help?", "Some illnesses are dangerous at one age and harmless at another."
)
SEX: Final = Question(
    "sex",
    "What sex was registered at birth?",
    "Some causes depend on the organs somebody was born with. You may leave it out; then I take the more careful view.",
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an interview is.

    Args:
        asked: what the questions so far were about (`age`, `sex`, finding ids), in order.
        questions: how many were asked.
    """

    asked: tuple[str, ...] = ()
    questions: int = 0


def next_question(assessor: Assessor, assessment: Assessment, progress: Progress) -> Question | None:
    """The question to ask next; None when the interview may stop."""
    case = assessment.case
    if (assessment.level >= Level.emergency and assessment.rules) or assessment.is_crisis:
        return None
    if progress.questions >= MOST_QUESTIONS:
        return None
    if not case.present():
        return None if "complaint" in progress.asked else COMPLAINT
    if case.age_months is None and "age" not in progress.asked:
        return AGE
    if case.sex is None and "sex" not in progress.asked:
        return SEX
    flags = _red_flag_question(assessor, assessment, progress)
    if flags:
        return flags
    return _telling_question(assessor, assessment, progress)


def _red_flag_question(assessor: Assessor, assessment: Assessment, progress: Progress) -> Question | None:
    """A question whose answer alone would make a rule speak that asks for more than the level so far."""
    asked = [each for each in progress.asked if each not in {"age", "sex", "complaint"}]
    if len(asked) >= _RED_FLAGS_FIRST * 2:
        return None
    best: tuple[float, str, str] | None = None
    scores = _rule_scores(assessor, assessment, asked)
    for (finding, rule), score in scores.items():
        if best is None or score > best[0]:
            best = (score, finding, rule)
    return question_about(assessor.base, best[1], rule=best[2]) if best and best[0] > 0 else None


def _rule_scores(assessor: Assessor, assessment: Assessment, asked: Sequence[str]) -> dict[tuple[str, str], float]:
    """For each open finding of a rule that nearly speaks, how far it would lift the level times how likely it is."""
    case = assessment.case
    posterior = assessor.differential.posterior(case)
    table = assessor.differential.table
    scores: dict[tuple[str, str], float] = {}
    for near in near_misses(assessor.base.rules, case):
        lift = near.rule.level - assessment.level
        if lift <= 0 or near.rule.level < Level.emergency:
            continue
        for term in open_terms(near.missing, case):
            if term.finding in asked or not _can_be_asked(assessor, term.finding, case):
                continue
            likely = float(posterior @ table.chance[:, table.column[term.finding]])
            if likely >= 0.03:
                scores[term.finding, near.rule.id] = lift * likely
    return scores


def _telling_question(assessor: Assessor, assessment: Assessment, progress: Progress) -> Question | None:
    """The question that is expected to tell most; None where none tells enough."""
    case = assessment.case
    open_gains = {
        finding: gain
        for finding, gain in gains(assessor.differential, case).items()
        if finding not in progress.asked and _can_be_asked(assessor, finding, case)
    }
    if not open_gains:
        return None
    finding = max(open_gains, key=lambda each: open_gains[each])
    if open_gains[finding] < _LEAST_GAIN or _is_settled(assessment):
        return None
    return question_about(assessor.base, finding)


def _is_settled(assessment: Assessment) -> bool:
    """Whether one condition is so likely that no answer would change much."""
    return bool(assessment.likely) and assessment.likely[0].probability >= _SURE


def _can_be_asked(assessor: Assessor, finding: str, case: Case) -> bool:
    entry = assessor.base.findings[parent_of(finding)]
    if "/" in finding and not case.has(parent_of(finding)):
        return False
    if case.sex is not None and entry.sex not in {None, case.sex}:
        return False
    return case.age is None or entry.ages[0] <= case.age <= entry.ages[1]
