"""Names where people say that they are names; all others are for a trained tagger."""

from typing import Final

from kitwright.privacy.finding import Tier
from kitwright.privacy.patterns.shape import Shape, cues

_MARKS: Final = "'-"
_CAPITAL: Final = rf"(?-i:\p{{Lu}})[\w{_MARKS}]{{0,30}}"
_CAPITALISED: Final = rf"{_CAPITAL}(?:[ \t]{{1,2}}(?!(?-i:\w{{3,6}}day)\b){_CAPITAL}){{0,3}}"
_NO_NAME: Final = (
    r"(?!(?:a|also|an|and|as|at|been|because|being|but|by|can|correct|different|entered|for|from|gone|has|have|i|i'm|"
    r"im|in|incorrect|it|just|listed|misspel\w{1,9}|missing|my|no|not|now|of|on|or|out|please|put|spel\w{1,9}|still"
    r"|that|the|"
    r"to|too|up|we|what|with|without|wrong|you|your)\b)"
)
_WORD: Final = rf"{_NO_NAME}\p{{L}}[\w{_MARKS}]{{0,30}}"
_TITLE: Final = r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.?\s)?"
_NO_BRAND: Final = r"(?!(?:Martens?|Selfridge|Marvel|Oetker|Muscle|Pepper|Scholl|Clean)\b)"
_END: Final = r"(?=[\s.!]{0,4}\Z)"
_STOP: Final = r"(?=[.,;!]?[ \t]{0,2}(?:\n|\Z)|[.,;]\s)"

NAMES: Final[tuple[Shape, ...]] = (
    Shape(
        label="PERSON",
        name="my name is",
        regex=r"\b(?:(?:my|his|her|their|the|full|first|last|customer|order)\s|sur)name(?:'s|\s{1,2}is|:)\s{1,2}\K"
        rf"{_NO_NAME}"
        rf"(?:{_CAPITALISED}|(?<=\bmy name\W?i?s\s{{1,2}}){_WORD}(?:[ \t]{_WORD})?)",
        tier=Tier.LABELLED,
        cues=cues("name surname firstname"),
        score=0.8,
    ),
    Shape(
        label="PERSON",
        name="this is, speaking",
        regex=rf"\bthis\s{{1,2}}is\s{{1,2}}\K(?:{_WORD}(?:[ \t]{_WORD}){{0,2}}(?=\s{{1,2}}speaking)"
        rf"|{_CAPITALISED}(?=\s{{1,2}}(?:here|calling|writing)))",
        tier=Tier.LABELLED,
        cues=cues("this"),
        score=0.8,
    ),
    Shape(
        label="PERSON",
        name="signature",
        regex=rf"\b(?:sincerely|regards|faithfully)\s{{0,2}}[,:]?\s{{0,4}}{_TITLE}\K{_NO_NAME}{_CAPITALISED}{_STOP}"
        rf"|\bsigned(?:\sby)?[,:]?\s{{1,2}}{_TITLE}\K{_NO_NAME}{_CAPITALISED}"
        rf"|\b(?:thanks|thank you|cheers|best wishes|love)[,.!]?[ \t]{{0,2}}\n\s{{0,2}}{_TITLE}"
        rf"\K(?:{_CAPITALISED}{_END}|{_NO_NAME}{_CAPITAL}(?:[ \t]{_CAPITAL}){{1,3}}{_STOP})",
        tier=Tier.LABELLED,
        cues=cues("sincerely regards faithfully signed thanks thank cheers wishes love"),
        score=0.7,
    ),
    Shape(
        label="PERSON",
        name="after a title",
        regex=rf"\b(?:(?-i:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.?[ \t]{{1,2}}{_NO_BRAND}\K{_CAPITALISED}"
        rf"|(?:mr|mrs|prof)\.?[ \t]{{1,2}}\K{_WORD})",
        tier=Tier.LABELLED,
        cues=cues("mr mrs ms miss mx dr prof"),
        score=0.75,
    ),
)
