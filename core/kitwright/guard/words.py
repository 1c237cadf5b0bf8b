"""Words as the guard compares them: stems that carry meaning, and whether a sentence denies something."""

import re
from functools import lru_cache
from typing import Final

from kitwright.types import PLACEHOLDER

_ANY_WORD: Final = re.compile(r"[^\W\d_]+")
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|'){2,}")
_NEGATION: Final = re.compile(
    r"\b(?:not?(?!\s+(?:later|earlier|more|less|fewer|only|problem)\b)|never|cannot|nor|neither|without|unable|unless)\b"
    r"|n['’]t\b"
)
_ANSWER: Final = re.compile(r"^\W*(?:yes|no)\b\s*[,.!:;–—-]\s*")
_COMMON: Final = frozenset(
    (
        "the and for are you your with that this from can will our have has was were not but all any its it's may "
        "they them their there then than when where what which who how why into onto over under about after before "
        "also only just more most some such each other out off per via been being does did done get gets got let "
        "please thank thanks sorry help here yes sure need needs would could should must make makes made take takes "
        "use using used like want know see cannot don't we'll you'll it'll we're you're i'm i'll one"
    ).split()
)


def without_placeholders(text: str) -> str:
    """The text without the placeholders of personal data, which are no words of anybody's."""
    return PLACEHOLDER.sub(" ", text)


def all_words(text: str) -> frozenset[str]:
    """Every word of a text, lower-cased."""
    return frozenset(_ANY_WORD.findall(text.lower()))


@lru_cache(maxsize=4096)  # the same passages are looked at again and again
def content_words(text: str) -> frozenset[str]:
    """The stemmed words of a text that carry meaning."""
    words = (word.strip("'") for word in _WORD.findall(without_placeholders(text).lower().replace("’", "'")))
    return frozenset(_stem(word) for word in words if word not in _COMMON)


def is_negated(sentence: str) -> bool:
    """Whether a sentence denies something; the "no" of "No, you can't" answers, and denies nothing more."""
    return len(_NEGATION.findall(_ANSWER.sub("", sentence.lower()))) % 2 == 1


def _stem(word: str) -> str:
    """Cut plural and tense endings; crude on purpose, both sides are cut alike."""
    word = word.removesuffix("'s").replace("'", "")
    for ending in ("ing", "ies", "ied", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
