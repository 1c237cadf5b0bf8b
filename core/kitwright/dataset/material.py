"""Material: everything that the checks look at, prepared once; and what they ask of other rooms, as callables."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from kitwright.dataset.neighbours import Pair, Vectors, close_across, spelling
from kitwright.dataset.sample import Sample
from kitwright.dataset.wording import FLOOR, alike
from kitwright.types import Span

MAX_TOKENS: Final = 1024
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
Encode = Callable[[Sequence[str]], Vectors]


class StatedFact(NamedTuple):
    """A checkable fact of a text: its kind, and its normalised value such as `30 day`."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Probes:
    """What other rooms find in a text.

    Args:
        encode: texts, already masked, to unit vectors.
        personal: personal data of a text.
        facts: numbers, prices, dates, links and addresses that a text states.
        unsupported: those of an answer that none of the sources states.
        count: tokens of a text.
    """

    encode: Encode
    personal: Callable[[str], Sequence[Span]]
    facts: Callable[[str], frozenset[StatedFact]]
    unsupported: Callable[[str, Sequence[str]], Sequence[StatedFact]]
    count: Callable[[str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """What a kit tells about the domain of the records.

    Args:
        passages: id to text.
        utterances: what people of this domain ask.
        language: two letters.
    """

    passages: Mapping[str, str]
    utterances: tuple[str, ...]
    language: str


@dataclass(frozen=True, kw_only=True)
class Material:
    """Records and what is known about them.

    Args:
        samples: the records.
        evals: records that must not be trained on.
        folders: datasets given as folders, with the number of records in each.
        max_tokens: a longer record is cut in training.
    """

    samples: tuple[Sample, ...]
    probes: Probes
    evals: tuple[Sample, ...] = ()
    folders: Mapping[Path, int] = field(default_factory=dict)
    domain: Domain | None = None
    max_tokens: int = MAX_TOKENS

    @cached_property
    def vectors(self) -> Vectors:
        """Of what is asked in each record."""
        return self._encoded([sample.question for sample in self.samples])

    @cached_property
    def eval_vectors(self) -> Vectors:
        """Of what is asked in each record of the evals."""
        return self._encoded([sample.question for sample in self.evals])

    @cached_property
    def domain_vectors(self) -> Vectors | None:
        """Of the sentences of passages, and the utterances, of the kit, where there is one."""
        if self.domain is None:
            return None
        sentences = [part for text in self.domain.passages.values() for part in _SENTENCE.split(text) if part.strip()]
        return self.probes.encode([*sentences, *self.domain.utterances])

    @cached_property
    def pairs(self) -> list[Pair]:
        """Records that ask the same, or nearly; each pair once, nearest first."""
        return [p for p in self._alike(self.samples, lambda: self.vectors) if p.first < p.second]

    @cached_property
    def eval_pairs(self) -> list[Pair]:
        """Records that ask the same, or nearly, as one of the evals."""
        return self._alike(self.evals, lambda: self.eval_vectors)

    @cached_property
    def personal(self) -> dict[str, Sequence[Span]]:
        """Text to the personal data in it, for each text of the records and evals."""
        texts = dict.fromkeys(said.content for s in (*self.samples, *self.evals) for said in s.messages)
        return {text: self.probes.personal(text) for text in texts}

    def masked(self, text: str) -> str:
        """A text of the records, or several joined by newlines, with a label in place of personal data."""
        return _masked(text, self.personal[text] if text in self.personal else self.probes.personal(text))

    def _alike(self, others: Sequence[Sample], vectors: Callable[[], Vectors]) -> list[Pair]:
        if not self.samples or not others:
            return []
        mine, theirs = [s.question for s in self.samples], [s.question for s in others]
        found = {(p.first, p.second): p for p in close_across(self.vectors, vectors(), FLOOR)}
        for first, second, _ in close_across(spelling(mine), spelling(theirs), FLOOR):
            # Letters say nothing of what a word means, so such a pair counts as barely near.
            found.setdefault((first, second), Pair(first, second, FLOOR))
        return [p for p in found.values() if alike(mine[p.first], theirs[p.second], p.cosine)]

    def _encoded(self, questions: Sequence[str]) -> Vectors:
        return self.probes.encode([self.masked(question) for question in questions])


def _masked(text: str, spans: Sequence[Span]) -> str:
    for span in sorted(spans, key=lambda span: -span.start):
        text = f"{text[: span.start]}<{span.label}>{text[span.end :]}"
    return text
