"""How well entities are found: precision, recall and F1 by entity type."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kitwright.types import Entity


@dataclass(frozen=True, slots=True)
class SpanScore:
    """Counts of one entity type.

    Args:
        right: annotated and found.
        extra: found only.
        missed: annotated only.
    """

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what is found that is right; 0 where nothing is found."""
        return self.right / max(1, self.right + self.extra)

    @property
    def recall(self) -> float:
        """Share of what is annotated that is found; 0 where nothing is annotated."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.right / max(1, 2 * self.right + self.extra + self.missed)


def span_scores(pairs: Iterable[tuple[Sequence[Entity], Sequence[Entity]]]) -> dict[str, SpanScore]:
    """Scores by entity type.

    An annotated entity is found where one of its type overlaps it and stands for the same value: a flow takes the
    value, and whether "age 5-6" or "5-6" was marked is nothing to it.

    Args:
        pairs: for each text, what is annotated and what is found.
    """
    right, extra, missed = Counter[str](), Counter[str](), Counter[str]()
    for annotated, found in pairs:
        left = list(found)
        for wanted in annotated:
            hit = next((one for one in left if _same(wanted, one)), None)
            if hit is None:
                missed[wanted.name] += 1
            else:
                left.remove(hit)
                right[wanted.name] += 1
        extra.update(one.name for one in left)
    names = sorted({*right, *extra, *missed})
    return {name: SpanScore(right[name], extra[name], missed[name]) for name in names}


def _same(one: Entity, other: Entity) -> bool:
    if one.name != other.name or one.end <= other.start or other.end <= one.start:
        return False
    return one.value.casefold() == other.value.casefold()
