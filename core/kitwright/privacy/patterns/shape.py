r"""A shape of personal data: a regular expression, how sure a match is, and where it is used.

Context is written into the shapes: what stands before `\K` must be there, and is not part of the finding.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.checks import Check
from kitwright.privacy.policy import Country

_WORDS: Final = re.compile(r"[^\W\d_]+")
_END: Final = r"(?![^\W\d_])"
LINK: Final = (
    r"(?:\s{0,3}(?:(?:'s|numbers?|no|nos|num|nr|code|id|ids|ref|reference|card|is|was|are|it'?s|here|reads?|says?"
    r"|shows?|he|she"
    r"|(?:that\s)?ends?(?:\s(?:in|with))?|ending(?:\s(?:in|with))?|last\s(?:4|four)(?:\sdigits)?"
    r"|(?:on|for|from)\s(?:the|my|her|his|their|our|this|it|me|him|them)(?:\s(?:card|file|letter|label|form|back|front"
    rf"|account|patient|order|wristband|system|record)){{0,2}})\b(?<!\d){_END}\.?|[:=#,*(-])){{0,6}}\s{{0,3}}[\"'(#]?"
)
"""What may stand between a label and its value: "passport number is", "SSN:", "member id on the card ends in"."""

CODE: Final = (
    r"(?:(?-i:[A-Z]{1,4})[ ](?=\d))?(?=(?:[A-Z./-]{0,8}\d){3})[A-Z\d](?:[./-]?[A-Z\d]){2,23}"
    r"(?:[ ](?:\d{2,8}(?!\w)|(?-i:[A-Z]{1,3}\d{1,8}|\d{1,6}[A-Z]{1,3})(?!\w))){0,5}(?![\w@])(?!\s?[£$€%]|[./-]\d)"
)
"""A number that somebody gave out, of at least three digits: "00-123-45", "FC1234567", "AB 12 34 56"."""

LONG_CODE: Final = rf"(?=(?:[A-Z./ -]{{0,8}}\d){{5}}){CODE}"
"""The same with five digits or more, for labels that stand before other numbers too."""


_SPOKEN: Final = (
    r"(?:(?:double|triple|treble)\s)?(?:oh|zero|nought|one|two|three|four|five|six|seven|eight|nine|\d|(?-i:[A-Z])(?!')"
    r"(?:\s(?:for|as\sin)\s\w{3,12})?)\b"
)
SPOKEN_CODE: Final = (
    rf"(?=[^.!?\n]{{0,30}}(?:zero|nought|one|two|three|four|five|six|seven|eight"
    rf"|nine)\b)(?:{_SPOKEN}[\s,-]{{1,3}}){{3,16}}{_SPOKEN}"
)
"""A number that is read out: "nine nine zero, four four, B for Bravo"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One pattern.

    Args:
        label: what a match is.
        name: shown where a finding is explained.
        regex: for the `regex` package, any case; every repetition bounded.
        score: 0 to 1.
        tier: how a match knows.
        check: the checksum that a match must hold to count.
        cues: words or signs, small, one of which a text must hold to be searched; empty for every text.
        digits: how many digits a text must hold to be searched.
        country: used only for kits that serve it; None for everywhere.
    """

    label: str
    name: str
    regex: str
    score: float
    tier: Tier = Tier.WEAK
    check: Check | None = None
    cues: frozenset[str] = frozenset()
    digits: int = 0
    country: Country | None = None


def cues(words: str) -> frozenset[str]:
    """The cues of a shape, written with spaces between."""
    return frozenset(words.split())


def phrases(written: str) -> str:
    """Phrases as a regular expression: "member id|case" finds "member's ID", "member_id" and "Case"."""
    gap = r"(?:'s|s'|s)?[\s._/-]{0,3}"
    each = sorted(written.split("|"), key=len, reverse=True)
    return rf"(?<![^\W_])(?:{'|'.join(gap.join(map(re.escape, phrase.split())) for phrase in each)}){_END}"


def last_words(written: str) -> frozenset[str]:
    """The word of each phrase that a text must hold."""
    return frozenset(_WORDS.findall(phrase)[-1] for phrase in written.split("|"))


def labelled(words: str, value: str, *, link: str = LINK, score: float = 0.85, **more: Any) -> Shape:
    """A value after one of some phrases; `more` as a `Shape` takes it."""
    more = {"tier": Tier.LABELLED, "cues": last_words(words), "name": "after a label", **more}
    return Shape(regex=rf"{phrases(words)}{link}\K{value}", score=score, **more)


def before_label(words: str, value: str, *, score: float = 0.85, **more: Any) -> Shape:
    """A value that is said to be one of some phrases: "8841 is her chart number"."""
    more = {"tier": Tier.LABELLED, "cues": last_words(words), "name": "before a label", **more}
    whose = r"(?:(?:the|my|your|her|his|their|our|a|this)\s){0,1}(?:[\w'.]{2,15}\s){0,1}"
    link = rf"(?=[\"')]?\s{{0,2}}(?:\(|,|(?:is|was|as|for|=)\s{{1,2}}){whose}{phrases(words)})"
    return Shape(regex=rf"(?<![\w./-]){value}{link}", score=score, digits=3, **more)
