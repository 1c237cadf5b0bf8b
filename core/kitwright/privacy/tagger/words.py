"""The words of a text as the tagger sees them: where they are, the tokens they begin with, and what they look like.

The encoder reads everything in lower case, so how a word is written is told beside its state; so is in how many
tokens it falls apart, since rare words do, and what it is known as.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.encoder import Words, joined_words
from kitwright.privacy.tagger.lexicon import EMPTY, KINDS, Lexicon

Array = npt.NDArray[Any]
_LONG: Final = 8.0  # letters, digits or tokens; longer words count as this long


@dataclass(frozen=True, slots=True)
class Read:
    """One text.

    Args:
        words: places of its words.
        firsts: number of the first token of each, the mark at the beginning counted.
        forms: what each and its neighbours look like, float32, shape (words, FORMS).
    """

    words: Words
    firsts: list[int]
    forms: Array


def read_words(text: str, places: Sequence[tuple[int, int]], lexicon: Lexicon = EMPTY) -> Read:
    """The words of a text from the places of its tokens."""
    words, firsts = joined_words(text, places)
    pieces = np.diff([*firsts, sum(start < end for start, end in places) + 1]).tolist()
    letters = [sign for sign in text if sign.isalpha()]
    shouted = sum(map(str.isupper, letters)) > len(letters) / 2
    whole = (shouted, not any(map(str.isupper, letters)))
    forms = [
        (*_form(text, *place), min(count, _LONG) / _LONG, *lexicon.of(text[slice(*place)]))
        for place, count in zip(words, pieces, strict=True)
    ]
    own = np.asarray(forms, dtype=np.float32).reshape(-1, _OWN)
    edge = np.zeros_like(own[:1])
    beside = np.hstack([own, np.vstack([edge, own[:-1]]), np.vstack([own[1:], edge])]) if words else own
    about = np.tile(np.asarray(whole, dtype=np.float32), (len(words), 1))
    return Read(words, firsts, np.hstack([beside, about]) if words else np.zeros((0, FORMS), dtype=np.float32))


def _form(text: str, start: int, end: int) -> tuple[float, ...]:
    word = text[start:end]
    digits = sum(map(str.isdigit, word))
    before = text[:start].rstrip(" ")[-1:]
    return (
        word.istitle() or (word[:1].isupper() and not word.isupper()),
        word.isupper() and len(word) > 1,
        word.isupper() and len(word) == 1,
        digits == len(word),
        0 < digits < len(word),
        min(digits, _LONG) / _LONG,
        min(len(word), _LONG) / _LONG,
        not word[0].isalnum(),
        before in ("", ".", "!", "?", "\n", ":"),
        text[end : end + 1] in (" ", ""),
    )


_OWN: Final = len(_form("a", 0, 1)) + 1 + len(KINDS)
FORMS: Final = 3 * _OWN + 2
"""Features of a word beside its state."""
