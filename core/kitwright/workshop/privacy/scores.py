"""How well personal data are found in sentences with marks: what is missed, and what is touched that should stay.

`core` are what names a person or leads to one; dates and ages over 89 are counted apart, organisations and states not
at all. An entity is missed where less than half of its characters are covered by findings of any label.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kitwright.privacy.tagger import KEEP, Marked, Stretch
from kitwright.types import Span

_QUASI: Final = frozenset({"DATE", "AGE"})
_UNCOUNTED: Final = frozenset({"ORGANIZATION", "REGION"})
_QUASI_FOUND: Final = frozenset({"DATE_TIME", "DATE_OF_BIRTH", "AGE"})
_BETA: Final = 2.0  # Presidio's documentation weighs recall so


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts over one sentence, or many.

    Args:
        core: core entities, and how many were missed.
        quasi: dates and ages, and how many were missed.
        dirty: sentences with core entities, and those with one missed.
        clean: sentences with nothing personal, and those with a finding; the third without dates and ages.
        keep: stretches to keep, and those touched.
        harmless: characters that are not sensitive, and those touched.
        overlap: entities found, entities, findings on an entity, findings.
    """

    core: tuple[int, int] = (0, 0)
    quasi: tuple[int, int] = (0, 0)
    dirty: tuple[int, int] = (0, 0)
    clean: tuple[int, int, int] = (0, 0, 0)
    keep: tuple[int, int] = (0, 0)
    harmless: tuple[int, int] = (0, 0)
    overlap: tuple[int, int, int, int] = (0, 0, 0, 0)


def counted(sentence: Marked, found: Sequence[Span]) -> Counted:
    """The counts of one sentence."""
    covered = bytearray(len(sentence.text))
    for span in found:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    sensitive = [each for each in sentence.stretches if each.label != KEEP and each.label not in _UNCOUNTED]
    core = [each for each in sensitive if each.label not in _QUASI]
    quasi = [each for each in sensitive if each.label in _QUASI]
    kept = [each for each in sentence.stretches if each.label == KEEP]
    missed = sum(_missed(each, covered) for each in core)
    unsure = [each for each in sentence.stretches if each.label in _UNCOUNTED]
    plain = [n for n in range(len(sentence.text)) if not any(e.start <= n < e.end for e in (*sensitive, *unsure))]
    plain = [n for n in plain if not sentence.text[n].isspace()]
    is_clean = not sensitive and not unsure
    strict = [span for span in found if span.label not in _QUASI_FOUND]
    counting = [span for span in found if not any(_meet(span, each) for each in unsure)]
    return Counted(
        core=(len(core), missed),
        quasi=(len(quasi), sum(_missed(each, covered) for each in quasi)),
        dirty=(int(bool(core)), int(missed > 0)),
        clean=(int(is_clean), int(is_clean and bool(found)), int(is_clean and bool(strict))),
        keep=(len(kept), sum(any(_meet(span, each) for span in found) for each in kept)),
        harmless=(len(plain), sum(covered[n] for n in plain)),
        overlap=(
            sum(any(_meet(span, each) for span in found) for each in sensitive),
            len(sensitive),
            sum(any(_meet(span, each) for each in sensitive) for span in counting),
            len(counting),
        ),
    )


def figures(counts: Iterable[Counted]) -> dict[str, float | None]:
    """Shares over many sentences; None where there was nothing to count."""
    total = _sum(list(counts))
    found, entities, right, findings = total.overlap
    recall, precision = _share(found, entities), _share(right, findings)
    return {
        "core_entity_miss": _share(total.core[1], total.core[0]),
        "date_and_age_miss": _share(total.quasi[1], total.quasi[0]),
        "sentence_leak": _share(total.dirty[1], total.dirty[0]),
        "clean_touched": _share(total.clean[1], total.clean[0]),
        "clean_touched_without_dates": _share(total.clean[2], total.clean[0]),
        "keep_touched": _share(total.keep[1], total.keep[0]),
        "harmless_characters_touched": _share(total.harmless[1], total.harmless[0]),
        "overlap_f2": _f(precision, recall),
    }


def missed_by_label(sentences: Sequence[Marked], found: Sequence[Sequence[Span]]) -> Mapping[str, tuple[int, int]]:
    """For each label how many entities there are, and how many were missed."""
    counts: dict[str, tuple[int, int]] = {}
    for sentence, spans in zip(sentences, found, strict=True):
        covered = bytearray(len(sentence.text))
        for span in spans:
            covered[span.start : span.end] = b"\x01" * (span.end - span.start)
        for each in sentence.stretches:
            if each.label != KEEP:
                there, missed = counts.get(each.label, (0, 0))
                counts[each.label] = (there + 1, missed + _missed(each, covered))
    return dict(sorted(counts.items()))


def _missed(entity: Stretch, covered: bytearray) -> bool:
    return 2 * sum(covered[entity.start : entity.end]) < entity.end - entity.start


def _meet(span: Span, each: Stretch) -> bool:
    return span.start < each.end and each.start < span.end


def _sum(counts: Sequence[Counted]) -> Counted:
    sums: dict[str, Any] = {
        name: tuple(map(sum, zip(*(getattr(each, name) for each in counts), strict=True)))
        for name in Counted.__dataclass_fields__
    }
    return Counted(**sums)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f(precision: float | None, recall: float | None) -> float | None:
    if not precision or not recall:
        return None
    return (1 + _BETA**2) * precision * recall / (_BETA**2 * precision + recall)
