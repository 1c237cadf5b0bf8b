"""Facts that a right answer states, and facts that only a wrong one states, found by their wordings."""

from kitwright.dataset import AnswerSample, mentions


def required_facts(answer: str, sample: AnswerSample) -> float | None:
    """The share of the sample's facts that the answer states, each in any of its wordings.

    Awkward cases: a fact counts wherever it stands, so "not 30 days" states "30 days"; a right answer in words
    nobody thought of counts as wrong; None where the sample names no facts, as for most refusals.
    """
    stated = [any(mentions(answer, wording) for wording in wordings) for wordings in sample.must_include]
    return sum(stated) / len(stated) if stated else None


def no_forbidden_facts(answer: str, sample: AnswerSample) -> float | None:
    """1 if the answer says nothing that only a wrong answer says, else 0.

    Awkward cases: an empty answer says nothing wrong, and gets 1; an answer that mentions a neighbouring figure
    to set it apart ("30 days, not 14") gets 0; None where the sample names nothing.
    """
    if not sample.must_not_include:
        return None
    return 0.0 if any(mentions(answer, wording) for wording in sample.must_not_include) else 1.0
