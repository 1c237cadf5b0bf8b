"""Figures of a dataset: size, turns, length, variety, near-duplicates, classes, use of passages."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from kitwright.dataset.checks.classes import class_counts
from kitwright.dataset.material import Material
from kitwright.dataset.wording import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A spread of lengths, in tokens."""

    p10: int
    p50: int
    p90: int
    max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetStats:
    """Figures of a dataset.

    Args:
        messages: messages of all records.
        answers: answers of the assistant.
        multi_turn: share of records with more than one answer or question.
        tokens: of whole records, and of answers.
        vocabulary: different words.
        distinct_1: different words a word, over all answers (or texts, where there are none).
        distinct_2: different pairs of words a pair.
        near_duplicates: share of records that ask nearly the same as another.
        shapes: shape to records.
        splits: split to records.
        classes: label, intent or first tag to records.
        tags: tag to records.
        passages_used: different passages that records name.
        passage_coverage: share of the kit's passages that records name; None without a kit.
        unused_passages: those of the kit that no record names.
    """

    records: int
    messages: int
    answers: int
    multi_turn: float
    tokens: dict[str, Spread]
    vocabulary: int
    distinct_1: float
    distinct_2: float
    near_duplicates: float
    shapes: dict[str, int]
    splits: dict[str, int]
    classes: dict[str, int]
    tags: dict[str, int]
    passages_used: int
    passage_coverage: float | None
    unused_passages: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The figures for `--json`, shares with four decimals."""
        return {
            name: round(value, 4) if isinstance(value, float) else list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }


def stats_of(material: Material) -> DatasetStats:
    """The figures of these records."""
    samples = material.samples
    answers = [answer for sample in samples for answer in sample.answers]
    used = {name for sample in samples for name in sample.passages}
    known = set(material.domain.passages) if material.domain else set()
    return DatasetStats(
        records=len(samples),
        messages=sum(len(sample.messages) for sample in samples),
        answers=len(answers),
        multi_turn=_share(sum(said.role == "user" for said in sample.context) > 1 for sample in samples),
        tokens={
            "record": _spread([sum(material.probes.count(s.content) for s in sample.messages) for sample in samples]),
            "answer": _spread([material.probes.count(answer) for answer in answers]),
        },
        vocabulary=len({word for sample in samples for word in words(sample.text)}),
        distinct_1=distinct(answers or [sample.text for sample in samples], 1),
        distinct_2=distinct(answers or [sample.text for sample in samples], 2),
        near_duplicates=len({row for p in material.pairs for row in (p.first, p.second)}) / len(samples)
        if samples
        else 0.0,
        shapes=_counts([sample.shape for sample in samples]),
        splits=_counts([sample.split for sample in samples if sample.split]),
        classes=_counts([str(name) for name, n in class_counts(samples).items() for _ in range(n)]),
        tags=_counts([tag for sample in samples for tag in sample.tags]),
        passages_used=len(used),
        passage_coverage=len(used & known) / len(known) if known else None,
        unused_passages=tuple(sorted(known - used)),
    )


def distinct(texts: Sequence[str], size: int) -> float:
    """Different runs of `size` words, as a share of all runs (distinct-n of Li et al., 2016).

    Example:
        >>> distinct(["a b a b"], 2)
        0.6666666666666666
    """
    runs = [
        tuple(said[at : at + size]) for text in texts for said in [words(text)] for at in range(len(said) - size + 1)
    ]
    return len(set(runs)) / len(runs) if runs else 0.0


def _spread(lengths: Sequence[int]) -> Spread:
    ordered = sorted(lengths) or [0]
    p10, p50, p90 = (ordered[round((len(ordered) - 1) * share)] for share in (0.1, 0.5, 0.9))
    return Spread(p10=p10, p50=p50, p90=p90, max=ordered[-1])


def _counts(names: Sequence[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


def _share(truths: Iterable[bool]) -> float:
    values = list(truths)
    return sum(values) / len(values) if values else 0.0
