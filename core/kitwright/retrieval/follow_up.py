"""Whether a question can be searched by itself, or refers back to what was said before it."""

import re
from typing import Final

from kitwright.types import ScrubbedText

_WORD: Final = re.compile(r"[^\W_]+")
_OPENS: Final = re.compile(
    r"\W*(?:and|or|but|so|then|also|what about|how about|what if|even|not|no|only)\b", re.IGNORECASE
)
_REFERS: Final = frozenset(
    (
        "it its that this these those they them their there he she him her one ones same too also instead else other "
        "another both either neither first last former latter again still"
    ).split()
)
_FEWEST: Final = 3  # words; fewer answer something, or lean on it
_LIGHT: Final = frozenset(
    (
        "a about after all am an and any anything are as ask at be been before by can cant cost could day days did do "
        "does doesnt done dont for from get give go going got had happens has have hello help hey hi how however i if "
        "im in into is isnt ive just know let like long look lot make many may maybe me mean might money more most "
        "much must my need no not now of off ok okay on or our out over pay please pls question quick r really right "
        "say see shall should so soon some something sorry sure take tell than thanks that the then thing things think "
        "time to u under until up ur us use want was way we week weeks well were what whats when where which while who "
        "why will with without wont work would yes you your yours"
    ).split()
)


def stands_alone(question: ScrubbedText) -> bool:
    """Whether a question names its subject: it points at nothing said before, and has words that say something.

    Example:
        >>> stands_alone(ScrubbedText("are you hiring")), stands_alone(ScrubbedText("how long have i got"))
        (True, False)
    """
    words = _WORD.findall(question.lower().replace("'", "").replace("’", ""))
    if len(words) < _FEWEST or _OPENS.match(question) or not _REFERS.isdisjoint(words):
        return False
    return any(word not in _LIGHT for word in words)
