"""The yes or no that a reply begins with: a claim of its own, which the sentence behind it has to carry."""

import re
from typing import Final

from kitwright.guard.words import content_words, is_negated

_ANSWER: Final = re.compile(r"^\s*(yes|no)\b\s*[,.!:;–—-]\s*(?=\S)", re.I)
_RESTRICTED: Final = re.compile(r"\b(?:only|unless|except)\b", re.I)
_ENOUGH: Final = 0.4
"""Share of the question's words that a sentence behind a yes has to take up. Of 43 answers to fresh questions that
began with a yes or no, the four above it were right, and more than half of the others wrong."""


def without_loose_answer(sentence: str, question: frozenset[str]) -> str:
    """The sentence without a first "Yes," or "No," that does not follow from the rest of it.

    A small model says yes or no by habit. A no stands where the sentence denies something of the question; a yes
    where it takes the question up and neither denies nor restricts.

    Args:
        sentence: one sentence of a reply.
        question: content words of the message that is answered.

    Example:
        >>> without_loose_answer("Yes, our parcels are packed in paper.", content_words("Do you use plastic bags?"))
        'Our parcels are packed in paper.'
    """
    found = _ANSWER.match(sentence)
    if found is None:
        return sentence
    rest = sentence[found.end() :]
    taken_up = len(content_words(rest) & question)
    denies = is_negated(rest)
    if found[1].lower() == "no":
        carried = denies and taken_up > 0
    else:
        carried = not denies and not _RESTRICTED.search(rest) and taken_up >= _ENOUGH * max(1, len(question))
    return sentence if carried else sentence[: found.start(1)] + rest[0].upper() + rest[1:]
