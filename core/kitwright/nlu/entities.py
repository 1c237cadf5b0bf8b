"""Finding entities: placeholders, patterns, measures, lookup phrases and sizes, with roles where two are compared."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Final

from kitwright.nlu.candidate import Candidate, settled
from kitwright.nlu.data import NluData
from kitwright.nlu.dates import date_entities
from kitwright.nlu.gazetteer import Gazetteer
from kitwright.nlu.measures import measure_entities
from kitwright.nlu.numbers import number_entities
from kitwright.nlu.placeholders import placeholder_entities
from kitwright.nlu.roles import with_roles
from kitwright.nlu.sizes import size_entities
from kitwright.types import Entity, ScrubbedText

_BY_EXAMPLE: Final = frozenset({"height", "weight", "size"})
_OFTEN: Final = 5  # annotated roles from which an entity is one that people change
_BY_NAME: Final = frozenset({"date", "number"})


def local_time() -> datetime:
    """Now, where this machine stands."""
    return datetime.now().astimezone()


class EntityFinder:
    """Finds the entities of a kit.

    Heights, weights and sizes are looked for only in kits whose utterances annotate them, dates and numbers where the
    domain declares an entity of that name.

    Args:
        data: of the kit.
        declared: the domain's entities.
        now: what relative dates are counted from.
    """

    def __init__(
        self, data: NluData, declared: Collection[str] = (), *, now: Callable[[], datetime] = local_time
    ) -> None:
        self._gazetteer = Gazetteer(data)
        self._patterns = [(name, re.compile(p, re.IGNORECASE)) for name, ps in data.regexes.items() for p in ps]
        annotated = [entity for example in data.examples for entity in example.entities]
        self._unwanted = _BY_EXAMPLE.difference(entity.name for entity in annotated) | _BY_NAME.difference(declared)
        roles = Counter(entity.name for entity in annotated if entity.role)
        self._compared = frozenset(name for name, count in roles.items() if count >= _OFTEN)
        self._now = now

    def find(self, text: ScrubbedText) -> tuple[Entity, ...]:
        """Entities in order of position, none overlapping another."""
        candidates = [c for c in self._candidates(text) if c.name not in self._unwanted]
        entities = [Entity(c.name, c.value, c.start, c.end) for c in settled(candidates)]
        return tuple(with_roles(text, entities, self._compared))

    def _candidates(self, text: str) -> Iterator[Candidate]:
        yield from placeholder_entities(text)
        yield from self._by_pattern(text)
        yield from measure_entities(text)
        yield from self._gazetteer.find(text)
        yield from size_entities(text)
        if "date" not in self._unwanted:
            yield from date_entities(text, self._now())
        if "number" not in self._unwanted:
            yield from number_entities(text)

    def _by_pattern(self, text: str) -> Iterator[Candidate]:
        """The kit's own patterns; of one with a group, the first group that matched is the entity."""
        for name, pattern in self._patterns:
            for match in pattern.finditer(text):
                group = match.lastindex and next(n for n in range(1, match.lastindex + 1) if match[n] is not None)
                start, end = match.span(group or 0)
                if start < end:
                    yield Candidate(start, end, name, self._gazetteer.value(text[start:end]), rank=1)
