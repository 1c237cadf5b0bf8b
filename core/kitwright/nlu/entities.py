"""Finding entities: placeholders, patterns, measures, lookup phrases and sizes, with roles where two are compared."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kitwright.nlu.candidate import Candidate, settled
from kitwright.nlu.data import NluData
from kitwright.nlu.gazetteer import Gazetteer
from kitwright.nlu.measures import measure_entities
from kitwright.nlu.placeholders import placeholder_entities
from kitwright.nlu.sizes import size_entities
from kitwright.types import Entity, ScrubbedText

_TO: Final = re.compile(
    r"\W*(?:->|\u2192|\b(?:to|into|for|with)\b(?:\s+(?:an?|the|my|one in))?)\W*(?:size\s)?", re.IGNORECASE
)
_INSTEAD: Final = re.compile(
    r"\W*\b(?:one\s)?(?:instead of|rather than|in place of|not)\b(?:\s+(?:an?|the|my))?\W*(?:size\s)?", re.IGNORECASE
)
_BUILT_IN: Final = frozenset({"height", "weight", "size"})


class EntityFinder:
    """Finds the entities of a kit.

    Heights, weights and sizes are looked for only in kits whose utterances annotate them.
    """

    def __init__(self, data: NluData) -> None:
        self._gazetteer = Gazetteer(data)
        self._patterns = [(name, re.compile(p, re.IGNORECASE)) for name, ps in data.regexes.items() for p in ps]
        annotated = {entity.name for example in data.examples for entity in example.entities}
        self._wanted = _BUILT_IN & annotated

    def find(self, text: ScrubbedText) -> tuple[Entity, ...]:
        """Entities in order of position, none overlapping another."""
        candidates = [c for c in self._candidates(text) if c.name not in _BUILT_IN or c.name in self._wanted]
        entities = [Entity(c.name, c.value, c.start, c.end) for c in settled(candidates)]
        return tuple(_with_roles(text, entities))

    def _candidates(self, text: str) -> Iterator[Candidate]:
        yield from placeholder_entities(text)
        yield from self._by_pattern(text)
        yield from measure_entities(text)
        yield from self._gazetteer.find(text)
        yield from size_entities(text)

    def _by_pattern(self, text: str) -> Iterator[Candidate]:
        """The kit's own patterns; of one with a group, the first group that matched is the entity."""
        for name, pattern in self._patterns:
            for match in pattern.finditer(text):
                group = match.lastindex and next(n for n in range(1, match.lastindex + 1) if match[n] is not None)
                start, end = match.span(group or 0)
                if start < end:
                    yield Candidate(start, end, name, self._gazetteer.value(text[start:end]), rank=1)


def _with_roles(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Mark "M to L" and "L instead of M" with the roles from and to."""
    marked = list(entities)
    for n, (first, second) in enumerate(pairwise(entities)):
        if first.name != second.name:
            continue
        between = text[first.end : second.start]
        if _TO.fullmatch(between):
            marked[n : n + 2] = replace(first, role="from"), replace(second, role="to")
        elif _INSTEAD.fullmatch(between):
            marked[n : n + 2] = replace(first, role="to"), replace(second, role="from")
    return marked
