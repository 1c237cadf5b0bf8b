"""What a person gets back: text, buttons, sources, hand-over, and the trace behind it."""

from dataclasses import asdict, dataclass, field

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
    """The answer to one message, with placeholders restored for its owner."""

    conversation_id: str
    text: str = field(repr=False)
    buttons: tuple[Button, ...] = field(default=(), repr=False)
    sources: tuple[Source, ...] = ()
    handoff: bool = False
    trace: tuple[TraceEntry, ...] = ()

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
