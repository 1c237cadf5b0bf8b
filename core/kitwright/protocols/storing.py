"""What the core expects of a conversation store, append-only events, scrubbed, and of a store of sealed vaults."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from kitwright.types import Event

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class Deletion:
    """What a store removed.

    Args:
        rows: kind of event, or name of another table, to how many went; nothing for an unknown conversation.
        overwritten: whether the bytes are gone from the database's files; a server decides that for itself.
    """

    rows: Mapping[str, int]
    overwritten: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRecord:
    """A turn as it is written with its events.

    Args:
        id: unique in the conversation; a message that is sent again has the same.
        seen: the number of the last event that the turn knew of.
        trace: what its steps did, JSON-able and scrubbed.
    """

    id: str
    seen: int = 0
    trace: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTurn:
    """A turn that was stored: the numbers of its first and last event, and its trace."""

    id: str
    at: datetime
    first: int
    last: int
    trace: Mapping[str, object] = field(repr=False)


class Watch(Protocol):
    """Something that watches a store until it is closed."""

    def close(self) -> None:
        """Stop watching."""
        ...


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told of what happens in a store, also by other processes; called from a thread of the watch.

    Args:
        changed: conversations have new events, given as (bot, conversation id); None where any may have, since the
            watch was broken off for a while.
        told: somebody sent a signal.
    """

    changed: Callable[[frozenset[tuple[str, str]] | None], None]
    told: Callable[[Mapping[str, str]], None]


class Store(Protocol):
    """Keeps conversations."""

    @property
    def engine(self) -> "Engine":
        """The database, for what lies in it beside the events: ratings, staff, audit."""
        ...

    def append(
        self, bot: str, conversation_id: str, events: Sequence[Event], turn: TurnRecord | None = None
    ) -> tuple[Event, ...]:
        """Add events in one transaction, all or none, and with them the turn they belong to; returns them numbered.

        Raises:
            TurnOvertaken: the turn was stored already, or the conversation has had another turn since; nothing was
                written.
            StoreFailed: nothing was written.
        """
        ...

    def events(self, bot: str, conversation_id: str, *, after: int = 0) -> tuple[Event, ...]:
        """All events behind a number in order; empty for an unknown conversation.

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

    def last_event(self, bot: str, conversation_id: str) -> int:
        """The number of a conversation's last event; 0 for an unknown one.

        Raises:
            StoreFailed: the store can not be read.
        """
        ...

    def turn(self, bot: str, conversation_id: str, turn_id: str) -> KeptTurn | None:
        """A turn that was stored.

        Raises:
            StoreFailed: the store can not be read.
        """
        ...

    def turns(self, bot: str, conversation_id: str) -> tuple[KeptTurn, ...]:
        """The turns of a conversation in order.

        Raises:
            StoreFailed: the store can not be read.
        """
        ...

    def turn_ids(self, bot: str, conversation_id: str, *, after: int = 0) -> Mapping[int, str]:
        """The id of the turn that an event belongs to, by the number of the turn's first and last event.

        Raises:
            StoreFailed: the store can not be read.
        """
        ...

    def hold(self, bot: str, conversation_id: str) -> AbstractContextManager[None]:
        """Hold a conversation against other processes while a turn runs; a store without locks holds nothing.

        Raises:
            StoreFailed: the store can not be reached, or another process held on for too long.
        """
        ...

    def watch(self, watcher: Watcher) -> Watch:
        """Tell somebody of new events and signals until the watch is closed."""
        ...

    def tell(self, signal: Mapping[str, str]) -> None:
        """Send a signal to all that watch, in other processes too where the database can carry it.

        Raises:
            StoreFailed: it was not sent.
        """
        ...

    def check(self) -> None:
        """See that the store answers.

        Raises:
            StoreFailed: it does not.
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
