"""Phrases of lookup tables and synonyms, found longest first.

Forgiven are typing errors in long words, one in a name of some words too, and an inner word that is left out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from kitwright.encoder import vocabulary
from kitwright.nlu.candidate import TAGGED, Candidate
from kitwright.nlu.data import NluData

_TOKEN: Final = re.compile(r"[^\W_]+")
_GAP: Final = re.compile(r"[\s.'\u2019&/-]{0,3}")
_LONGEST: Final = 5
_FORGIVING: Final = 5  # letters from which one error is forgiven; from 8 on two
_VERY_FORGIVING: Final = 8
_SHORTEST_PART: Final = 3
_FEWEST_AROUND: Final = 3  # words of a phrase, from which an error in one is forgiven whatever else that word may be
_PHRASE: Final = 3  # rank of a phrase that is there but for a slip in one of its words
_ALSO_WORDS: Final = frozenset(
    {"am", "as", "at", "be", "do", "go", "he", "hi", "id", "in", "is", "it", "me", "my", "no", "so", "to", "us", "we"}
)
_SHARED_NAMES: Final = {"product_type": "product", "product_name": "product"}

Words = tuple[str, ...]


class Gazetteer:
    """Finds the phrases of a kit's lookup tables; values are normalised by its synonyms.

    A word that the encoder's vocabulary or the training utterances know (`store`, `while`) is never taken for a
    typing error.
    """

    def __init__(self, data: NluData) -> None:
        self._phrases: dict[Words, tuple[str, str]] = {}
        self._synonyms = {_key(variant): value for variant, value in data.synonyms.items()}
        homes: dict[Words, str] = {}
        for table, phrases in data.lookups.items():
            for phrase in phrases:
                homes.setdefault(_key(phrase), _SHARED_NAMES.get(table, table))
        for key, name in homes.items():
            self._add(key, name, data)
        # Of names alone: "the republic" stands for no country because "the czech republic" does.
        self._around = _around(self._phrases)
        self._shortened = _shortened(self._phrases)
        for variant, value in data.synonyms.items():
            home = homes.get(_key(value))
            if home is not None:
                self._phrases.setdefault(_key(variant), (home, value))
        self._long = [words[0] for words in self._phrases if len(words) == 1 and len(words[0]) >= _FORGIVING]
        self._usual = _usual_words(data)

    def value(self, text: str) -> str:
        """The value that a text stands for, itself where it is no synonym."""
        return self._synonyms.get(_key(text), text)

    def nearest(self, name: str, text: str) -> str | None:
        """Value of the entity's phrase that a text is, but for some typing errors; None where it is none of them."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        said = " ".join(_key(text))
        if len(said) < _FORGIVING:
            return None
        phrases = {" ".join(key): value for key, (home, value) in self._phrases.items() if home == name}
        best = process.extractOne(said, phrases.keys(), scorer=OSA.distance, score_cutoff=_allowed(said))
        return None if best is None else phrases[best[0]]

    def find(self, text: str) -> Iterator[Candidate]:
        """Phrases in the text; those with typing errors have a higher rank."""
        tokens = list(_TOKEN.finditer(text))
        shouting = text.isupper()
        for first, token in enumerate(tokens):
            for last in range(min(first + _LONGEST, len(tokens)) - 1, first - 1, -1):
                window = tokens[first : last + 1]
                if candidate := self._exact(text, window, shouting=shouting) or self._misspelt(text, window):
                    yield candidate
                    break
            else:
                yield from self._with_errors(token)

    def _add(self, key: Words, name: str, data: NluData) -> None:
        spelled = next(p for phrases in data.lookups.values() for p in phrases if _key(p) == key)
        self._phrases[key] = (name, self._synonyms.get(key, spelled))

    def _exact(self, text: str, tokens: list[re.Match[str]], *, shouting: bool) -> Candidate | None:
        if _apart(text, tokens):
            return None
        key = tuple(token[0].lower() for token in tokens)
        found = self._phrases.get(key) or self._shortened.get(key)
        if found is None or (key[0] in _ALSO_WORDS and len(key) == 1 and (shouting or not tokens[0][0].isupper())):
            return None
        return Candidate(tokens[0].start(), tokens[-1].end(), *found, rank=_PHRASE)

    def _misspelt(self, text: str, tokens: list[re.Match[str]]) -> Candidate | None:
        """A phrase of some words, one of which is misspelt."""
        from rapidfuzz.distance import OSA

        if len(tokens) < _FEWEST_AROUND or _apart(text, tokens):
            return None
        key = tuple(token[0].lower() for token in tokens)
        for at, word in enumerate(key):
            for meant in self._around.get((*key[:at], "", *key[at + 1 :]), ()) if len(word) >= _SHORTEST_PART else ():
                if OSA.distance(word, meant, score_cutoff=_allowed(meant)) <= _allowed(meant):
                    found = self._phrases[(*key[:at], meant, *key[at + 1 :])]
                    return Candidate(tokens[0].start(), tokens[-1].end(), *found, rank=_PHRASE)
        return None

    def _with_errors(self, token: re.Match[str]) -> Iterator[Candidate]:
        """What a word stands for that is no word: two phrases without the space between them, or one misspelt."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        word = token[0].lower()
        if len(word) < _FORGIVING or not word.isalpha() or word in self._usual or word in vocabulary():
            return
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            parts = self._phrases.get((word[:cut],)), self._phrases.get((word[cut:],))
            if parts[0] and parts[1]:
                middle = token.start() + cut
                yield Candidate(token.start(), middle, *parts[0], rank=TAGGED)
                yield Candidate(middle, token.end(), *parts[1], rank=TAGGED)
                return
        same_start = [phrase for phrase in self._long if phrase[0] == word[0]]
        best = process.extractOne(word, same_start, scorer=OSA.distance, score_cutoff=_allowed(word))
        if best is not None:
            yield Candidate(token.start(), token.end(), *self._phrases[(best[0],)], rank=TAGGED)


def _apart(text: str, tokens: list[re.Match[str]]) -> bool:
    """Whether more than a space or a mark stands between two of them."""
    return any(not _GAP.fullmatch(text, a.end(), b.start()) for a, b in pairwise(tokens))


def _allowed(word: str) -> int:
    return 2 if len(word) >= _VERY_FORGIVING else 1


def _key(phrase: str) -> Words:
    return tuple(token.lower() for token in _TOKEN.findall(phrase))


def _shortened(phrases: Mapping[Words, tuple[str, str]]) -> dict[Words, tuple[str, str]]:
    """Phrases without one of their inner words, where only one phrase is that without it."""
    found: dict[Words, set[tuple[str, str]]] = {}
    for key, meant in phrases.items():
        for left_out in range(1, len(key) - 1):
            rest = (*key[:left_out], *key[left_out + 1 :])
            if min(map(len, rest)) >= _SHORTEST_PART:
                found.setdefault(rest, set()).add(meant)
    return {key: meant.pop() for key, meant in found.items() if len(meant) == 1 and key not in phrases}


def _around(phrases: Mapping[Words, object]) -> dict[Words, list[str]]:
    """Phrases of some words with one long one blanked, to what stood there."""
    found: defaultdict[Words, list[str]] = defaultdict(list)
    for key in phrases:
        for at, word in enumerate(key if len(key) >= _FEWEST_AROUND else ()):
            if len(word) >= _FORGIVING:
                found[(*key[:at], "", *key[at + 1 :])].append(word)
    return dict(found)


def _usual_words(data: NluData) -> frozenset[str]:
    """Words that stand outside annotations in two utterances or more."""
    counts: Counter[str] = Counter()
    for example in data.examples:
        inside = {n for entity in example.entities for n in range(entity.start, entity.end)}
        counts.update({token[0].lower() for token in _TOKEN.finditer(example.text) if token.start() not in inside})
    return frozenset(word for word, count in counts.items() if count > 1)
