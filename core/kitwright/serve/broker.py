"""Wakes whoever listens to a conversation when it has new events, whatever thread or process wrote them."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

Key = tuple[str, str]


class Broker:
    """The listeners of one event loop, by (bot, conversation id)."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listeners: dict[Key, set[asyncio.Event]] = defaultdict(set)
        self.closed = False

    @contextmanager
    def listening(self, key: Key) -> Iterator[asyncio.Event]:
        """An event that is set whenever the conversation changes, and when the broker closes; clear it yourself."""
        self._loop = asyncio.get_running_loop()
        woken = asyncio.Event()
        self._listeners[key].add(woken)
        try:
            yield woken
        finally:
            self._listeners[key].discard(woken)
            if not self._listeners[key]:
                del self._listeners[key]

    def listeners(self, key: Key | None = None) -> int:
        """How many listen, to a conversation or at all."""
        return len(self._listeners.get(key, ())) if key else sum(map(len, self._listeners.values()))

    def changed(self, which: frozenset[Key] | None) -> None:
        """Wake the listeners of some conversations, or all; may be called from any thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._wake, which)

    def close(self) -> None:
        """Wake all for the last time; call on the loop's thread."""
        self.closed = True
        self._wake(None)

    def _wake(self, which: frozenset[Key] | None) -> None:
        for key in list(self._listeners) if which is None else which:
            for woken in self._listeners.get(key, ()):
                woken.set()
