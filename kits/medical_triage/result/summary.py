"""The clinician summary, in the order of SBAR: situation, background, assessment, recommendation."""

from collections.abc import Iterable
from typing import Final

from ..assessment import Assessment
from ..case.case import Case
from ..knowledge_base.base import KnowledgeBase
from ..knowledge_base.identity import parent_of
from ..result.advice import considered
from ..result.texts import Texts

_BACKGROUND: Final = frozenset({"history", "risk", "medicine", "exposure"})
_UNITS: Final = {
    "temperature_c": "temperature {} °C",
    "oxygen": "oxygen {} %",
    "heart_rate": "pulse {} a minute",
    "systolic": "systolic {} mmHg",
    "diastolic": "diastolic {} mmHg",
    "breaths": "{} breaths a minute",
    "glucose": "glucose {} mmol/l",
    "pain": "pain {} of 10",
    "weeks_pregnant": "{} weeks pregnant",
}
_DAY: Final = 24
_MONTHS_AS_MONTHS: Final = 24
_SHOWN: Final = 5


def summary_text(base: KnowledgeBase, assessment: Assessment, texts: Texts) -> str:
    """The summary as plain text; what was not asked is not in it, what was denied is."""
    case = assessment.case
    sections = {
        "Situation": [
            f"{_person(case)}. Told by {'the person' if case.who == 'self' else f'somebody about their {case.who}'}.",
            _list("Reports", _findings(base, case, case.present(), background=False)),
        ],
        "Background": [
            _list("History, medicines, exposures", _findings(base, case, case.present(), background=True)),
            _list("Denies", _findings(base, case, case.absent(), background=None)),
            _list("Measured", measures_in_words(case)),
        ],
        "Assessment": [
            f"Level: {texts.said('levels', assessment.level.name, 'title')}.",
            *(f"Rule {rule.id}: {rule.say} ({rule.source})" for rule in assessment.rules[:_SHOWN]),
            *(
                _candidate(each.likely.condition.medical, each.band)
                for each in considered(base, assessment, most=_SHOWN)
            ),
        ],
        "Recommendation": [
            texts.first(assessment.level),
            f"Knowledge base {base.version}. {texts.said('prototype')}",
        ],
    }
    filled = {name: [line for line in lines if line] or ["Nothing told."] for name, lines in sections.items()}
    return "\n\n".join("\n".join([name, *lines]) for name, lines in filled.items())


def measures_in_words(case: Case) -> list[str]:
    """What was measured, with units."""
    return [_UNITS[name].format(f"{value:g}") for name, value in case.measures.items() if name in _UNITS]


def _person(case: Case) -> str:
    if case.age_months is None:
        age = "Age unknown"
    elif case.age_months < _MONTHS_AS_MONTHS:
        age = f"{case.age_months:.0f} months old"
    else:
        age = f"{int(case.age_months // 12)} years old"
    return f"{age}, {case.sex or 'sex unknown'}"


def _candidate(name: str, band: str) -> str:
    return f"To consider: {name} ({band})."


def _findings(base: KnowledgeBase, case: Case, findings: Iterable[str], *, background: bool | None) -> list[str]:
    """Findings in a clinician's words, each with its values and how long it has lasted."""
    grouped: dict[str, list[str]] = {}
    for finding in findings:
        parent = parent_of(finding)
        if background is not None and (base.findings[parent].kind in _BACKGROUND) != background:
            continue
        values = grouped.setdefault(parent, [])
        if "/" in finding:
            values.append(finding.partition("/")[2].replace("_", " "))
    return [_named(base, case, finding, values) for finding, values in grouped.items()]


def _named(base: KnowledgeBase, case: Case, finding: str, values: list[str]) -> str:
    known = case.evidence.get(finding)
    details = list(values)
    if known and known.hours:
        details.append(
            f"for {known.hours / _DAY:.0f} days" if known.hours >= 2 * _DAY else f"for {known.hours:g} hours"
        )
    if known and known.when == "resolved":
        details.append("over now")
    if known and known.state == "unsure":
        details.append("not sure")
    return base.findings[finding].name + (f" ({', '.join(details)})" if details else "")


def _list(label: str, items: list[str]) -> str:
    return f"{label}: {'; '.join(items)}." if items else ""
