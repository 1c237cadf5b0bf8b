"""Answer evals that are shipped: a reference answer must pass its own sample, or no bot ever could."""

import pytest

from kitwright.evaluation import Evidence, score_answer
from kitwright.kit import Kit, find_kits, load_kit
from kitwright.types import ScrubbedText, fact_lines

KITS = {name: load_kit(name) for name in sorted(find_kits())}


def unable(kit: Kit) -> list[str]:
    texts = {passage.id: passage.text for passage in kit.passages}
    failing = []
    for sample in (sample for entry in kit.evals for sample in entry.answers):
        sources = (*(texts[name] for name in sample.passages), *fact_lines(sample.facts or {}))
        evidence = Evidence(sources=sources, conversation=(ScrubbedText(sample.text),))
        if not score_answer(sample.reference, sample, evidence, kit.guard.output, similarity=1.0)["passed"]:
            failing.append(sample.id)
    return failing


def test_there_are_answer_samples() -> None:
    assert sum(len(entry.answers) for entry in KITS["clothing_support"].evals) >= 330


@pytest.mark.parametrize("name", KITS)
def test_every_reference_answer_passes(name: str) -> None:
    assert unable(KITS[name]) == []
