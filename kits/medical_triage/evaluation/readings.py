"""Scores of readings: what is read of a sentence against what an annotator took down."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..assessment import Assessor
from ..case.case import Case
from ..knowledge_base.identity import parent_of

_PERSONS: Final = {"self": "self", "patient": "self"}  # a clinician's note names nobody who writes


def reading_scores(worker: Assessor, sentences: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Compare readings with annotations.

    Returns:
        precision, recall, f1: of findings with their state, over all sentences; wider findings that follow from an
        annotated one are no errors · state_right: of findings that both name, those with the same state · measures: the
        share of annotated numbers that are read · who: of sentences with the right person.
    """
    right = extra = missed = both = same = 0
    numbers = [0, 0]
    persons = [0, 0]
    for sentence in sentences:
        case = worker.read(sentence["text"])
        wanted = sentence["findings"]
        found = _found(case)
        for finding, state in wanted.items():
            both += finding in found
            same += found.get(finding) == state
            right += found.get(finding) == state
            missed += found.get(finding) != state
        allowed = set(wanted) | {parent_of(finding) for finding in wanted} | _implied(worker, wanted)
        extra += sum(finding not in allowed and "/" not in finding for finding in found)
        for name, value in (sentence.get("measures") or {}).items():
            numbers[1] += 1
            numbers[0] += abs(case.measures.get(name, -1e9) - value) <= 0.2
        persons[1] += 1
        persons[0] += case.who == _PERSONS.get(sentence.get("who", "self"), sentence.get("who"))
    precision, recall = right / max(1, right + extra), right / max(1, right + missed)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "state_right": same / max(1, both),
        "measures": numbers[0] / max(1, numbers[1]),
        "who": persons[0] / max(1, persons[1]),
    }


def _found(case: Case) -> dict[str, str]:
    return {
        finding: "resolved" if each.when == "resolved" and each.state != "absent" else each.state
        for finding, each in case.evidence.items()
    }


def _implied(worker: Assessor, wanted: Mapping[str, str]) -> set[str]:
    return {wider for finding in wanted for wider in worker.base.findings[parent_of(finding)].implies}
