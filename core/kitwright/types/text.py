"""Raw and scrubbed text as two types, so that mixing them up is a type error.

`RawText` is what a person typed. It is not a `str`: it can not be formatted, logged or joined by
accident, and only the privacy room and a tool at the moment of its call look inside. `ScrubbedText`
is a `str` in which personal data are placeholders such as `<EMAIL_ADDRESS_1>`.
"""

from dataclasses import dataclass, field
from typing import NewType

ScrubbedText = NewType("ScrubbedText", str)


@dataclass(frozen=True, slots=True)
class RawText:
    """Text as a person typed it.

    Example:
        >>> RawText("my e-mail is jo@example.com")
        RawText(27 characters)
    """

    _value: str = field(repr=False)

    def reveal(self) -> str:
        """The text itself; call only where personal data may be seen."""
        return self._value

    def __len__(self) -> int:
        return len(self._value)

    def __repr__(self) -> str:
        return f"RawText({len(self._value)} characters)"

    def __str__(self) -> str:
        return repr(self)

    def __format__(self, spec: str) -> str:
        return repr(self)
