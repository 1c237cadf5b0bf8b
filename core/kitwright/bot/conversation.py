"""Conversations in memory: the vault, the events so far, and a lock that keeps turns in order.

What is here is a cache of the store plus the vault. A conversation that is picked up again after a restart has its
events, and its vault where vaults are sealed; slots that hold a placeholder nobody can restore any more are forgotten,
so that flows ask again. A vault that was not used for its lifetime is dropped from memory too, and so is a conversation
that was deleted from the store, here or by another process.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from kitwright.bot.mode import is_restart
from kitwright.bot.reply import last_number
from kitwright.bot.vaults import MemoryVaults, Vaults
from kitwright.errors import StoreFailed
from kitwright.privacy import MemoryVault
from kitwright.protocols import Deletion, Store
from kitwright.types import PLACEHOLDER, Event, Message, Role, ScrubbedText, TraceEntry, label_of

KEPT: Final = 5000
_PURGE_EVERY: Final = timedelta(days=1)
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_ROLES: Final[dict[str, Role]] = {"user": "user", "bot": "assistant", "agent": "assistant"}


@dataclass(slots=True)
class Conversation:
    """One conversation; hold `lock` while a turn runs.

    Args:
        values: how many values of the vault are kept elsewhere too.
        kept: when they were kept last.
        deleted: set, under the lock, once the conversation was deleted; nothing may be added then.
        used: when it was opened last.
    """

    id: str
    vault: MemoryVault
    events: tuple[Event, ...] = field(default=(), repr=False)
    lock: threading.Lock = field(default_factory=threading.Lock)
    values: int = 0
    kept: datetime = _NEVER
    deleted: bool = False
    used: datetime = field(default_factory=lambda: datetime.now(UTC))

    def history(self) -> tuple[Message, ...]:
        """The messages since the person started again, oldest first."""
        begun = max((number for number, event in enumerate(self.events) if is_restart(event)), default=0)
        return tuple(
            Message(_ROLES[event.kind], ScrubbedText(str(event.data["text"])))
            for event in self.events[begun:]
            if event.kind in _ROLES and event.data["text"]
        )


class Conversations:
    """The conversations of one bot that are in memory; the least recently used go first.

    Args:
        store: where their events are.
        bot: the bot's name.
        vaults: where the values of the vaults are; in memory alone where left out.
        kept: how many stay in memory.
        retention: conversations in which nothing has happened for so long are deleted, now and once a day; None for
            none.

    Raises:
        StoreFailed: old conversations can not be deleted.
    """

    def __init__(
        self,
        store: Store,
        bot: str,
        *,
        vaults: Vaults | None = None,
        kept: int = KEPT,
        retention: timedelta | None = None,
    ) -> None:
        self._store = store
        self._bot = bot
        self._vaults = vaults or MemoryVaults()
        self._kept = kept
        self._retention = retention
        self._open: OrderedDict[str, Conversation] = OrderedDict()
        self._lock = threading.Lock()
        self._purged = datetime.min.replace(tzinfo=UTC)
        self._purge_if_due()

    def open(self, conversation_id: str) -> Conversation:
        """The conversation of this id, loaded or new.

        Raises:
            StoreFailed: its events can not be read.
        """
        with self._lock:
            self._purge_if_due()
            self._drop()
            known = self._open.get(conversation_id)
            if known is not None and known.events and not self._store.holds(self._bot, conversation_id):
                known.deleted, known = True, None
            if known is None:
                known = self._loaded(conversation_id)
                self._open[conversation_id] = known
            known.used = datetime.now(UTC)
            self._open.move_to_end(conversation_id)
            self._drop()
            return known

    def keep_vault(self, conversation: Conversation) -> TraceEntry | None:
        """Keep the vault's values where they outlast the process; a note where that failed, for now."""
        values, now = len(conversation.vault.restorable()), datetime.now(UTC)
        is_due = values > 0 and now - conversation.kept > self._vaults.lifetime / 2
        if values == conversation.values and not is_due:
            return None
        try:
            self._vaults.keep(conversation.id, conversation.vault)
        except StoreFailed as error:
            return TraceEntry("vault", "not kept", error.faults[0].code, 0.0)
        conversation.values, conversation.kept = values, now
        return None

    def told(self, conversation_id: str, text: str) -> str:
        """Kept text as its owner is to see it; a value that is known no more is named in words.

        Raises:
            StoreFailed: the conversation can not be read.
        """
        tokens = set(PLACEHOLDER.findall(text))
        if not tokens:
            return text
        vault = self.open(conversation_id).vault
        if not tokens <= vault.restorable():  # another process may have heard them
            values = self._vaults.open(conversation_id, ()).values() | vault.values()
            given = {token for token in tokens if vault.gave(token)}
            vault = MemoryVault(values=values, taken=given)
        gone = {token for token in tokens - vault.restorable() if vault.gave(token)}
        return vault.restore(ScrubbedText(PLACEHOLDER.sub(lambda found: _in_words(found[0], gone), text)))

    @contextmanager
    def turn(self, conversation_id: str) -> Iterator[Conversation]:
        """The conversation of this id, for one turn; turns and deletions of it wait for one another.

        On a store that can hold conversations, those of other processes wait too, and what they have added is seen.

        Raises:
            StoreFailed: its events can not be read.
        """
        while True:
            conversation = self.open(conversation_id)
            with conversation.lock, self._store.hold(self._bot, conversation_id):
                if not conversation.deleted and self._refreshed(conversation):
                    yield conversation
                    return

    def delete(self, conversation_id: str) -> tuple[Deletion, int]:
        """Forget a conversation here and in the store; returns what went, and how many personal values.

        Raises:
            StoreFailed: nothing was deleted.
        """
        with self.turn(conversation_id) as conversation:
            deletion = self._store.delete(self._bot, conversation_id)
            self._vaults.forget(conversation_id)
            conversation.deleted = True
            with self._lock:
                if self._open.get(conversation_id) is conversation:
                    del self._open[conversation_id]
            return deletion, len(conversation.vault.restorable())

    def close(self) -> None:
        """Release what the vaults are kept in."""
        self._vaults.close()

    def _purge_if_due(self) -> None:
        now = datetime.now(UTC)
        if self._retention is not None and now - self._purged >= _PURGE_EVERY:
            self._store.purge(self._bot, before=now - self._retention)
            self._purged = now

    def _refreshed(self, conversation: Conversation) -> bool:
        """Take up what others have added; False where they have deleted the conversation."""
        known, last = last_number(conversation.events), self._store.last_event(self._bot, conversation.id)
        if last < known:
            conversation.deleted = True
            with self._lock:
                if self._open.get(conversation.id) is conversation:
                    del self._open[conversation.id]
            return False
        if last > known:
            added = self._store.events(self._bot, conversation.id, after=known)
            if all(map(conversation.vault.gave, _tokens(added))):
                conversation.events = (*conversation.events, *added)
            else:
                fresh = self._loaded(conversation.id, own=conversation.vault.values())
                conversation.events, conversation.vault = fresh.events, fresh.vault
        return True

    def _loaded(self, conversation_id: str, *, own: Mapping[str, str] | None = None) -> Conversation:
        """A conversation from the store; its vault as it was kept, with the values that this process knows besides."""
        events = self._store.events(self._bot, conversation_id)
        vault = self._vaults.open(conversation_id, _tokens(events))
        kept = len(vault.restorable())
        if own:
            vault = MemoryVault(values={**vault.values(), **own}, taken=_tokens(events))
        return Conversation(conversation_id, vault, (*events, *_forgotten(events, vault.restorable())), values=kept)

    def _drop(self) -> None:
        """Of the least recently used, those beyond the number kept, and those whose vaults' lifetime is over."""
        over = datetime.now(UTC) - self._vaults.lifetime
        for oldest, conversation in list(self._open.items()):
            if len(self._open) <= self._kept and conversation.used > over:
                return
            if not conversation.lock.locked():
                del self._open[oldest]


def _tokens(events: Iterable[Event]) -> set[str]:
    """The placeholders in events."""
    return {token for event in events for token in PLACEHOLDER.findall(str(dict(event.data)))}


def _in_words(token: str, gone: Collection[str]) -> str:
    """A placeholder whose value is known no more as words; any other as it is."""
    return f"[{label_of(token).replace('_', ' ').lower()}, no longer kept]" if token in gone else token


def _forgotten(events: tuple[Event, ...], restorable: frozenset[str]) -> tuple[Event, ...]:
    """Events that clear the slots whose values were personal and are gone with the vault."""
    held = {str(event.data["slot"]): str(event.data["value"]) for event in events if event.kind == "slot_set"}
    now = events[-1].at if events else datetime.now(UTC)
    return tuple(
        Event("slot_set", now, {"slot": slot, "value": None})
        for slot, value in held.items()
        if not restorable.issuperset(PLACEHOLDER.findall(value))
    )
