"""The screen: which rules speak for a case, and which would if one more thing were known."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..case.case import Case
from ..knowledge_base.identity import parent_of
from ..knowledge_base.rule import Compares, Holds, Line, OfSex, Rule, Term


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that would speak if one more line held.

    Args:
        rule: the rule.
        missing: the line; nothing that is known denies it.
    """

    rule: Rule
    missing: Line


class Screen:
    """Rules, looked at by the findings that a person has.

    Args:
        rules: in any order.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._of_finding: dict[str, list[Rule]] = defaultdict(list)
        self._of_value: dict[str, list[Rule]] = defaultdict(list)
        self._others: list[Rule] = []
        for rule in rules:
            named = {term.finding for line in rule.when for term in line if isinstance(term, Holds) and not term.denied}
            for finding in sorted(named):
                self._of_finding[finding].append(rule)
                if "/" in finding:
                    self._of_value[parent_of(finding)].append(rule)
            if not any(all(isinstance(term, Holds) and not term.denied for term in line) for line in rule.when):
                self._others.append(rule)

    def speaking(self, case: Case) -> list[Rule]:
        """The rules that speak, the most urgent first."""
        return sorted((rule for rule in self._candidates(case) if speaks(rule, case)), key=lambda rule: -rule.level)

    def near_misses(self, case: Case) -> list[NearMiss]:
        """Rules that all but one line hold for, where that line is open, the most urgent first."""
        found: list[NearMiss] = []
        for rule in self._candidates(case):
            failing = [line for line in rule.when if not _line_holds(line, case, past=rule.past)]
            if len(failing) == 1 and open_terms(failing[0], case) and _is_near(rule, failing[0], case):
                found.append(NearMiss(rule, failing[0]))
        return sorted(found, key=lambda near: -near.rule.level)

    def _candidates(self, case: Case) -> Iterable[Rule]:
        """Rules that name a finding of the person's, and those that need none."""
        named = {rule.id: rule for finding in case.evidence for rule in self._of_finding.get(finding, ())}
        named |= {rule.id: rule for finding in case.present() for rule in self._of_value.get(finding, ())}
        return {**named, **{rule.id: rule for rule in self._others}}.values()


def speaks(rule: Rule, case: Case) -> bool:
    """Whether a rule speaks for a case."""
    if not all(_line_holds(line, case, past=rule.past) for line in rule.when):
        return False
    return not any(_term_holds(term, case, past=False) for term in rule.unless)


def _is_near(rule: Rule, missing: Line, case: Case) -> bool:
    """Whether the person has something of what a rule is about: another line holds, or the finding of a value."""
    values = [term.finding for term in missing if isinstance(term, Holds) and "/" in term.finding]
    return len(rule.when) > 1 or any(case.has(parent_of(value)) for value in values)


def open_terms(line: Line, case: Case) -> list[Holds]:
    """Findings of a line that nothing is known of."""
    return [term for term in line if isinstance(term, Holds) and not term.denied and term.finding not in case.evidence]


def _line_holds(line: Sequence[Term], case: Case, *, past: bool) -> bool:
    return any(_term_holds(term, case, past=past) for term in line)


def _term_holds(term: Term, case: Case, *, past: bool) -> bool:
    match term:
        case Holds(finding, denied):
            return case.lacks(finding) if denied else case.has(finding, resolved=past or "/" in finding)
        case OfSex(sex):
            return case.sex == sex
        case Compares(name):
            value = case.number(name)
            return value is not None and term.holds_for(value)
