"""What the core expects of a conversation store, append-only events, scrubbed, and of a store of sealed vaults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kitwright.types import Event


@dataclass(frozen=True, slots=True)
class Deletion:
    """What a store removed.

    Args:
        rows: kind of event, or name of another table, to how many went; nothing for an unknown conversation.
        overwritten: whether the bytes are gone from the database's files; a server decides that for itself.
    """

    rows: Mapping[str, int]
    overwritten: bool


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

    def conversations(self, bot: str) -> tuple[str, ...]:
        """The ids of a bot's conversations, in the order in which they began.

        Raises:
            StoreFailed: the store can not be read.
        """
        ...

    def holds(self, bot: str, conversation_id: str) -> bool:
        """Whether anything of a conversation is kept.

        Raises:
            StoreFailed: the store can not be read.
        """
        ...

    def delete(self, bot: str, conversation_id: str) -> Deletion:
        """Remove all that is kept of a conversation in one transaction.

        Raises:
            StoreFailed: nothing was removed.
        """
        ...

    def purge(self, bot: str, *, before: datetime) -> tuple[str, ...]:
        """Remove the conversations in which nothing has happened since `before`; returns their ids.

        Raises:
            StoreFailed: nothing was removed.
        """
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
