"""The screen: which rules speak for a case, and which would if one more thing were known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..case.case import Case
from ..knowledge.rule import Compares, Holds, Line, OfSex, Rule, Term


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that would speak if one more line held.

    Args:
        rule: the rule.
        missing: the line, which nothing that is known denies.
    """

    rule: Rule
    missing: Line


def speaking(rules: Iterable[Rule], case: Case) -> list[Rule]:
    """The rules that speak, the most urgent first."""
    return sorted((rule for rule in rules if speaks(rule, case)), key=lambda rule: -rule.level)


def speaks(rule: Rule, case: Case) -> bool:
    """Whether a rule speaks for a case."""
    if not all(_line_holds(line, case, past=rule.past) for line in rule.when):
        return False
    return not any(_term_holds(term, case, past=False) for term in rule.unless)


def near_misses(rules: Iterable[Rule], case: Case) -> list[NearMiss]:
    """Rules that all but one line hold for, where that line is open and another names a finding the person has."""
    found: list[NearMiss] = []
    for rule in rules:
        failing = [line for line in rule.when if not _line_holds(line, case, past=rule.past)]
        if len(failing) == 1 and len(rule.when) > 1 and _is_open(failing[0], case):
            found.append(NearMiss(rule, failing[0]))
    return sorted(found, key=lambda near: -near.rule.level)


def open_terms(line: Line, case: Case) -> list[Holds]:
    """Findings of a line that nothing is known of."""
    return [term for term in line if isinstance(term, Holds) and not term.denied and term.finding not in case.evidence]


def _is_open(line: Line, case: Case) -> bool:
    return bool(open_terms(line, case))


def _line_holds(line: Sequence[Term], case: Case, *, past: bool) -> bool:
    return any(_term_holds(term, case, past=past) for term in line)


def _term_holds(term: Term, case: Case, *, past: bool) -> bool:
    match term:
        case Holds(finding, denied):
            return case.lacks(finding) if denied else case.has(finding, resolved=past or _is_lasting(finding, case))
        case OfSex(sex):
            return case.sex == sex
        case Compares(name):
            value = case.number(name)
            return value is not None and term.holds_for(value)


def _is_lasting(finding: str, case: Case) -> bool:
    """Whether it makes no difference that a finding is over: what was said of it as an answer or a value."""
    return "/" in finding
