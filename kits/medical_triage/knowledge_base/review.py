"""The review: what the entries of a knowledge base must keep among one another."""

from collections.abc import Iterator

from ..knowledge_base.base import Flaw, KnowledgeBase
from ..knowledge_base.identity import parent_of
from ..knowledge_base.level import Level
from ..reading.lexicon import Lexicon


def review(base: KnowledgeBase) -> list[Flaw]:
    """Every flaw: names that nothing has, impossible chances, advice above its level, patterns nobody can read."""
    return [*_findings(base), *_conditions(base), *_rules(base), *_patterns(base)]


def _findings(base: KnowledgeBase) -> Iterator[Flaw]:
    for finding in base.findings.values():
        for wider in finding.implies:
            if not base.knows(wider):
                yield Flaw(f"findings: {finding.id}: implies", f"names no finding: {wider}")
        if finding.ages[0] >= finding.ages[1]:
            yield Flaw(f"findings: {finding.id}: ages", "begins after it ends")


def _conditions(base: KnowledgeBase) -> Iterator[Flaw]:
    for condition in base.conditions.values():
        place = f"conditions: {condition.id}"
        named = [*condition.findings, *condition.against, *condition.risks, *condition.needs]
        named += [each for one in condition.raises for each in one.when]
        for finding in dict.fromkeys(named):
            if not base.knows(finding):
                yield Flaw(place, f"names no finding: {finding}")
        for finding, chance in condition.findings.items():
            wider = condition.findings.get(parent_of(finding))
            if wider is not None and chance > wider:
                yield Flaw(place, f"{finding} is likelier than {parent_of(finding)}")
        if not any(condition.ages.values()) or not any(condition.sex.values()):
            yield Flaw(place, "can happen to nobody")
        if condition.level >= Level.emergency and condition.self_care:
            yield Flaw(place, "has self-care advice and is an emergency")
        for one in condition.raises:
            if one.level <= condition.level:
                yield Flaw(place, f"a raise to {one.level.name} is no raise")


def _rules(base: KnowledgeBase) -> Iterator[Flaw]:
    seen: dict[object, str] = {}
    ids: set[str] = set()
    for rule in base.rules:
        if rule.id in ids:
            yield Flaw(f"rules: {rule.id}", "has the id of another rule")
        ids.add(rule.id)
        for finding in sorted(rule.findings()):
            if not base.knows(finding):
                yield Flaw(f"rules: {rule.id}", f"names no finding: {finding}")
        same = (rule.when, rule.unless)
        if same in seen:
            yield Flaw(f"rules: {rule.id}", f"asks for the same as {seen[same]}")
        seen[same] = rule.id


def _patterns(base: KnowledgeBase) -> Iterator[Flaw]:
    for key, patterns in base.patterns.items():
        if not base.knows(key):
            yield Flaw(f"lexicon: {key}", "is no finding and no value of one")
        try:
            Lexicon({key: patterns}, base.classes)
        except ValueError as error:
            yield Flaw("lexicon", str(error))
    for finding in base.findings:
        if finding not in base.patterns:
            yield Flaw(f"lexicon: {finding}", "has no patterns")
