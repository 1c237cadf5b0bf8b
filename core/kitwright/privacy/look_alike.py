"""Text that looks like a placeholder, in whatever characters: nothing that a person types may be taken for one.

Besides the exact shape that is any case, letters of any script, invisible characters in between, and other angle
brackets, underscores and digits than those of ASCII: a model may write down what it read in its plain form.
"""

import re
from collections.abc import Iterator
from typing import Final

from kitwright.privacy.plain import Plain
from kitwright.types import PLACEHOLDER

_OPEN: Final = "<‹〈⟨˂ᐸ❮❰≺⧼"
_CLOSE: Final = ">›〉⟩˃ᐳ❯❱≻⧽"
_LOW: Final = "_‿⁀⁔ˍ‗▁"
_BRACKETED: Final = re.compile(rf"[{_OPEN}]\s{{0,2}}([^\s{_OPEN}{_CLOSE}]{{3,80}})\s{{0,2}}[{_CLOSE}]")
_INSIDE: Final = re.compile(rf"\W*[^\W\d_].*[{_LOW}]\W*\d+[^\W\d_]{{0,4}}\W*")


def look_alikes(text: str, readable: Plain) -> Iterator[tuple[int, int]]:
    """Places (start, end) in `text` of what looks like a placeholder.

    Args:
        text: as it was typed.
        readable: its plain form.

    Example:
        >>> from kitwright.privacy.plain import plain
        >>> text = "＜person＿１＞ or <b> or <FH-1043>"
        >>> [text[start:end] for start, end in look_alikes(text, plain(text))]
        ['＜person＿１＞']
    """
    yield from (match.span() for match in PLACEHOLDER.finditer(text))
    for match in _BRACKETED.finditer(readable.text):
        if _INSIDE.fullmatch(match[1]):
            yield readable.original(*match.span())
