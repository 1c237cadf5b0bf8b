"""Personal data in a model's sentence that neither its sources nor the conversation hold.

A tuned model can give away what it was trained on. Values that the owner supplied are placeholders by now, and those of
sources are theirs to give; any other name, number or address comes from nowhere. A sentence whose words all stand in
the sources or in the conversation is not scanned, so most sentences cost no more than looking up their words.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kitwright.errors import ScrubFailed
from kitwright.guard.words import without_placeholders
from kitwright.types import PLACEHOLDER, Span

Personal = Callable[[str], Sequence[Span]]
"""A text to the places of personal data in it; raises ScrubFailed."""

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True)
class Disclosure:
    """Finds what must not be disclosed in one turn.

    Args:
        personal: finds personal data in a text.
        given: texts whose words may be said again.
    """

    personal: Personal
    given: tuple[str, ...]

    def in_sentence(self, sentence: str) -> str | None:
        """Why the sentence must not be sent, or None."""
        if not self._placeholders.issuperset(PLACEHOLDER.findall(sentence)):
            return "a placeholder from nowhere"
        if not self._is_new(sentence):
            return None
        try:
            found = self.personal(sentence)
        except ScrubFailed:
            return "it could not be scanned for personal data"
        leaked = next((span.label for span in found if self._is_new(sentence[span.start : span.end])), None)
        return f"{leaked} from nowhere" if leaked else None

    def _is_new(self, text: str) -> bool:
        return not self._words.issuperset(_words(text))

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset().union(*map(_words, self.given))

    @cached_property
    def _placeholders(self) -> frozenset[str]:
        return frozenset().union(*map(PLACEHOLDER.findall, self.given))


def _words(text: str) -> list[str]:
    return _WORD.findall(without_placeholders(text).casefold())
