"""What the core expects of a conversation store: append-only events, scrubbed."""

from collections.abc import Sequence
from typing import Protocol

from kitwright.types import Event


class Store(Protocol):
    """Keeps conversations."""

    def append(self, bot: str, conversation_id: str, events: Sequence[Event]) -> None:
        """Add events in one transaction: all or none.

        Raises:
            StoreFailed: nothing was written.
        """
        ...

    def events(self, bot: str, conversation_id: str) -> tuple[Event, ...]:
        """All events in order; empty for an unknown conversation.

        Raises:
            StoreFailed: the store can not be read.
        """
        ...

    def delete(self, bot: str, conversation_id: str) -> int:
        """Remove a conversation; returns how many events went."""
        ...

    def close(self) -> None:
        """Release files and connections."""
        ...
