"""What the core expects of a conversation store, append-only events, scrubbed, and of a store of sealed vaults."""

from collections.abc import Sequence
from datetime import datetime
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


class VaultStore(Protocol):
    """Keeps sealed vaults, which it can not open. Every call but `close` raises StoreFailed where it fails."""

    def load(self, bot: str, conversation_id: str) -> bytes | None:
        """The sealed vault of a conversation, unless there is none or it has expired."""
        ...

    def save(self, bot: str, conversation_id: str, sealed: bytes, *, expires: datetime) -> None:
        """Put a sealed vault in the place of the one that is there, and remove all that have expired."""
        ...

    def forget(self, bot: str, conversation_id: str) -> None:
        """Remove the vault of a conversation."""
        ...

    def purge(self) -> int:
        """Remove all vaults that have expired; returns how many."""
        ...

    def close(self) -> None:
        """Release files and connections."""
        ...
