"""Words known as names of people or towns, or as drugs and eponyms: told to the tagger beside the state of each word.

The tagger learns with the lexicon on every other example only, so that it does not lean on it: most names stand in no
list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kitwright.errors import AdapterMismatch, Fault
from kitwright.files import read_text
from kitwright.privacy.tagger.lists import Lists

FILE: Final = "lexicon.txt"
KINDS: Final = ("given", "family", "town", "drug", "eponym")
_SHORTEST: Final = 3  # letters


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in lower case by what they are known as.

    Args:
        words: each word to whether it is of each of the kinds.
    """

    words: Mapping[str, tuple[bool, ...]]

    def of(self, word: str) -> tuple[bool, ...]:
        """Whether a word is known as each of the kinds."""
        return self.words.get(word.lower(), _UNKNOWN)

    @classmethod
    def of_lists(cls, lists: Lists) -> "Lexicon":
        """The words of the lists that templates are filled with."""
        terms = lists.first, lists.last, lists.city, lists.values("drugs"), lists.values("eponyms")
        return cls.of_kinds([_words(each) for each in terms])

    @classmethod
    def of_kinds(cls, kinds: Iterable[frozenset[str]]) -> "Lexicon":
        """A lexicon of the words of each kind."""
        each = tuple(kinds)
        return cls({word: tuple(word in kind for kind in each) for word in sorted(frozenset().union(*each))})

    def save(self, folder: Path) -> None:
        """Write it as text: a line for each kind."""
        lines = (" ".join(w for w, kinds in self.words.items() if kinds[n]) for n in range(len(KINDS)))
        (folder / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Lexicon":
        """Read what `save` wrote.

        Raises:
            FaultsFound: it can not be read.
            AdapterMismatch: it is of another version.
        """
        lines = read_text(folder / FILE).rstrip("\n").split("\n")
        if len(lines) != len(KINDS):
            problem = f"has {len(lines)} kinds of words instead of {len(KINDS)}"
            hint = "train it again: kitwright privacy train"
            raise AdapterMismatch(Fault(code="KW304", place=str(folder / FILE), problem=problem, hint=hint))
        return cls.of_kinds(frozenset(line.split()) for line in lines)


def _words(terms: Iterable[str]) -> frozenset[str]:
    words = (word.strip("'’().,-").removesuffix("'s") for term in terms for word in term.lower().split())
    return frozenset(word for word in words if len(word) >= _SHORTEST and word.isalpha())


_UNKNOWN: Final = (False,) * len(KINDS)
EMPTY: Final = Lexicon({})
"""Knows nothing."""
