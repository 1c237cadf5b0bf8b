"""What a person gets back: text, buttons, sources, hand-over, and the trace behind it."""

from dataclasses import dataclass, field

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

    text: str = field(repr=False)
    buttons: tuple[Button, ...] = ()
    sources: tuple[Source, ...] = ()
    handoff: bool = False
    trace: tuple[TraceEntry, ...] = ()
