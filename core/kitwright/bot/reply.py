"""The reply step: what the person gets, with its sources, and what is kept of the turn."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Final

from kitwright.bot.turn_trace import turn_trace
from kitwright.guard import content_words, excerpt
from kitwright.protocols import Store, TurnRecord
from kitwright.types import (
    Button,
    Decision,
    Event,
    FoundPassage,
    Message,
    Reply,
    ScrubbedText,
    Source,
    Step,
    Turn,
    Vault,
)

SHARED_WORDS: Final = 0.5


def reply_step(store: Store, *, bot: str, count: Callable[[Sequence[Message]], int] = len) -> Step:
    """The step `reply`: builds the Reply and stores the turn, its events and its trace, in one transaction.

    Args:
        store: keeps them.
        bot: name of the bot.
        count: tokens of messages.

    Raises:
        TurnStopped: when run, if the turn was abandoned.
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
            prompt_tokens=turn.prompt.tokens if turn.prompt else 0,
            answer_tokens=count([Message("assistant", turn.draft)]) if turn.draft else 0,
        )
        turn.stop.check(kept=True)
        record = TurnRecord(id=turn.turn_id, seen=last_number(turn.past), trace=turn_trace(turn))
        events = store.append(bot, turn.conversation_id, tuple(events_of(turn, turn.decision, reply)), record)
        reply = replace(reply, event_id=last_number(events), at=turn.at)
        return replace(turn, reply=reply, events=events).note("reply", turn.decision.kind, f"{len(events)} events kept")

    return Step(
        name="reply",
        reads=frozenset(
            {
                "text",
                "spans",
                "understanding",
                "decision",
                "passages",
                "further",
                "prompt",
                "draft",
                "checked",
                "promised",
                "restored",
            }
        ),
        writes=frozenset({"reply", "events"}),
        run=run,
    )


def reply_of(event: Event, base: Reply, told: Callable[[str], str]) -> Reply:
    """The reply that a stored event was.

    Args:
        event: of the kind `bot`.
        base: has what the event does not tell.
        told: makes kept text what its owner is to see.
    """
    return replace(
        base,
        text=told(str(event.data.get("text", ""))),
        buttons=tuple(Button(told(each["title"]), told(each["payload"])) for each in _listed(event, "buttons")),
        sources=sources_of(event),
        handoff=event.data.get("handoff") is True,
        event_id=event.id,
        at=event.at,
    )


def sources_of(event: Event) -> tuple[Source, ...]:
    """The sources of a stored reply; of early versions only their ids are known."""
    if "cited" in event.data:
        return tuple(Source(each["id"], each["title"], each.get("url")) for each in _listed(event, "cited"))
    ids = event.data.get("sources")
    return tuple(Source(str(name), str(name)) for name in ids) if isinstance(ids, list | tuple) else ()


def _listed(event: Event, key: str) -> list[dict[str, str]]:
    found = event.data.get(key)
    return list(found) if isinstance(found, list | tuple) else []


def user_event(turn: Turn) -> Event:
    """The message of a turn, scrubbed."""
    understood = turn.understanding
    return Event(
        "user",
        turn.at,
        {
            "text": turn.text or "",
            "intent": understood.intent.name if understood else None,
            "confidence": round(understood.intent.confidence, 4) if understood else None,
            "entities": [asdict(entity) for entity in understood.entities] if understood else [],
        },
    )


def last_number(events: Sequence[Event]) -> int:
    """The number of the last event that has one; 0 where none has."""
    return next((event.id for event in reversed(events) if event.id is not None), 0)


def _hands_over(decision: Decision) -> bool:
    return decision.kind == "handoff" or any(event.kind == "handoff" for event in decision.events)


def events_of(turn: Turn, decision: Decision, reply: Reply) -> Iterator[Event]:
    """What happened in the turn: the message, what was done about it, the reply; all scrubbed."""
    yield user_event(turn)
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
            "cited": [asdict(source) for source in reply.sources],
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
