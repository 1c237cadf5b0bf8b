"""A chat message as models see it: a role and scrubbed text."""

from dataclasses import dataclass
from typing import Literal

from kitwright.types.text import ScrubbedText

Role = Literal["system", "user", "assistant", "tool"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation, scrubbed."""

    role: Role
    content: ScrubbedText
