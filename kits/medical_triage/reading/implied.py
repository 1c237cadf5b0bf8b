"""What follows from what was read: findings from numbers, wider findings from narrower ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import yaml

from ..case.case import Case
from ..case.evidence import Evidence
from ..knowledge_base.base import FOLDER, KnowledgeBase
from ..knowledge_base.identity import parent_of
from ..knowledge_base.rule import Compares, term_of

_MARGIN: Final = 1.0  # years; a finding of "up to five" is one of children of five, too
_FILE: Final = FOLDER / "measures.yaml"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a number means.

    Args:
        when: the comparison.
        present: findings that hold.
        absent: findings that do not.
        from_age: years from which it means that.
    """

    when: Compares
    present: tuple[str, ...]
    absent: tuple[str, ...]
    from_age: float


@lru_cache(maxsize=1)
def meanings() -> tuple[Meaning, ...]:
    """What numbers mean, as knowledge_base/measures.yaml has it."""
    entries = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(_meaning(entry) for entry in entries)


def _meaning(entry: Mapping[str, object]) -> Meaning:
    term = term_of(entry["when"])
    if not isinstance(term, Compares):
        raise TypeError(f"{entry['when']} compares nothing")
    present, absent = entry.get("present", ()), entry.get("absent", ())
    return Meaning(term, tuple(present), tuple(absent), float(str(entry.get("from_age", 0))))  # type: ignore[arg-type]


def fitting(case: Case, base: KnowledgeBase) -> Case:
    """The case without findings that make no sense at the person's age or sex."""
    kept = {key: each for key, each in case.evidence.items() if _makes_sense(base, key, case)}
    return replace(case, evidence=kept)


def _makes_sense(base: KnowledgeBase, finding: str, case: Case) -> bool:
    entry = base.findings[parent_of(finding)]
    if case.sex is not None and entry.sex not in {None, case.sex}:
        return False
    return case.age is None or entry.ages[0] <= case.age <= entry.ages[1] + _MARGIN


def with_implied(case: Case, base: KnowledgeBase) -> Case:
    """The case with everything that follows; what was said stands before what follows."""
    by_number: list[Evidence] = []
    age = 40.0 if case.age is None else case.age
    for meaning in meanings():
        value = case.number(meaning.when.name)
        if value is not None and meaning.when.holds_for(value) and age >= meaning.from_age:
            by_number += [Evidence(finding, by="measure") for finding in meaning.present]
            by_number += [Evidence(finding, "absent", by="measure") for finding in meaning.absent]
    case = case.learn(each for each in by_number if base.knows(each.finding))
    return case.learn(_wider(case, base))


def _wider(case: Case, base: KnowledgeBase) -> Iterable[Evidence]:
    """Findings that hold since a value of theirs does, or a finding that implies them."""
    waiting = list(case.present())
    known = set(waiting)
    while waiting:
        finding = waiting.pop()
        entry = base.findings.get(parent_of(finding))
        wider = [parent_of(finding)] if "/" in finding else list(entry.implies if entry else ())
        for each in wider:
            if each not in known and base.knows(each):
                known.add(each)
                waiting.append(each)
                source = case.evidence[finding] if finding in case.evidence else Evidence(finding)
                yield Evidence(each, source.state, source.when, source.hours, source.count, by="implied")
