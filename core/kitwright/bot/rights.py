"""The rights of the person behind a conversation: to have what is kept of it, and to have it deleted.

These work on a store, so that no model is loaded; a bot that is running has `export` and `forget`, which see to its
memory too.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, get_args

from kitwright.errors import Fault, UsageError
from kitwright.protocols import Deletion, Store
from kitwright.types import Event, EventKind

_SPEAKERS: Final = {"user": "person", "bot": "bot"}


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was deleted of a conversation.

    Args:
        deletion: from the store.
        values: how many personal values went from memory.
    """

    conversation_id: str
    deletion: Deletion
    values: int

    def as_dict(self) -> dict[str, object]:
        """What was deleted, for `--json`."""
        rows, kinds = dict(sorted(self.deletion.rows.items())), get_args(EventKind)
        by_kind = {kind: count for kind, count in rows.items() if kind in kinds}
        return {
            "conversation_id": self.conversation_id,
            "messages": sum(rows.get(kind, 0) for kind in _SPEAKERS),
            "events": sum(by_kind.values()),
            "by_kind": by_kind,
            "besides": {table: count for table, count in rows.items() if table not in kinds},
            "personal_values": self.values,
            "overwritten": self.deletion.overwritten,
        }


def exported(store: Store, bot: str, conversation_id: str) -> dict[str, object]:
    """All that is kept of a conversation, JSON-able: its messages to read, and every event.

    Personal values were replaced before anything was kept, so they are not in it.

    Raises:
        UsageError: there is no such conversation.
        StoreFailed: the store can not be read.
    """
    events = store.events(bot, conversation_id)
    if not events:
        raise _unknown(conversation_id)
    return {
        "bot": bot,
        "conversation_id": conversation_id,
        "exported": datetime.now(UTC).isoformat(timespec="seconds"),
        "messages": [_message(event) for event in events if event.kind in _SPEAKERS],
        "events": [{"kind": e.kind, "at": e.at.isoformat(), "data": dict(e.data)} for e in events],
    }


def forget(store: Store, bot: str, conversation_id: str) -> Forgotten:
    """Delete a conversation from a store; a bot that runs on it notices.

    Raises:
        UsageError: there is no such conversation.
        StoreFailed: nothing was deleted.
    """
    return forgotten(conversation_id, store.delete(bot, conversation_id), 0)


def forgotten(conversation_id: str, deletion: Deletion, values: int) -> Forgotten:
    """What was deleted.

    Raises:
        UsageError: it was nothing, so there is no such conversation.
    """
    if not deletion.rows and not values:
        raise _unknown(conversation_id)
    return Forgotten(conversation_id, deletion, values)


def _message(event: Event) -> dict[str, object]:
    sources = {"sources": event.data["sources"]} if event.data.get("sources") else {}
    return {"at": event.at.isoformat(), "from": _SPEAKERS[event.kind], "text": event.data.get("text", ""), **sources}


def _unknown(conversation_id: str) -> UsageError:
    hint = "every reply has its conversation_id; it may be deleted already, or its retention has run out"
    return UsageError(
        Fault(code="KW001", place="conversation", problem="no such conversation", value=conversation_id, hint=hint)
    )
