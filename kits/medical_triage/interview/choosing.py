"""Choosing: the next question of an interview, or none when it may stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..assessment import Assessment, Assessor
from ..case.case import Case
from ..interview.gain import gains
from ..interview.question import Question, flags_question, question_about
from ..knowledge_base.identity import parent_of
from ..knowledge_base.level import Level
from ..rules.screen import open_terms

MOST_QUESTIONS: Final = 16
_FLAGS: Final = "flags"
_FLAG_QUESTIONS: Final = 2
_FLAGS_AT_ONCE: Final = 5
_LEAST_LIKELY: Final = 0.004
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


def asked_by(question: Question) -> tuple[str, ...]:
    """What a question leaves in `Progress.asked`."""
    kind = () if question.kind in {"yes_no", "choice"} else (question.kind,)
    return (*question.about, *kind)


def next_question(
    assessor: Assessor, assessment: Assessment, progress: Progress, *, to_the_end: bool = False
) -> Question | None:
    """The question to ask next; None when the interview may stop; an emergency ends it, unless `to_the_end`."""
    case = assessment.case
    ruled = any(rule.level >= Level.emergency for rule in assessment.rules)
    if not to_the_end and (ruled or assessment.is_crisis):
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
    """The findings that would each make a rule speak that asks for more than the level so far, in one question."""
    if progress.asked.count(_FLAGS) >= _FLAG_QUESTIONS:
        return None
    scores = _rule_scores(assessor, assessment, progress.asked)
    best = sorted(scores, key=lambda finding: -scores[finding])[:_FLAGS_AT_ONCE]
    return flags_question(tuple(best)) if best else None


def _rule_scores(assessor: Assessor, assessment: Assessment, asked: Sequence[str]) -> dict[str, float]:
    """For each open finding of a rule that nearly speaks, how far it would lift the level times how likely it is."""
    case = assessment.case
    posterior = assessor.differential.posterior(case)
    table = assessor.differential.table
    scores: dict[str, float] = {}
    for near in assessor.screen.near_misses(case):
        lift = near.rule.level - assessment.level
        if lift <= 0 or near.rule.level < Level.emergency:
            continue
        for term in open_terms(near.missing, case):
            if term.finding not in asked and _can_be_asked(assessor, term.finding, case):
                likely = float(posterior @ table.chance[:, table.column[term.finding]])
                if likely >= _LEAST_LIKELY:
                    scores[term.finding] = max(scores.get(term.finding, 0.0), lift * likely)
    return scores


def _telling_question(assessor: Assessor, assessment: Assessment, progress: Progress) -> Question | None:
    """The question that is expected to tell most; None where none tells enough."""
    case = assessment.case
    open_gains = {
        finding: gain
        for finding, gain in gains(assessor.differential, case).items()
        if not _was_asked(assessor, finding, progress) and _can_be_asked(assessor, finding, case)
    }
    if not open_gains:
        return None
    finding = max(open_gains, key=lambda each: open_gains[each])
    if open_gains[finding] < _LEAST_GAIN or _is_settled(assessment):
        return None
    return question_about(assessor.base, finding)


def _was_asked(assessor: Assessor, finding: str, progress: Progress) -> bool:
    """Whether a finding was asked about, or another value of the same attribute."""
    value = finding.partition("/")[2]
    siblings = assessor.base.findings[parent_of(finding)].siblings(value) if value else ()
    return any(each in progress.asked for each in (finding, *(f"{parent_of(finding)}/{other}" for other in siblings)))


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
