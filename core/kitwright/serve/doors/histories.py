"""Histories that stateless clients hold, and the conversations they belong to.

A client that names no conversation sends, with every message, all that was said before. Who can show the whole of it,
word for word, goes on with the conversation it was said in; anything else, such as an altered answer, belongs to none.
Two people may have said and heard the very same: each history is good for as many conversations as have it, and once
for each, so that none is ever shared. In memory, as hashes: after a restart such clients begin anew.
"""

from collections import OrderedDict, deque
from typing import Final

_KEPT: Final = 50_000


class Histories:
    """Which conversation goes on from which history.

    Args:
        kept: how many are remembered; the oldest are forgotten first.

    Example:
        >>> histories = Histories()
        >>> histories.keep(b"what was said", "c1")
        >>> histories.take(b"what was said"), histories.take(b"what was said")
        ('c1', None)
    """

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._known: OrderedDict[bytes, deque[str]] = OrderedDict()

    def take(self, history: bytes) -> str | None:
        """A conversation that has come to this point; nobody else gets it from here."""
        conversations = self._known.get(history)
        if conversations is None:
            return None
        taken = conversations.popleft()
        if not conversations:
            del self._known[history]
        return taken

    def keep(self, history: bytes, conversation_id: str) -> None:
        """Remember that a conversation has come to this point."""
        conversations = self._known.setdefault(history, deque(maxlen=100))
        if conversation_id not in conversations:
            conversations.append(conversation_id)
        self._known.move_to_end(history)
        while len(self._known) > self._kept:
            self._known.popitem(last=False)
