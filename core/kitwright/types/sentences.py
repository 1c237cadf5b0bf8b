"""Cutting text into sentences, so that a reply can be checked and shown sentence by sentence."""

import re
from typing import Final

_END: Final = re.compile(r"(?<=[.!?…])[\"')\]]*\s+|\n+")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|no|nos|mr|mrs|ms|dr|st|vs|p|min|max|incl)|^\s*\d{1,3})\.\s*$", re.I
)


def split_sentences(text: str) -> tuple[list[str], str]:
    """Finished sentences, with the white space behind them, and the unfinished rest.

    Joined together they are the text again. A sentence counts as finished once white space follows it.

    Example:
        >>> split_sentences("It costs £3.95. It is fr")
        (['It costs £3.95. '], 'It is fr')
    """
    sentences: list[str] = []
    start = 0
    for match in _END.finditer(text):
        candidate = text[start : match.end()]
        if _ABBREVIATION.search(candidate) and "\n" not in match.group():
            continue
        if candidate.strip():
            sentences.append(candidate)
            start = match.end()
    return sentences, text[start:]


def all_sentences(text: str) -> list[str]:
    """Every sentence of a text, the last one included, without surrounding white space."""
    sentences, rest = split_sentences(text)
    return [part.strip() for part in (*sentences, rest) if part.strip()]


def ends_properly(sentence: str) -> bool:
    """Whether a sentence has its full stop, so that it was not cut off."""
    return sentence.rstrip().rstrip("\"')]*_").endswith((".", "!", "?", "…"))
