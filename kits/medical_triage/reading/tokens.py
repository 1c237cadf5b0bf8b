"""Tokens: a message as normal words, each with its place in the text and the number of its sentence."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_PIECE: Final = re.compile(r"(?<=[a-z])-(?=[a-z])|[a-z]+(?:'[a-z]+)*|\d+(?:[.,]\d+)*|[^\w\s]|\n")
_ENDS: Final = frozenset(".!?;\n")
_QUOTES: Final = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "“": '"', "”": '"'})
_WHOLE: Final = {
    "can't": "can not", "cant": "can not", "cannot": "can not", "won't": "will not", "wont": "will not",
    "shan't": "shall not", "ain't": "is not", "aint": "is not", "dont": "do not", "doesnt": "does not",
    "didnt": "did not", "isnt": "is not", "wasnt": "was not", "arent": "are not", "werent": "were not",
    "havent": "have not", "hasnt": "has not", "hadnt": "had not", "couldnt": "could not", "wouldnt": "would not",
    "shouldnt": "should not", "i'm": "i am", "im": "i am", "ive": "i have", "i've": "i have", "hes": "he is",
    "shes": "she is", "he's": "he is",
    "she's": "she is", "theyre": "they are", "gonna": "going to", "wanna": "want to", "gotta": "got to",
    "let's": "let us", "y'all": "you all", "w/o": "without", "lotta": "lot of", "kinda": "kind of", "abit": "a bit",
}  # fmt: skip
_ENDINGS: Final = {"n't": "not", "'ve": "have", "'re": "are", "'ll": "will", "'d": "had", "'m": "am"}


@dataclass(frozen=True, slots=True)
class Token:
    """A normal word or sign.

    Args:
        text: lower case, contractions written out (`can't` is two tokens, `can` and `not`).
        start: of the place in the message that it comes from, in characters.
        end: of that place.
        sentence: which sentence it belongs to, from 0.
    """

    text: str
    start: int
    end: int
    sentence: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number, not a sign."""
        return self.text[0].isalnum()


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a message."""
    found: list[Token] = []
    sentence = 0
    normal = text.translate(_QUOTES).lower()
    for piece in _PIECE.finditer(normal):
        word = piece[0]
        if word == "-" and normal[piece.start() - 1 : piece.start()].isalpha() and normal[piece.end() :][:1].isalpha():
            continue
        if word in _ENDS:
            sentence += bool(found and found[-1].sentence == sentence)
            if word == "?" and found:
                found.append(Token("?", piece.start(), piece.end(), found[-1].sentence))
            continue
        found += [Token(part, piece.start(), piece.end(), sentence) for part in _parts(word)]
    return tuple(found)


@lru_cache(maxsize=4096)
def _parts(word: str) -> tuple[str, ...]:
    whole = _WHOLE.get(word)
    if whole:
        return tuple(whole.split())
    for ending, written in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return word.removesuffix(ending), written
    return (word.removesuffix("'s").replace("'", ""),)
