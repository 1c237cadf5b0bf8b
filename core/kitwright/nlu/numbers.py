"""Numbers in figures and in words as figures: `twenty two` is `22`, `1,200` is `1200`. The words are text2num's."""

import re
from collections.abc import Iterator
from typing import Final

from kitwright.nlu.candidate import Candidate

_WORD: Final = re.compile(r"[^\W\d_]+")
_FIGURES: Final = re.compile(r"(?<![\w.,/-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\w|[.,/-]\d)")
_PRONOUN: Final = "one"


class _Token:
    """A word as text2num takes it; one that does not follow its neighbour by a space or a hyphen starts anew."""

    def __init__(self, match: re.Match[str]) -> None:
        self.match = match

    def text(self) -> str:
        return self.match[0].lower()

    def nt_separated(self, previous: "_Token") -> bool:
        return self.match.string[previous.match.end() : self.match.start()].strip(" -") != ""

    def not_a_number_part(self) -> bool:
        return False


def number_entities(text: str) -> Iterator[Candidate]:
    """Numbers, normalised to figures; no ordinals, and a lone "one" only where it is all that is said."""
    for match in _FIGURES.finditer(text):
        yield Candidate(match.start(), match.end(), "number", match[0].replace(",", ""), rank=4)
    for start, end, value in _spelled(text):
        if text[start:end].lower() != _PRONOUN or text.strip(" .!?").lower() == _PRONOUN:
            yield Candidate(start, end, "number", value, rank=4)


def figures(text: str) -> str | None:
    """The number that the whole text is, in figures; None for any other text.

    Example:
        >>> figures("twenty-two"), figures("two shirts")
        ('22', None)
    """
    whole = text.strip()
    if _FIGURES.fullmatch(whole):
        return whole.replace(",", "")
    return next((value for start, end, value in _spelled(whole) if (start, end) == (0, len(whole))), None)


def _spelled(text: str) -> Iterator[tuple[int, int, str]]:
    from text_to_num import find_numbers

    tokens = [_Token(match) for match in _WORD.finditer(text)]
    for found in find_numbers(tokens, "en", 0.0):
        if found.text.isdigit():
            yield tokens[found.start].match.start(), tokens[found.end - 1].match.end(), found.text
