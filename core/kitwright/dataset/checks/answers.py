"""Answers: those that repeat the question, pairs that do not differ, one answer for many questions."""

from collections.abc import Iterator
from typing import Final

from kitwright.dataset.finding import Finding, error, warning
from kitwright.dataset.material import Material
from kitwright.dataset.sample import Sample
from kitwright.dataset.wording import folded, same_words, words

_FEWEST_WORDS: Final = 5  # "You're welcome." may be said often
_FEWEST: Final = 4
_SHARE: Final = 0.01  # of the records


def answers_are_answers(material: Material) -> Iterator[Finding]:
    """Answers that only say the question again."""
    for sample in material.samples:
        asked = next((said.content for said in reversed(sample.context) if said.role == "user"), "")
        if sample.answer and folded(asked) == folded(sample.answer):
            what = "the answer is the question"
            yield error("same_prompt_and_completion", what, sample, excerpts=(asked, sample.answer))


def pairs_differ(material: Material) -> Iterator[Finding]:
    """Pairs whose chosen and rejected answer are the same."""
    for sample in material.samples:
        if sample.answer is not None and folded(sample.answer) == folded(sample.rejected or ""):
            yield error("chosen_equals_rejected", "both answers are the same", sample, excerpts=(sample.answer,))


def repeated_answers(material: Material) -> Iterator[Finding]:
    """One answer for many different questions."""
    by_answer: dict[str, list[Sample]] = {}
    for sample in material.samples:
        if sample.answer and len(words(sample.answer)) >= _FEWEST_WORDS:
            by_answer.setdefault(folded(sample.answer), []).append(sample)
    limit = max(_FEWEST, round(_SHARE * len(material.samples)))
    for same in by_answer.values():
        if len(same) >= limit and len(different := _different(same)) >= limit:
            what = f"one answer for {len(different)} different questions"
            shown = (same[0].answer or "", *(sample.question for sample in different[:2]))
            yield warning("repeated_answer", what, *same, excerpts=shown)


def _different(samples: list[Sample]) -> list[Sample]:
    kept: list[Sample] = []
    for sample in samples:
        if not any(same_words(sample.question, known.question) for known in kept):
            kept.append(sample)
    return kept
