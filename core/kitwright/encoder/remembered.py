"""Results of the last texts: what people write often, such as "yes" or a greeting, is worked out once."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Result = TypeVar("_Result")


class Remembered(Generic[_Key, _Result]):
    """Results by their keys, those asked for least recently forgotten first; safe to share among threads.

    Args:
        size: how many are kept.

    Example:
        >>> lengths = Remembered[str, int](100)
        >>> lengths.keep("hello", 5), lengths.get("hello"), lengths.get("bye")
        (None, 5, None)
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, _Result] = OrderedDict()

    def get(self, key: _Key) -> _Result | None:
        """The result, or None where it is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: _Key, result: _Result) -> None:
        """Keep a result."""
        with self._lock:
            self._kept[key] = result
            self._kept.move_to_end(key)
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
