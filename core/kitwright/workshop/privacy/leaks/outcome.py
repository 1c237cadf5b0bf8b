"""What a door did with the conversations it was given: turns, values that came back to their owners, and troubles."""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kitwright.workshop.privacy.leaks.canary import Canary
from kitwright.workshop.privacy.leaks.conversation import Conversation, Message
from kitwright.workshop.privacy.leaks.search import Hit, Needles

Trace = Sequence[Mapping[str, object]]


@dataclass(slots=True)
class Outcome:
    """Counts of one door; safe to use from several threads.

    Args:
        owners: conversation to its canaries, of all doors.
        turns: messages that were answered.
        hidden: answers whose trace says that as many values were hidden as were sent, or more.
        given_back: answers that held a value of their owner.
        to_tools: values that tools were called with.
        troubles: what went wrong on purpose, and what was refused, by name.
        misdirected: values that came to somebody else.
    """

    door: str
    needles: Needles
    conversations: int = 0
    turns: int = 0
    sent: int = 0
    hidden: int = 0
    given_back: int = 0
    to_tools: int = 0
    troubles: Counter[str] = field(default_factory=Counter)
    misdirected: set[Hit] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answered(self, conversation: Conversation, message: Message, shown: str, trace: Trace) -> None:
        """Count an answer; a value of somebody else in it is a leak.

        Args:
            conversation: whose it is.
            message: that it answers.
            shown: all that its owner sees of it.
            trace: of the turn, as in JSON.
        """
        decisions = {str(entry["step"]): str(entry["decision"]) for entry in trace}
        count = decisions.get("scrub", "").partition(" hidden")[0]
        hits = self.needles.in_bytes(shown.encode("utf-8", "replace"))
        own = {hit for hit in hits if hit.canary.conversation == conversation.id}
        with self.lock:
            self.turns += 1
            self.sent += len(message.canaries)
            self.hidden += bool(message.canaries) and count.isdecimal() and int(count) >= len(message.canaries)
            self.given_back += bool(own)
            self.misdirected |= hits - own

    def trouble(self, name: str) -> None:
        """Count something that went wrong."""
        with self.lock:
            self.troubles[name] += 1

    def tool_called(self, arguments: Mapping[str, object]) -> None:
        """Count the values that a tool was called with."""
        hits = self.needles.in_bytes(repr(arguments).encode("utf-8", "replace"))
        canaries: set[Canary] = {hit.canary for hit in hits}
        with self.lock:
            self.to_tools += len(canaries)

    @property
    def row(self) -> tuple[str, int, int, int, int, int, int]:
        """The counts, for a table."""
        counts = (self.conversations, self.turns, self.sent, self.hidden, self.given_back, self.to_tools)
        return self.door, *counts

    def as_dict(self) -> dict[str, object]:
        """The counts, for `--json`."""
        return {
            "door": self.door,
            "conversations": self.conversations,
            "turns": self.turns,
            "values_sent": self.sent,
            "hidden": self.hidden,
            "given_back": self.given_back,
            "to_tools": self.to_tools,
            "troubles": dict(sorted(self.troubles.items())),
        }
