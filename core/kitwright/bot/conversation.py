"""Conversations in memory: the vault, the events so far, and a lock that keeps turns in order.

What is here is a cache of the store plus the vault. A conversation that is picked up again after a restart
has its events, but no vault: slots that hold a placeholder nobody can restore are forgotten, so that flows
ask again.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from kitwright.privacy import PLACEHOLDER, MemoryVault
from kitwright.protocols import Store
from kitwright.types import Event, Message, Role, ScrubbedText

KEPT: Final = 5000
_ROLES: Final[dict[str, Role]] = {"user": "user", "bot": "assistant"}


@dataclass(slots=True)
class Conversation:
    """One conversation; hold `lock` while a turn runs."""

    id: str
    vault: MemoryVault
    events: tuple[Event, ...] = ()
    lock: threading.Lock = field(default_factory=threading.Lock)

    def history(self) -> tuple[Message, ...]:
        """The messages so far, oldest first."""
        return tuple(
            Message(_ROLES[event.kind], ScrubbedText(str(event.data["text"])))
            for event in self.events
            if event.kind in _ROLES and event.data["text"]
        )


class Conversations:
    """The conversations of one bot that are in memory; the least recently used go first.

    Args:
        store: where their events are.
        bot: the bot's name.
        kept: how many stay in memory.
    """

    def __init__(self, store: Store, bot: str, *, kept: int = KEPT) -> None:
        self._store = store
        self._bot = bot
        self._kept = kept
        self._open: OrderedDict[str, Conversation] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, conversation_id: str) -> Conversation:
        """The conversation of this id, loaded or new.

        Raises:
            StoreFailed: its events can not be read.
        """
        with self._lock:
            known = self._open.get(conversation_id)
            if known is None:
                known = self._loaded(conversation_id)
                self._open[conversation_id] = known
            self._open.move_to_end(conversation_id)
            self._drop_oldest()
            return known

    def delete(self, conversation_id: str) -> int:
        """Forget a conversation here and in the store; returns how many events went."""
        with self._lock:
            self._open.pop(conversation_id, None)
        return self._store.delete(self._bot, conversation_id)

    def _loaded(self, conversation_id: str) -> Conversation:
        events = self._store.events(self._bot, conversation_id)
        stale = {token for event in events for token in PLACEHOLDER.findall(str(dict(event.data)))}
        return Conversation(conversation_id, MemoryVault(taken=stale), (*events, *_forgotten(events)))

    def _drop_oldest(self) -> None:
        for oldest, conversation in list(self._open.items()):
            if len(self._open) <= self._kept:
                return
            if not conversation.lock.locked():
                del self._open[oldest]


def _forgotten(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Events that clear the slots whose values were personal and are gone with the vault."""
    held = {str(event.data["slot"]): str(event.data["value"]) for event in events if event.kind == "slot_set"}
    now = events[-1].at if events else datetime.now(UTC)
    return tuple(
        Event("slot_set", now, {"slot": slot, "value": None})
        for slot, value in held.items()
        if PLACEHOLDER.search(value)
    )
