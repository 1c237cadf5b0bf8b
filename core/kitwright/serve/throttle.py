"""Limits on how often somebody may do something: a bucket of tokens each, that fills again with time."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from kitwright.errors import Fault, Refused

_KEPT: Final = 50_000


class Throttle:
    """Counts what each key does.

    Args:
        what: what is counted, for the message.
        per_minute: how often it may be done; as many at once.
        now: seconds that only grow.
    """

    def __init__(self, what: str, per_minute: int, *, now: Callable[[], float] = time.monotonic) -> None:
        self._what = what
        self._most = float(per_minute)
        self._now = now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Count one for this key.

        Raises:
            Refused: KW206, it was done too often; nothing is counted.
        """
        now = self._now()
        left, at = self._left.get(key, (self._most, now))
        left = min(self._most, left + (now - at) * self._most / 60)
        if left < 1:
            wait = int((1 - left) * 60 / self._most) + 1
            hint = f"try again in {wait} seconds"
            raise Refused(Fault(code="KW206", place="server", problem=f"too many {self._what}", hint=hint))
        self._left[key] = (left - 1, now)
        self._left.move_to_end(key)
        while len(self._left) > _KEPT:
            self._left.popitem(last=False)
