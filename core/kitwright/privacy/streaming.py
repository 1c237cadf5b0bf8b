"""Restores placeholders while a reply is streamed, holding back as little as possible."""

from kitwright.types import ScrubbedText, Vault


class Restorer:
    """Restores the owner's values in a text that comes in pieces.

    However the text is cut, the pieces returned add up to `vault.restore(text)`. Held back is only a tail
    that may still become a placeholder of the owner.

    Example:
        >>> from kitwright.privacy.vault import MemoryVault
        >>> vault = MemoryVault()
        >>> _ = vault.hide("PERSON", "Jo", owned=True)
        >>> restorer = Restorer(vault)
        >>> restorer.feed("Hi <PER"), restorer.feed("SON_1>, 1 < 2"), restorer.flush()
        ('Hi ', 'Jo, 1 < 2', '')
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._held = ""

    def feed(self, piece: ScrubbedText) -> str:
        """What can be shown now that `piece` has come."""
        text = self._held + piece
        cut = self._certain(text)
        self._held = text[cut:]
        return self._vault.restore(ScrubbedText(text[:cut]))

    def flush(self) -> str:
        """What was held back, once the text is complete."""
        text, self._held = self._held, ""
        return self._vault.restore(ScrubbedText(text))

    def _certain(self, text: str) -> int:
        start = text.rfind("<")
        if start == -1 or ">" in text[start:]:
            return len(text)
        tail = text[start:]
        unfinished = any(token.startswith(tail) for token in self._vault.restorable())
        return start if unfinished else len(text)
