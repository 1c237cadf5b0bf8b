"""The Turn: one message's journey through the steps, immutable; each step returns a new one."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Final

from kitwright.types.decision import Decision
from kitwright.types.event import Event
from kitwright.types.message import Message
from kitwright.types.passage import FoundPassage
from kitwright.types.prompt import Prompt
from kitwright.types.reply import Reply
from kitwright.types.span import Span
from kitwright.types.stop import Stop
from kitwright.types.text import RawText, ScrubbedText
from kitwright.types.trace import TraceEntry
from kitwright.types.understanding import Understanding
from kitwright.types.vault import Vault


def _nobody(_piece: str) -> None:
    """The listener of a turn that is not streamed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message's journey.

    The first block is there at the start; every other field is written by exactly one step, and stays
    None (or empty) until then. `further` has the best passage for each further question. `promised` tells whether
    the words of the reply say that a person takes over.
    `emit` takes scrubbed pieces of the reply as they become certain; `stop` may ask the turn to end early.
    """

    conversation_id: str
    turn_id: str
    received: RawText
    at: datetime
    history: tuple[Message, ...] = ()
    past: tuple[Event, ...] = field(default=(), repr=False)
    vault: Vault = field(repr=False, compare=False)
    emit: Callable[[ScrubbedText], None] = field(default=_nobody, repr=False, compare=False)
    stop: Stop = field(default_factory=Stop, repr=False, compare=False)

    normal: RawText | None = None
    verdict: Decision | None = None
    text: ScrubbedText | None = None
    spans: tuple[Span, ...] | None = None
    understanding: Understanding | None = None
    guarded: Decision | None = None
    decision: Decision | None = None
    passages: tuple[FoundPassage, ...] | None = None
    further: tuple[FoundPassage, ...] | None = None
    prompt: Prompt | None = None
    draft: ScrubbedText | None = None
    checked: ScrubbedText | None = None
    promised: bool | None = None
    restored: str | None = field(default=None, repr=False)
    reply: Reply | None = None
    events: tuple[Event, ...] | None = field(default=None, repr=False)
    trace: tuple[TraceEntry, ...] = ()

    def note(self, step: str, decision: str, why: str = "") -> "Turn":
        """A copy with one more trace entry; the runner fills in the time."""
        return replace(self, trace=(*self.trace, TraceEntry(step, decision, why, 0.0)))


INPUT_FIELDS: Final[frozenset[str]] = frozenset(
    {"conversation_id", "turn_id", "received", "at", "history", "past", "vault", "emit", "stop"}
)
TURN_FIELDS: Final[frozenset[str]] = frozenset(f.name for f in fields(Turn))
