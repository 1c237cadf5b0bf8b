"""Cues: small words that say what a message means for the question it answers, whatever its intent looks like.

A classifier reads "yes please cancel it" as a new request and "not sure" as a no; beside a question, the words decide.
"""

import re
from typing import Final

_LEAD: Final = r"^\W*(?:(?:ok|okay|oh|ah|well|then|so|right|er|erm|um|and|but|sorry)\b\W*)*"
_YES: Final = re.compile(_LEAD + r"(?:yes|yeah|yea|yep|yup|yess+|aye|sure|absolutely|go ahead|do it|please do)\b", re.I)
_NO: Final = re.compile(_LEAD + r"(?:no|nope|nah|don['’]?t|do not|rather not)\b", re.I)
_TAKEN_BACK: Final = re.compile(r"\b(?:no|not|wait|actually|don['’]?t)\b", re.I)
_LACKS: Final = re.compile(
    r"\b(?:(?:do|have|ca|did)n['’]?t|do not|have not|cannot) (?:really )?(?:know|have|got|find|remember|see)\b"
    r"|\b(?:not (?:really )?sure|dunno|no (?:idea|clue)|unsure|rather not|lost (?:it|the|my))\b",
    re.I,
)
_ASKS: Final = re.compile(
    r"\?|" + _LEAD + r"(?:how|what|whats|when|where|which|who|why|can|could|do|does|is|are)\b", re.I
)
_INSTEAD: Final = re.compile(
    r"\b(?:actually|instead|rather|scrap (?:that|it)|forget (?:that|it)|changed my mind|second thoughts?)\b", re.I
)
SHORT: Final = 10  # words; a longer message says more than that
BRIEF: Final = 4  # words; "and for 1095?" looks like any question


def yes_or_no(text: str) -> bool | None:
    """What the first words answer to a question for yes or no; a yes that is taken back is no answer.

    Example:
        >>> [yes_or_no(text) for text in ("ok then yes, cancel it", "nah leave it", "not sure", "order 1043")]
        [True, False, None, None]
    """
    if _YES.search(text):
        return None if _TAKEN_BACK.search(text) else True
    return False if _NO.search(text) and not lacks(text) else None


def lacks(text: str) -> bool:
    """Whether a short message says that its writer does not know, or have, what was asked for.

    Example:
        >>> [lacks(text) for text in ("I havent got it", "no idea sorry", "I don't like it", "1043")]
        [True, True, False, False]
    """
    return bool(_LACKS.search(text)) and len(text.split()) <= SHORT


def asks(text: str) -> bool:
    """Whether a message is a question, with its mark or without."""
    return bool(_ASKS.search(text))


def replaces(text: str) -> bool:
    """Whether a message puts another wish in the place of the one before, and not on top of it."""
    return bool(_INSTEAD.search(text))
