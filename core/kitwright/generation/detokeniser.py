"""Token ids to text, piece by piece, without ever giving out half a character."""

from collections.abc import Callable, Sequence
from typing import Final

_HALF: Final = "\ufffd"


class Detokeniser:
    """Decodes a growing list of ids.

    A few ids before the new ones are decoded along, because some tokenizers drop a leading space.

    Args:
        decode: ids to text, with control tokens left out.
    """

    def __init__(self, decode: Callable[[Sequence[int]], str]) -> None:
        self._decode = decode
        self._shown: list[int] = []
        self._new: list[int] = []

    def feed(self, id_: int) -> str:
        """The text that has become certain; empty while a character is incomplete."""
        self._new.append(id_)
        text = self._text()
        if text.endswith(_HALF):
            return ""
        self._shown, self._new = self._new, []
        return text

    def flush(self) -> str:
        """What is left at the end, without an incomplete last character."""
        return self._text().rstrip(_HALF)

    def _text(self) -> str:
        return self._decode(self._shown + self._new)[len(self._decode(self._shown)) :]
