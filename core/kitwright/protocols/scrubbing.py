"""What the core expects of a scrubber."""

from dataclasses import dataclass
from typing import Protocol

from kitwright.types import RawText, ScrubbedText, Span, Vault


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """Scrubbed text and what was found, with spans on the input text."""

    text: ScrubbedText
    spans: tuple[Span, ...]


class Scrubber(Protocol):
    """Finds personal data and replaces it by placeholders."""

    def scrub(self, raw: RawText, vault: Vault) -> Scrubbed:
        """What a person typed, with their values hidden in their vault.

        Raises:
            ScrubFailed: anything went wrong; nothing of the text may be used.
        """
        ...

    def scrub_foreign(self, text: str, vault: Vault, *, placeholders: bool = False) -> ScrubbedText:
        """Text that the person did not write: a tool result, a passage, a model's output.

        Values that are the owner's keep their placeholder; all others are hidden and never restored. What looks like a
        placeholder is hidden too, unless the text may hold `placeholders` of the vault.

        Raises:
            ScrubFailed: anything went wrong.
        """
        ...

    def find(self, text: str) -> tuple[Span, ...]:
        """What would be hidden or made coarser, in order and without overlaps.

        Raises:
            ScrubFailed: anything went wrong.
        """
        ...
