"""Contradictions: the same question, with the same notes, answered with other figures, or yes here and no there."""

import re
from collections.abc import Iterator
from typing import Final

from kitwright.dataset.finding import Finding, error
from kitwright.dataset.material import Material, StatedFact
from kitwright.dataset.sample import Exchange, Sample
from kitwright.dataset.wording import alike, content, folded

_NEGATION: Final = re.compile(r"\b(?:not|no|never|cannot|nor|without|unable)\b|n['’]t\b", re.IGNORECASE)
_VERDICT: Final = re.compile(
    r"^\W*(?:(yes|yep|yeah|certainly|of course|absolutely)|(no|nope|sorry,? no|i'm sorry,? no|unfortunately,? no))\b"
    r"(?! (?:problem|worries|need))",
    re.I,
)
_DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
_OVERLAP: Final = 0.6  # share of the shorter answer's words in the other


def contradictions(material: Material) -> Iterator[Finding]:
    """Records whose answers can not both be right."""
    for one, other, cosine in _candidates(material):
        if one.shape == other.shape == "text":
            if one.label != other.label and folded(one.question) == folded(other.question):
                what = f"the same text is labelled {one.label} and {other.label}"
                yield error("contradiction", what, one, other, excerpts=(one.question, other.question))
        elif one.facts == other.facts and _share_notes(one, other):
            found = next(_disagreements(one, other, cosine, material), None)
            if found is not None:
                what, left, right = found
                yield error("contradiction", what, one, other, excerpts=(_shown(left), _shown(right)))


def _candidates(material: Material) -> Iterator[tuple[Sample, Sample, float]]:
    """Records that ask the same, or nearly, and those whose conversations open with the same question."""
    seen = set()
    for pair in material.pairs:
        seen.add((pair.first, pair.second))
        yield material.samples[pair.first], material.samples[pair.second], pair.cosine
    by_opening: dict[str, list[int]] = {}
    for number, sample in enumerate(material.samples):
        opening = next(sample.exchanges, None)
        if opening is not None and opening.question:
            by_opening.setdefault(folded(opening.question), []).append(number)
    for numbers in by_opening.values():
        for place, first in enumerate(numbers):
            for second in numbers[place + 1 :]:
                if (first, second) not in seen:
                    yield material.samples[first], material.samples[second], 0.0


def _disagreements(
    one: Sample, other: Sample, cosine: float, material: Material
) -> Iterator[tuple[str, Exchange, Exchange]]:
    if _is_unwanted(one) or _is_unwanted(other):
        return
    for left in one.exchanges:
        for right in other.exchanges:
            is_whole = left.question == one.question and right.question == other.question
            if not (left.question and alike(left.question, right.question, cosine if is_whole else 0.0)):
                continue
            if what := _disagree(left.answer, right.answer, material):
                yield what, left, right


def _is_unwanted(sample: Sample) -> bool:
    """A completion that people marked as bad may well contradict a good one."""
    return sample.shape == "kto" and sample.label == "false"


def _share_notes(one: Sample, other: Sample) -> bool:
    return one.passages == other.passages or bool(set(one.passages) & set(other.passages))


def _disagree(left: str, right: str, material: Material) -> str | None:
    if _other_facts(material.probes.facts(left), material.probes.facts(right)):
        return "the same question, other figures in the answers"
    one, other = _verdict(left), _verdict(right)
    if one and other:
        return "the same question, answered yes and no" if one != other else None
    words_left, words_right = set(content(left)), set(content(right))
    words_left -= {"not", "no", "never", "cannot"}
    words_right -= {"not", "no", "never", "cannot"}
    shared = len(words_left & words_right) >= _OVERLAP * max(min(len(words_left), len(words_right)), 1)
    if shared and len(_NEGATION.findall(left)) % 2 != len(_NEGATION.findall(right)) % 2:
        return "the same question, one answer denies what the other says"
    return None


def _other_facts(one: frozenset[StatedFact], other: frozenset[StatedFact]) -> bool:
    """Whether both state something of one unit, and each states something there that the other does not."""
    units_one, units_other = _by_unit(one), _by_unit(other)
    return any(
        not units_one[unit] <= units_other[unit] and not units_other[unit] <= units_one[unit]
        for unit in units_one.keys() & units_other.keys()
    )


def _by_unit(facts: frozenset[StatedFact]) -> dict[tuple[str, str], set[str]]:
    units: dict[tuple[str, str], set[str]] = {}
    for fact in facts:
        key = _in_days(fact.key)
        units.setdefault((fact.kind, re.sub(r"[\d.,:]+", "#", key)), set()).add(key)
    return units


def _in_days(key: str) -> str:
    """Weeks, months and years as days, so that "14 days" and "2 weeks" are one figure, and "3 weeks" another."""
    number, _, unit = key.partition(" ")
    return f"{float(number) * _DAYS[unit]:g} day" if unit in _DAYS else key


def _verdict(answer: str) -> str | None:
    found = _VERDICT.match(answer)
    return None if found is None else "yes" if found[1] else "no"


def _shown(exchange: Exchange) -> str:
    return f"{exchange.question}\n→ {exchange.answer}"
