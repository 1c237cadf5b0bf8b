"""What a conversation's vault can do; the privacy room implements it."""

from collections.abc import Mapping
from typing import Protocol

from kitwright.types.text import ScrubbedText


class Vault(Protocol):
    """Personal values of one conversation and the placeholders that stand for them."""

    def hide(self, label: str, value: str, *, owned: bool) -> str:
        """The placeholder for `value`; only values hidden with `owned=True` are ever restored."""
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
