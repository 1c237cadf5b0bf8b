"""What the bot decided to do in a turn, before any text is generated."""

from dataclasses import dataclass
from typing import Literal

from kitwright.types.event import Event
from kitwright.types.reply import Button, Source
from kitwright.types.text import ScrubbedText

DecisionKind = Literal["say", "answer", "handoff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The outcome of the decide step.

    Args:
        kind: `say` fixed texts, `answer` from passages with the model's wording, or `handoff` to a person.
        why: the reason, one clause, for the trace.
        texts: what to say (`say`, `handoff`), or what to add after the answer (`answer`).
        buttons: quick replies offered.
        sources: tools the texts rest on.
        query: the question to look up (`answer`).
        alone: the question has nothing to do with what was said before.
        further: other questions of the message, each answered by the words of its best passage.
        evidence: tool results that facts of the reply may come from, as scrubbed text.
        events: what happened, to be stored.
    """

    kind: DecisionKind
    why: str
    texts: tuple[ScrubbedText, ...] = ()
    buttons: tuple[Button, ...] = ()
    sources: tuple[Source, ...] = ()
    query: ScrubbedText | None = None
    alone: bool = False
    further: tuple[ScrubbedText, ...] = ()
    evidence: tuple[ScrubbedText, ...] = ()
    events: tuple[Event, ...] = ()
