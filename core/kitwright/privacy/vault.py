"""A conversation's vault: which placeholder stands for which value, in memory only.

A value that the owner supplied is kept in exactly the spelling they used, one placeholder for each
spelling, so that restoring gives every text back to the letter. A value met in foreign text is compared
without regard to case and spacing: it gets the owner's placeholder if the owner supplied it, and else one
that is never restored, not even when the owner repeats the value later.
"""

import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable

from kitwright.privacy.placeholder import PLACEHOLDER, placeholder
from kitwright.types import ScrubbedText


class MemoryVault:
    """A `Vault` that is gone with the process; safe to use from several threads.

    Args:
        taken: placeholders that an earlier vault of the conversation gave out; they are not given again, so
            that what was kept with them can not come to stand for another value, and count as foreign.

    Example:
        >>> vault = MemoryVault()
        >>> vault.hide("EMAIL_ADDRESS", "jo@example.com", owned=True)
        '<EMAIL_ADDRESS_1>'
        >>> vault.restore("Sent to <EMAIL_ADDRESS_1>.")
        'Sent to jo@example.com.'
    """

    def __init__(self, *, taken: Iterable[str] = ()) -> None:
        self._lock = threading.Lock()
        self._given: Counter[str] = Counter()
        self._foreign_given = set(taken)
        for label, _, number in (token.strip("<>").rpartition("_") for token in self._foreign_given):
            self._given[label] = max(self._given[label], int(number))
        self._values: dict[str, str] = {}
        self._owned: dict[tuple[str, str], str] = {}
        self._owned_folded: dict[tuple[str, str], str] = {}
        self._foreign: dict[tuple[str, str], str] = {}

    def hide(self, label: str, value: str, *, owned: bool) -> str:
        """The placeholder for `value`; only values hidden with `owned=True` are ever restored.

        A placeholder of this vault that stands in foreign text is its own placeholder.

        Raises:
            ValueError: the label is not made of capital letters and underscores.
        """
        with self._lock:
            return self._hide_owned(label, value) if owned else self._hide_foreign(label, value)

    def restore(self, text: ScrubbedText) -> str:
        """`text` with the owner's placeholders replaced by the values, once, not recursively."""
        with self._lock:
            return PLACEHOLDER.sub(lambda found: self._values.get(found[0], found[0]), text)

    def restorable(self) -> frozenset[str]:
        """The placeholders that `restore` would replace."""
        with self._lock:
            return frozenset(self._values)

    def values(self) -> dict[str, str]:
        """Placeholder to value of what the owner supplied; never to be logged or sent."""
        with self._lock:
            return dict(self._values)

    def __repr__(self) -> str:
        return f"MemoryVault({len(self._values)} values)"

    def _hide_owned(self, label: str, value: str) -> str:
        token = self._owned.get((label, value))
        if token is None:
            token = self._next(label)
            self._owned[label, value] = token
            self._values[token] = value
        self._owned_folded[label, _fold(value)] = token
        return token

    def _hide_foreign(self, label: str, value: str) -> str:
        if value in self._values or value in self._foreign_given:
            return value
        key = (label, _fold(value))
        token = self._owned_folded.get(key) or self._foreign.get(key)
        if token is None:
            token = self._next(label)
            self._foreign[key] = token
            self._foreign_given.add(token)
        return token

    def _next(self, label: str) -> str:
        token = placeholder(label, self._given[label] + 1)
        self._given[label] += 1
        return token


def _fold(value: str) -> str:
    folded = unicodedata.normalize("NFKC", value).casefold()
    is_number = not any(character.isalpha() for character in folded)
    ignored = " ()-./" if is_number else ""
    return "".join(c for c in folded if not c.isspace() and c not in ignored)
