"""The reply step: what the person gets, with its sources, and what is kept of the turn."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Final

from kitwright.guard import content_words, excerpt
from kitwright.protocols import Store
from kitwright.types import Button, Decision, Event, FoundPassage, Reply, ScrubbedText, Source, Step, Turn, Vault

SHARED_WORDS: Final = 0.5


def reply_step(store: Store, *, bot: str) -> Step:
    """The step `reply`: builds the Reply and stores the turn's events in one transaction.

    Raises:
        StoreFailed: when run, if the events could not be written; the reply is not given.
    """

    def run(turn: Turn) -> Turn:
        if turn.decision is None or turn.restored is None:
            raise ValueError("reply needs a decision and a restored text")
        reply = Reply(
            conversation_id=turn.conversation_id,
            text=turn.restored,
            buttons=tuple(_restored(button, turn.vault) for button in turn.decision.buttons),
            sources=tuple(dict.fromkeys((*turn.decision.sources, *_passages_used(turn)))),
            handoff=_hands_over(turn.decision) or bool(turn.promised),
        )
        events = tuple(events_of(turn, turn.decision, reply))
        store.append(bot, turn.conversation_id, events)
        return replace(turn, reply=reply, events=events).note("reply", turn.decision.kind, f"{len(events)} events kept")

    return Step(
        name="reply",
        reads=frozenset(
            {"text", "understanding", "decision", "passages", "further", "checked", "promised", "restored"}
        ),
        writes=frozenset({"reply", "events"}),
        run=run,
    )


def _hands_over(decision: Decision) -> bool:
    return decision.kind == "handoff" or any(event.kind == "handoff" for event in decision.events)


def events_of(turn: Turn, decision: Decision, reply: Reply) -> Iterator[Event]:
    """What happened in the turn: the message, what was done about it, the reply; all scrubbed."""
    understood = turn.understanding
    yield Event(
        "user",
        turn.at,
        {
            "text": turn.text or "",
            "intent": understood.intent.name if understood else None,
            "confidence": round(understood.intent.confidence, 4) if understood else None,
            "entities": [asdict(entity) for entity in understood.entities] if understood else [],
        },
    )
    yield from decision.events
    if reply.handoff and not any(event.kind == "handoff" for event in decision.events):
        yield Event("handoff", turn.at, {"reason": "promised in the reply" if turn.promised else decision.why})
    yield Event(
        "bot",
        turn.at,
        {
            "text": turn.checked or "",
            "buttons": [asdict(button) for button in decision.buttons],
            "sources": [source.id for source in reply.sources],
            "handoff": reply.handoff,
        },
    )


def _restored(button: Button, vault: Vault) -> Button:
    title, payload = (vault.restore(ScrubbedText(part)) for part in (button.title, button.payload))
    return Button(title, payload)


def _passages_used(turn: Turn) -> Iterator[Source]:
    """The passages that a share of the reply's words stands in; none when the reply says it does not know."""
    if turn.decision is None or turn.decision.kind != "answer" or turn.trace[-2].decision == "fallback":
        return
    quoted = [excerpt(found) for found in turn.further or ()]
    words = content_words((turn.checked or "").removesuffix("\n\n".join([*quoted, *turn.decision.texts])))
    for found in turn.passages or ():
        if words and len(words & _words_of(found)) / len(words) >= SHARED_WORDS:
            yield Source(found.passage.id, found.passage.title, found.passage.url)
    for found in turn.further or ():
        yield Source(found.passage.id, found.passage.title, found.passage.url)


def _words_of(found: FoundPassage) -> frozenset[str]:
    return content_words(f"{found.passage.title} {found.passage.text}")
