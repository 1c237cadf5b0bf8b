"""Finding entities: placeholders, patterns, measures, phrases, sizes, dates, and what the tagger adds; with roles."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Final

from kitwright.nlu.candidate import PATTERN, TAGGED, Candidate, settled
from kitwright.nlu.data import NluData
from kitwright.nlu.dates import date_entities
from kitwright.nlu.gazetteer import Gazetteer
from kitwright.nlu.measures import measure_entities
from kitwright.nlu.numbers import figures, number_entities
from kitwright.nlu.placeholders import placeholder_entities
from kitwright.nlu.roles import with_roles
from kitwright.nlu.sizes import size_entities
from kitwright.nlu.tagger import TaggedSpan
from kitwright.types import Entity, ScrubbedText

_BY_EXAMPLE: Final = frozenset({"height", "weight", "size"})
_LONGEST: Final = 10_000  # characters; bots refuse longer messages, and some patterns look far back
_REMEMBERED: Final = 2048  # texts
_OFTEN: Final = 5  # annotated roles from which an entity is one that people change
_CLOSED: Final = 0.9  # share of the annotated values that are known, from which an entity has no others
_BY_NAME: Final = frozenset({"date", "number"})


def local_time() -> datetime:
    """Now, where this machine stands."""
    return datetime.now().astimezone()


class EntityFinder:
    """Finds the entities of a kit.

    Heights, weights and sizes are looked for only in kits whose utterances annotate them, dates and numbers where the
    domain declares an entity of that name. What a tagger finds counts where no pattern and no exact phrase is.

    Args:
        data: of the kit.
        declared: the domain's entities.
        tagging: gives stretches that look like annotated ones.
        now: what relative dates are counted from.
    """

    def __init__(
        self,
        data: NluData,
        declared: Collection[str] = (),
        *,
        tagging: Callable[[str], Sequence[TaggedSpan]] = lambda _: (),
        now: Callable[[], datetime] = local_time,
    ) -> None:
        self._gazetteer = Gazetteer(data)
        self._phrases = lru_cache(_REMEMBERED)(lambda text: tuple(self._gazetteer.find(text)))
        self._patterns = [(name, re.compile(p, re.IGNORECASE)) for name, ps in data.regexes.items() for p in ps]
        annotated = [entity for example in data.examples for entity in example.entities]
        self._unwanted = _BY_EXAMPLE.difference(entity.name for entity in annotated) | _BY_NAME.difference(declared)
        roles = Counter(entity.name for entity in annotated if entity.role)
        self._compared = frozenset(name for name, count in roles.items() if count >= _OFTEN)
        self._annotated = annotated
        self._tagging = tagging
        self._now = now

    def find(self, text: ScrubbedText, tagged: Sequence[TaggedSpan] | None = None) -> tuple[Entity, ...]:
        """Entities in order of position, none overlapping another; of a very long text, those of its beginning.

        Args:
            text: the message.
            tagged: stretches to take instead of the tagger's.
        """
        text = ScrubbedText(text[:_LONGEST])
        candidates = list(self._candidates(text))
        for span in self._tagging(text) if tagged is None else tagged:
            candidates += self._from_tagger(text, span, candidates)
        entities = [Entity(c.name, c.value, c.start, c.end) for c in settled(candidates)]
        return with_roles(text, entities, self._compared)

    def normalised(self, name: str, said: str) -> str | None:
        """The value that a text stands for as an entity of this type; None where it stands for none that is known."""
        for one in self._candidates(said):
            if one.name == name and (one.rank <= PATTERN or one.end - one.start == len(said)):
                return one.value
        return self._gazetteer.nearest(name, said) or (figures(said) if name in self._numeric else None)

    @cached_property
    def _numeric(self) -> frozenset[str]:
        """Entities that are mostly numbers, as the annotated ones tell."""
        numbers = Counter(entity.name for entity in self._annotated if figures(entity.value))
        counts = Counter(entity.name for entity in self._annotated)
        return frozenset(name for name, count in numbers.items() if 2 * count >= counts[name])

    @cached_property
    def _open(self) -> frozenset[str]:
        """Entities whose values are not all known beforehand, as the annotated ones tell."""
        known: dict[str, list[bool]] = {}
        for name, value in sorted({(entity.name, entity.value.lower()) for entity in self._annotated}):
            known.setdefault(name, []).append(self.normalised(name, value) is not None)
        return frozenset(name for name, each in known.items() if sum(each) < _CLOSED * len(each))

    def _from_tagger(self, text: str, span: TaggedSpan, others: Sequence[Candidate]) -> Iterator[Candidate]:
        """The stretch with its value; one that says more than exact phrases of its own type takes their place."""
        said = text[span.start : span.end]
        value = self.normalised(span.name, said)
        if value is None and span.name in self._open:
            value = self._gazetteer.value(said)
        if value is None:
            return
        met = [one for one in others if one.start < span.end and span.start < one.end and one.rank < TAGGED]
        own = all(one.name == span.name and span.start <= one.start and one.end <= span.end for one in met)
        rank = min((one.rank for one in met), default=TAGGED) if own and span.name in self._open else TAGGED
        yield Candidate(span.start, span.end, span.name, value, rank=rank)

    def _candidates(self, text: str) -> Iterator[Candidate]:
        return (one for one in self._everything(text) if one.name not in self._unwanted)

    def _everything(self, text: str) -> Iterator[Candidate]:
        yield from placeholder_entities(text)
        yield from self._by_pattern(text)
        yield from measure_entities(text)
        yield from self._phrases(text)
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
                    yield Candidate(start, end, name, self._gazetteer.value(text[start:end]), rank=PATTERN)
