"""Results that many people ask for every few seconds, worked out once for all of them.

A result is good for some times as long as it took to work out. So looking takes a small share of the server, however
many look, and however much there is to look at; where there is little, nobody sees anything old.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

_TIMES: Final = 4.0
_KEPT: Final = 64
_Result = TypeVar("_Result")


class Recent:
    """Keeps results for a while.

    Args:
        times: how many times as long as it took a result is good.

    Example:
        >>> Recent().get("key", lambda: 5)
        5
    """

    def __init__(self, times: float = _TIMES) -> None:
        self._times = times
        self._lock = threading.Lock()
        self._slots: OrderedDict[Hashable, _Slot] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], _Result]) -> _Result:
        """The result of this key; those who ask while it is worked out wait for it."""
        with self._lock:
            slot = self._slots.setdefault(key, _Slot())
            self._slots.move_to_end(key)
            while len(self._slots) > _KEPT:
                self._slots.popitem(last=False)
        with slot.lock:
            started = time.monotonic()
            if started >= slot.until:
                slot.value = make()
                now = time.monotonic()
                slot.until = now + self._times * (now - started)
            result: _Result = slot.value
            return result


class _Slot:
    """One result."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.value: Any = None
        self.until = 0.0
