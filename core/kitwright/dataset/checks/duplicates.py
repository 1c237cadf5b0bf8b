"""Duplicates: records that are the same or nearly so, inside a split, across splits, and with the evals."""

from collections.abc import Iterator
from typing import Final

from kitwright.dataset.finding import Finding, error, warning
from kitwright.dataset.material import Material
from kitwright.dataset.sample import Sample
from kitwright.dataset.wording import content, folded, same_words, words

_TELLING: Final = 4  # words, two of which carry meaning; "thanks" and "how much is it" are said in any conversation

_RARE: Final = 4  # words that carry meaning; with fewer, people who know nothing of each other may ask alike


def duplicates(material: Material) -> Iterator[Finding]:
    """Records that are the same, nearly the same, or ask the same in two splits."""
    exact: dict[tuple[str, ...], list[Sample]] = {}
    for sample in material.samples:
        exact.setdefault(_key(sample), []).append(sample)
    for same in exact.values():
        if len(same) > 1:
            yield from _same(same)
    for pair in material.pairs:
        one, other = material.samples[pair.first], material.samples[pair.second]
        if _key(one) == _key(other) or not _is_telling(one.question):
            continue
        shown = (one.question, other.question)
        if _apart(one, other):
            what = f"{one.split} and {other.split} ask the same"
            yield error("leakage", what, one, other, excerpts=shown)
        elif _same_answer(one, other):
            shown = (one.text, other.text)
            yield warning("near_duplicate", "nearly the same", one, other, excerpts=shown)


def _same(same: list[Sample]) -> Iterator[Finding]:
    splits = sorted({sample.split for sample in same if sample.split})
    if len(splits) > 1:
        yield error("leakage", f"the same record in {' and '.join(splits)}", *same, excerpts=(same[0].text,))
    else:
        yield error("exact_duplicate", f"{len(same)} times the same record", *same, excerpts=(same[0].text,))


def eval_leaks(material: Material) -> Iterator[Finding]:
    """Records that hold a message of an eval, or ask nearly the same."""
    asked: dict[str, Sample] = {}
    for sample in material.evals:
        for said in sample.context:
            if said.role == "user" and _is_telling(said.content):
                asked.setdefault(folded(said.content), sample)
    exact: set[str] = set()
    for sample in material.samples:
        for said in sample.context:
            found = asked.get(folded(said.content)) if said.role == "user" else None
            if found is not None and sample.place not in exact:
                exact.add(sample.place)
                what = "a message of the eval stands in this record"
                yield error("leakage_into_eval", what, sample, found, excerpts=(said.content, found.question))
    for pair in material.eval_pairs:
        sample, other = material.samples[pair.first], material.evals[pair.second]
        if sample.place in exact or not _is_telling(sample.question):
            continue
        exact.add(sample.place)
        make = error if len(content(sample.question)) >= _RARE else warning
        what = "asks nearly the same as the eval"
        yield make("leakage_into_eval", what, sample, other, excerpts=(sample.question, other.question))


def _key(sample: Sample) -> tuple[str, ...]:
    """What two records share that are the same; what a tool said belongs to the question."""
    ends = (sample.label or "", sample.facts) if sample.shape in ("text", "kto") else (sample.facts,)
    return (sample.shape, *ends, *(f"{said.role} {folded(said.content)}" for said in sample.messages))


def _is_telling(question: str) -> bool:
    return len(words(question)) >= _TELLING and len(content(question)) >= 2


def _apart(one: Sample, other: Sample) -> bool:
    return one.split is not None and other.split is not None and one.split != other.split


def _same_answer(one: Sample, other: Sample) -> bool:
    if one.shape != other.shape or one.label != other.label or one.facts != other.facts:
        return False
    if one.answer is None or other.answer is None:
        return one.answer == other.answer
    return same_words(one.answer, other.answer)
