"""What a conversation's vault can do; the privacy room implements it."""

from collections.abc import Mapping
from typing import Protocol

from kitwright.types.text import ScrubbedText


class Vault(Protocol):
    """Personal values of one conversation and the placeholders that stand for them."""

    def hide(self, label: str, value: str, *, owned: bool) -> str:
        """The placeholder for `value`; only values hidden with `owned=True` are ever restored."""
        ...

    def refuse(self, label: str) -> str:
        """A placeholder for a value that is not kept at all, and so never comes back."""
        ...

    def gave(self, token: str) -> bool:
        """Whether this vault, or an earlier one of the conversation, gave out the placeholder."""
        ...

    def conceal(self, text: str) -> ScrubbedText:
        """`text` with the owner's values replaced by their placeholders."""
        ...

    def restore(self, text: ScrubbedText) -> str:
        """`text` with the owner's placeholders replaced by the values, once, not recursively."""
        ...

    def restorable(self) -> frozenset[str]:
        """The placeholders that `restore` would replace."""
        ...

    def values(self) -> Mapping[str, str]:
        """Placeholder to value of what the owner supplied; never to be logged or sent."""
        ...
