"""What stays in a text: terms of word lists, harmless shapes, and what a kit names.

Terms are looked up by their words, so ten thousand of them cost no more than ten.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from kitwright.privacy.beside import fits_in
from kitwright.privacy.finding import Finding, Tier
from kitwright.privacy.policy import PrivacyPolicy

if TYPE_CHECKING:
    from kitwright.privacy.engine import Engine

_LISTS: Final = (
    *("analyses", "brands", "clinics", "devices", "drugs", "eponym_names", "eponyms", "genes", "namesakes"),
)
_WORD: Final = re.compile(r"\w+(?:['&/+-]\w+)*")
_SECONDS: Final = 5.0  # for one keep pattern

Terms = Mapping[str, Mapping[tuple[str, ...], tuple[str, bool]]]
"""First word, to the words of each term that opens with it, to its kind and whether it must be in capitals."""


class Keeper:
    """Finds what stays.

    Args:
        policy: names the kit's own terms and patterns.
        engine: has the harmless shapes.
    """

    def __init__(self, policy: PrivacyPolicy, engine: "Engine") -> None:
        import regex

        self._engine = engine
        self._terms = (_general(), _terms({"kit": policy.keep_terms}))
        self._off = frozenset(name for name, pattern in policy.keep_patterns.items() if not pattern)
        self._patterns: tuple[tuple[str, Any], ...] = tuple(
            (name, regex.compile(pattern, regex.IGNORECASE))
            for name, pattern in policy.keep_patterns.items()
            if pattern
        )

    def allowed(self, text: str) -> Iterator[Finding]:
        """What the kit's patterns let stay, whoever takes it for what."""
        for name, pattern in self._patterns:
            for match in pattern.finditer(text, timeout=_SECONDS):
                yield Finding(match.start(), match.end(), name.upper(), 1.0, Tier.ALLOWED, "privacy.yaml", name)

    def harmless(self, text: str) -> Iterator[Finding]:
        """What is known to be no personal data."""
        yield from self._engine.harmless(text)
        words = [(match.start(), match.end(), _plain(match.group())) for match in _WORD.finditer(text)]
        for terms in self._terms:
            for start, end, kind in _known(text, words, terms):
                if kind in self._off or not fits_in(kind, text, start, end):
                    continue
                yield Finding(start, end, kind.upper(), 1.0, Tier.KEPT, "word lists", kind)


def _known(text: str, words: list[tuple[int, int, str]], terms: Terms) -> Iterator[tuple[int, int, str]]:
    for index, (start, _, first) in enumerate(words):
        for term, (kind, capitals) in terms.get(first, {}).items():
            stop = index + len(term)
            if tuple(word for _, _, word in words[index:stop]) == term:
                end = words[stop - 1][1]
                if not capitals or text[start:end].isupper():
                    yield start, end, kind


@cache
def _general() -> Terms:
    return _terms({name: _lines(name) for name in _LISTS})


def _lines(name: str) -> list[str]:
    written = (files("kitwright.privacy") / "lists" / f"{name}.txt").read_text("utf-8")
    return read_terms(written)


def read_terms(written: str) -> list[str]:
    """The terms of a list: one a line or several with commas between; `#` opens a comment."""
    lines = (line.partition("#")[0] for line in written.splitlines())
    return [term.strip() for line in lines for term in line.split(",") if term.strip()]


def _terms(kinds: Mapping[str, Iterable[str]]) -> Terms:
    terms: dict[str, dict[tuple[str, ...], tuple[str, bool]]] = {}
    for kind, written in kinds.items():
        for term in written:
            # ANA is a test, Ana is a name; brca1 can be nothing else.
            capitals = term.isupper() and term.isalpha()
            for words in _spellings(term):
                terms.setdefault(words[0], {})[words] = kind, capitals
    return terms


def _spellings(term: str) -> Iterator[tuple[str, ...]]:
    """A term as people write it: "Crohn's disease", "Crohns disease", "Crohn disease"."""
    words = tuple(match.group() for match in _WORD.finditer(term))
    if not words:
        return
    yield tuple(map(_plain, words))
    if len(words) > 1 and any(word.endswith("'s") for word in words):
        yield tuple(_plain(word.removesuffix("'s")) for word in words)


def _plain(word: str) -> str:
    return word.lower().replace("'", "")
