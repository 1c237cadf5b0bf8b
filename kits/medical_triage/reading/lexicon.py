"""The lexicon: finds where a message names a finding, by words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final

from ..reading.pattern import Pattern, Words, pattern_of
from ..reading.tokens import Token

Span = tuple[int, int]
_MOST_COMBINATIONS: Final = 400
_BESIDE: Final = 2
_BREAKS: Final = frozenset({"but", "however", "although", "though", "whereas", "?"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a finding.

    Args:
        finding: its id, or `id/value`.
        first: number of the first token.
        last: number of the last token.
        tokens: numbers of the tokens that count; those between do not.
    """

    finding: str
    first: int
    last: int
    tokens: frozenset[int]


class Lexicon:
    """Patterns of many findings, looked up together.

    Args:
        entries: patterns of each finding, or of each of its values (`id/value`).
        classes: the words that patterns share; see `pattern_of`.

    Raises:
        ValueError: a pattern can not be read; the message names finding and pattern.
    """

    def __init__(self, entries: Mapping[str, Sequence[str]], classes: Mapping[str, str]) -> None:
        self._patterns: list[tuple[str, Pattern, tuple[int, ...], int | None]] = []
        self._group_ids: dict[frozenset[Words], int] = {}
        for finding, sources in entries.items():
            for source in sources:
                self._add(finding, source, classes)
        self._starts: dict[str, list[tuple[Words, int]]] = defaultdict(list)
        for group, number in self._group_ids.items():
            for words in group:
                self._starts[words[0]].append((words, number))
        self._of_group: dict[int, list[int]] = defaultdict(list)
        for index, (_, _, groups, _) in enumerate(self._patterns):
            self._of_group[groups[0]].append(index)

    @property
    def words(self) -> frozenset[str]:
        """Every word of the patterns that is no stem."""
        every = (word for group in self._group_ids for words in group for word in words)
        return frozenset(word for word in every if not word.endswith("*"))

    @property
    def stems(self) -> frozenset[str]:
        """Every stem of the patterns, without the `*`."""
        every = (word for group in self._group_ids for words in group for word in words)
        return frozenset(word[:-1] for word in every if word.endswith("*"))

    def mentions(self, tokens: Sequence[Token]) -> list[Mention]:
        """Every mention of a finding, in the order of the patterns."""
        places = _Places(_stretches(tokens, _BREAKS), _stretches(tokens, _BREAKS | {","}))
        hits = self._hits(tokens)
        found: dict[tuple[str, int, int], Mention] = {}
        for group in hits:
            for index in self._of_group.get(group, ()):
                finding, pattern, groups, without = self._patterns[index]
                if all(number in hits for number in groups):
                    forbidden = hits.get(without, []) if without is not None else []
                    for mention in _matches(finding, pattern, [hits[number] for number in groups], forbidden, places):
                        found.setdefault((finding, mention.first, mention.last), mention)
        return list(found.values())

    def _add(self, finding: str, source: str, classes: Mapping[str, str]) -> None:
        try:
            pattern = pattern_of(source, classes)
        except ValueError as error:
            raise ValueError(f"{finding}: {source!r} {error}") from None
        groups = tuple(self._number(group) for group in pattern.groups)
        without = self._number(pattern.without) if pattern.without else None
        self._patterns.append((finding, pattern, groups, without))

    def _number(self, group: frozenset[Words]) -> int:
        return self._group_ids.setdefault(group, len(self._group_ids))

    def _hits(self, tokens: Sequence[Token]) -> dict[int, list[Span]]:
        """Where each group has an alternative."""
        texts = [token.text for token in tokens]
        hits: dict[int, list[Span]] = defaultdict(list)
        for start, text in enumerate(texts):
            for key in _keys(text):
                for words, group in self._starts.get(key, ()):
                    if _continues(words, texts, start):
                        hits[group].append((start, start + len(words) - 1))
        return hits


def _keys(text: str) -> Iterator[str]:
    yield text
    for length in range(1, len(text) + 1):
        yield f"{text[:length]}*"


def _continues(words: Words, texts: Sequence[str], start: int) -> bool:
    if start + len(words) > len(texts):
        return False
    return all(
        text.startswith(word[:-1]) if word.endswith("*") else text == word
        for word, text in zip(words[1:], texts[start + 1 : start + len(words)], strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """Where tokens stand.

    Args:
        stretches: for each token the number of its stretch: a sentence, or what stands on one side of `but`.
        clauses: the same with commas as borders, which a word that spoils a mention does not reach over.
    """

    stretches: list[int]
    clauses: list[int]


def _stretches(tokens: Sequence[Token], borders: Set[str]) -> list[int]:
    """For each token the number of its stretch: a sentence, or what stands on one side of a border."""
    numbers: list[int] = []
    number = 0
    for index, token in enumerate(tokens):
        if index and (token.sentence != tokens[index - 1].sentence or token.text in borders):
            number += 1
        numbers.append(number)
    return numbers


def _matches(
    finding: str, pattern: Pattern, places: list[list[Span]], forbidden: list[Span], at: _Places
) -> Iterable[Mention]:
    """Each narrowest way to have one place of every group."""
    if len(places) == 1:
        chosen: Iterable[tuple[Span, ...]] = ((place,) for place in places[0])
    else:
        count = 1
        for each in places:
            count *= len(each)
        chosen = product(*places) if count <= _MOST_COMBINATIONS else product(*(each[:6] for each in places))
    best: dict[int, tuple[int, tuple[Span, ...]]] = {}
    for spans in chosen:
        first, last = min(span[0] for span in spans), max(span[1] for span in spans)
        width = last - first + 1
        if (width > pattern.window and len(spans) > 1) or at.stretches[first] != at.stretches[last]:
            continue
        if not _apart(spans, ordered=pattern.ordered) or _spoilt(forbidden, first, last, at):
            continue
        anchor = spans[0][0]
        if anchor not in best or width < best[anchor][0]:
            best[anchor] = (width, spans)
    for _, spans in best.values():
        tokens = frozenset(index for start, end in spans for index in range(start, end + 1))
        yield Mention(finding, min(tokens), max(tokens), tokens)


def _apart(spans: tuple[Span, ...], *, ordered: bool) -> bool:
    """Whether no token serves two groups, and the order is right where one is asked for."""
    if len(spans) == 1:
        return True
    line = spans if ordered else tuple(sorted(spans))
    return all(before[1] < after[0] for before, after in pairwise(line))


def _spoilt(forbidden: list[Span], first: int, last: int, at: _Places) -> bool:
    """Whether a word that must not be there stands in the mention, or within two tokens of it in its clause."""
    return any(
        (first <= start and end <= last)
        or (first - _BESIDE <= start and end < first and at.clauses[end] == at.clauses[first])
        or (last < start and end <= last + _BESIDE and at.clauses[start] == at.clauses[last])
        for start, end in forbidden
    )
