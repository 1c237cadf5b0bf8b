"""A conversation's vault: which placeholder stands for which value.

A value that the owner supplied is kept in exactly the spelling they used, one placeholder for each spelling, so that
restoring gives every text back to the letter; spellings of one person or number share the placeholder's number, so
that a model sees that they are one. A value met in foreign text is compared without regard to case and spacing: it gets
the owner's placeholder if the owner supplied it, and else one, the same for all spellings, that is never restored, not
even when the owner repeats the value later.
"""

import re
import threading
from collections.abc import Iterable, Mapping

from kitwright.privacy.pseudonyms import Numbers, Pseudonyms
from kitwright.types import PLACEHOLDER, ScrubbedText


class MemoryVault:
    """A `Vault` that is gone with the process; safe to use from several threads.

    Args:
        values: placeholder to value, as an earlier vault of the conversation kept them; they are restored again.
        taken: other placeholders that an earlier vault gave out; they are not given again, so that what was kept with
            them can not come to stand for another value, and count as foreign.

    Example:
        >>> vault = MemoryVault()
        >>> vault.hide("EMAIL_ADDRESS", "jo@example.com", owned=True)
        '<EMAIL_ADDRESS_1>'
        >>> vault.restore("Sent to <EMAIL_ADDRESS_1>.")
        'Sent to jo@example.com.'
    """

    def __init__(self, *, values: Mapping[str, str] | None = None, taken: Iterable[str] = ()) -> None:
        self._lock = threading.Lock()
        self._values: dict[str, str] = dict(values or {})
        self._foreign_given = set(taken) - self._values.keys()
        numbers = Numbers()
        self._numbers = numbers
        self._owned, self._foreign = Pseudonyms(numbers), Pseudonyms(numbers, spellings=False)
        for token in self._foreign_given:
            numbers.skip(token)
        for token, value in self._values.items():
            self._owned.take_up(token, value)

    def hide(self, label: str, value: str, *, owned: bool) -> str:
        """The placeholder for `value`; only values hidden with `owned=True` are ever restored.

        Raises:
            ValueError: the label is not made of capital letters and underscores.
        """
        with self._lock:
            if owned:
                token = self._owned.token(label, value)
                self._values[token] = value
                return token
            found = self._owned.find(label, value)
            token = found or self._foreign.token(label, value)
            if found is None:
                self._foreign_given.add(token)
            return token

    def refuse(self, label: str) -> str:
        """A placeholder for a value that is not kept at all, and so never comes back.

        Raises:
            ValueError: the label is not made of capital letters and underscores.
        """
        with self._lock:
            token = self._numbers.spell(label, self._numbers.new(label))
            self._foreign_given.add(token)
            return token

    def gave(self, token: str) -> bool:
        """Whether this vault, or an earlier one of the conversation, gave out the placeholder."""
        with self._lock:
            return token in self._values or token in self._foreign_given

    def conceal(self, text: str) -> ScrubbedText:
        """`text` with the owner's values, where they stand in it as whole words, replaced by their placeholders."""
        with self._lock:
            tokens = {value: token for token, value in self._values.items()}
        longest_first = "|".join(re.escape(value) for value in sorted(tokens, key=len, reverse=True))
        found = rf"(?<!\w)(?:{longest_first})(?!\w)"
        return ScrubbedText(re.sub(found, lambda match: tokens[match[0]], text) if tokens else text)

    def restore(self, text: ScrubbedText) -> str:
        """`text` with the owner's placeholders replaced by the values, once, not recursively."""
        with self._lock:
            return PLACEHOLDER.sub(lambda found: self._values.get(found[0], found[0]), text)

    def restorable(self) -> frozenset[str]:
        """The placeholders that `restore` would replace."""
        with self._lock:
            return frozenset(self._values)

    def values(self) -> dict[str, str]:
        """Placeholder to value of what the owner supplied, to be sealed; never to be logged or sent."""
        with self._lock:
            return dict(self._values)

    def __repr__(self) -> str:
        return f"MemoryVault({len(self._values)} values)"
