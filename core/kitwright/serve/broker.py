"""Wakes whoever listens to a conversation when it has new events, whatever thread or process wrote them."""

import asyncio
from weakref import WeakSet

Key = tuple[str, str]


class Broker:
    """The listeners of one event loop, by (bot, conversation id)."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listeners: dict[Key, WeakSet[asyncio.Event]] = {}
        self.closed = False

    def listen(self, key: Key) -> asyncio.Event:
        """An event that is set whenever the conversation changes, and when the broker closes; clear it yourself.

        Who lets go of it listens no longer, whether or not they say so by `leave`.
        """
        self._loop = asyncio.get_running_loop()
        woken = asyncio.Event()
        self._listeners.setdefault(key, WeakSet()).add(woken)
        return woken

    def leave(self, key: Key, woken: asyncio.Event) -> None:
        """Listen no longer."""
        there = self._listeners.get(key)
        if there is not None:
            there.discard(woken)
            if not there:
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
