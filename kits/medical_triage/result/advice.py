"""Advice: what a person reads, rendered from the assessment alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ..assessment import Assessment
from ..differential.model import Likely
from ..knowledge_base.base import KnowledgeBase
from ..knowledge_base.identity import parent_of
from ..knowledge_base.level import Level
from ..result.texts import Texts

_CONSIDERED: Final = 3
_REASONS: Final = 4
_LEAST_SHOWN: Final = 0.05
_MOST_ADVICE: Final = 4


@dataclass(frozen=True, slots=True)
class Considered:
    """A condition that a clinician may consider.

    Args:
        likely: the condition with its probability.
        band: `more likely`, `possible` or `less likely`.
        speaks_for: what the person told that fits it, in lay words.
        speaks_against: what does not.
    """

    likely: Likely
    band: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


def band_of(probability: float) -> str:
    """The word for a probability; raw numbers are for clinicians."""
    if probability >= 0.5:
        return "more likely"
    return "possible" if probability >= 0.15 else "less likely"


def considered(base: KnowledgeBase, assessment: Assessment, *, most: int = _CONSIDERED) -> tuple[Considered, ...]:
    """The conditions worth naming, with what speaks for and against each."""
    shown = [each for each in assessment.likely[:most] if each.probability >= _LEAST_SHOWN]
    return tuple(_considered(base, assessment, each) for each in shown)


def _considered(base: KnowledgeBase, assessment: Assessment, likely: Likely) -> Considered:
    case, condition = assessment.case, likely.condition
    fits = [finding for finding in case.present() if finding in condition.findings or finding in condition.risks]
    fits.sort(key=lambda finding: -condition.findings.get(finding, 0.5))
    missing = [finding for finding in case.absent() if condition.findings.get(finding, 0) >= 0.3]
    missing += [finding for finding in case.present() if finding in condition.against]
    return Considered(likely, band_of(likely.probability), _named(base, fits), _named(base, missing))


def _named(base: KnowledgeBase, findings: Iterable[str]) -> tuple[str, ...]:
    named: dict[str, str] = {}
    for finding in findings:
        parent = parent_of(finding)
        value = finding.partition("/")[2].replace("_", " ")
        name = base.findings[parent].name.lower()
        if value:
            named[parent] = f"{name} ({value})"
        else:
            named.setdefault(parent, name)
    return tuple(named.values())[:_REASONS]


def advice_text(base: KnowledgeBase, assessment: Assessment, texts: Texts) -> str:
    """The whole advice: level first, why, what to do, conditions, self-care, what to watch for."""
    if assessment.is_crisis:
        return crisis_text(assessment, texts)
    parts = [_opening(assessment, texts)]
    parts += [_listed(texts.lines("levels", assessment.level.name, "do"))]
    if assessment.enough and assessment.level < Level.emergency_ambulance:
        parts += _conditions(base, assessment, texts)
    parts += _home(assessment)
    parts += [texts.said("safety_net"), texts.said("prototype")]
    return "\n\n".join(part for part in parts if part)


def crisis_text(assessment: Assessment, texts: Texts) -> str:
    """The fixed words of a crisis; an injury or overdose puts the ambulance first."""
    section = "danger_from_others" if _is_danger_from_others(assessment) else "crisis"
    first = [texts.first(assessment.level)] if assessment.level is Level.emergency_ambulance else []
    return "\n\n".join(
        [*first, texts.said(section, "first"), _listed(texts.lines(section, "do")), texts.said("crisis", "handoff")]
    )


def _is_danger_from_others(assessment: Assessment) -> bool:
    own = {"suicid", "self_harm", "overdose"}
    crises = [rule for rule in assessment.rules if rule.crisis]
    return all(not any(word in finding for word in own for finding in rule.findings()) for rule in crises)


def _opening(assessment: Assessment, texts: Texts) -> str:
    if not assessment.enough and not assessment.alarmed:
        return texts.said("states", "insufficient_information", "first")
    reason = assessment.rules[0].say if assessment.rules and assessment.rules[0].level == assessment.level else ""
    if not reason and assessment.alarmed:
        reason = texts.said("alarmed")
    return " ".join(filter(None, [texts.first(assessment.level), reason]))


def _conditions(base: KnowledgeBase, assessment: Assessment, texts: Texts) -> list[str]:
    shown = considered(base, assessment)
    if not shown:
        return [texts.said("none_fit")]
    lines = [f"{each.likely.condition.name} ({each.band}): {_reasons(each)}" for each in shown]
    return [f"{texts.said('conditions_intro')}\n{_listed(lines)}"]


def _reasons(each: Considered) -> str:
    parts = [f"fits {', '.join(each.speaks_for)}"] if each.speaks_for else ["fits your age and what is common"]
    if each.speaks_against:
        parts.append(f"less so: no {', '.join(each.speaks_against)}")
    return "; ".join(parts)


def _home(assessment: Assessment) -> list[str]:
    """Self-care and what to watch for, of the likeliest condition that has as low a level as the answer."""
    if assessment.level >= Level.emergency or not assessment.enough:
        return []
    fitting = next((each for each in assessment.likely[:_CONSIDERED] if each.level <= assessment.level), None)
    if fitting is None:
        return []
    care = fitting.condition.self_care[:_MOST_ADVICE] if assessment.level <= Level.routine else ()
    parts = [f"What you can do:\n{_listed(care)}"] if care else []
    return [*parts, f"Watch for:\n{_listed(fitting.condition.watch_for[:_MOST_ADVICE])}"]


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
