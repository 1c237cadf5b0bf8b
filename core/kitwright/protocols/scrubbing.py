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

    def scrub_foreign(self, text: str, vault: Vault) -> ScrubbedText:
        """Text that the person did not write: a tool result, a passage, a model's output.

        Values that are the owner's keep their placeholder; all others are hidden and never restored.

        Raises:
            ScrubFailed: anything went wrong.
        """
        ...
