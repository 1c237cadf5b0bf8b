"""What a person gets back: text, buttons, sources, hand-over, and the trace behind it."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal

from kitwright.types.trace import TraceEntry


@dataclass(frozen=True, slots=True)
class Button:
    """A quick reply: its label, and the text sent when it is pressed."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact of the reply comes from: a passage or a tool."""

    id: str
    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to one message, with placeholders restored for its owner.

    Args:
        event_id: number of the event it was stored as; None for one that was not stored.
        kind: `bot` for an answer, `user` where the message was only kept, since a person is to answer.
        at: when it was stored, UTC.
        repeated: the message was answered before, and this is that answer.
        prompt_tokens: length of what the model was asked; 0 where none was.
        answer_tokens: length of what it drafted.
    """

    conversation_id: str
    text: str = field(repr=False)
    buttons: tuple[Button, ...] = field(default=(), repr=False)
    sources: tuple[Source, ...] = ()
    handoff: bool = False
    trace: tuple[TraceEntry, ...] = ()
    event_id: int | None = None
    kind: Literal["bot", "user"] = "bot"
    at: datetime | None = None
    repeated: bool = False
    prompt_tokens: int = 0
    answer_tokens: int = 0

    def as_record(self, text: str) -> dict[str, object]:
        """The turn as a JSON object, in the shape that `chat --script` and the server share.

        Args:
            text: what the person said; echoed to them, never kept.
        """
        return {
            "conversation_id": self.conversation_id,
            "text": text,
            "reply": self.text,
            "buttons": [asdict(button) for button in self.buttons],
            "sources": [asdict(source) for source in self.sources],
            "handoff": self.handoff,
            "trace": [entry.as_dict() for entry in self.trace],
        }
