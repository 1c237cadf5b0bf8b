"""The reply step: sources that the text rests on, and events without a word of personal data."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from kitwright.bot.reply import reply_step
from kitwright.errors import Fault, StoreFailed
from kitwright.protocols import TurnRecord
from kitwright.store import SqlStore
from kitwright.types import (
    Button,
    Decision,
    Entity,
    Event,
    FoundPassage,
    IntentScore,
    Passage,
    ScrubbedText,
    Source,
    Turn,
    Understanding,
)
from unit.bot.turns import NOW, turn_of

PARKING = Passage(id="p/parking", title="Parking", text="Visitors may park free behind the house.", source="guide")
TICKETS = Passage(id="p/tickets", title="Tickets", text="Adults pay six pounds, children less.", source="guide")


def answered(text: str, *, kind: str = "answer", note: str = "passed", **decided: object) -> Turn:
    """A turn as it comes to the reply step."""
    decision = Decision(kind=kind, why="test", **decided)  # type: ignore[arg-type]
    turn = replace(
        turn_of(),
        text=ScrubbedText("I am <EMAIL_ADDRESS_1>, where can I park"),
        understanding=Understanding(
            (IntentScore("ask", 0.91234),), (Entity("email", "<EMAIL_ADDRESS_1>", 5, 22),), 1.0, np.zeros(1)
        ),
        decision=decision,
        passages=(FoundPassage(PARKING, 0.9), FoundPassage(TICKETS, 0.8)),
        checked=ScrubbedText(text),
        restored=text.replace("<EMAIL_ADDRESS_1>", "jo@example.com"),
    )
    return turn.note("guard_out", note).note("restore", "unchanged")


def finished(turn: Turn) -> tuple[Turn, tuple[Event, ...]]:
    store = SqlStore("sqlite://")
    after = reply_step(store, bot="museum").run(turn)
    kept = store.events("museum", "c")
    store.close()
    return after, kept


def sources(turn: Turn) -> list[str]:
    after, _ = finished(turn)
    assert after.reply is not None
    return [source.id for source in after.reply.sources]


def test_only_passages_that_the_words_stand_in_are_sources() -> None:
    assert sources(answered("Visitors may park behind the house.")) == ["p/parking"]
    assert sources(answered("Adults pay six pounds.")) == ["p/tickets"]
    assert sources(answered("Lions sleep, tigers hunt, whales sing, owls watch.")) == []


def test_an_i_do_not_know_has_no_sources() -> None:
    assert sources(answered("Visitors may park behind the house.", note="fallback")) == []


def test_a_fixed_text_names_its_tools_and_no_passages() -> None:
    tool = Source("tool:hours", "Opening hours")
    assert sources(answered("Visitors may park behind the house.", kind="say", sources=(tool, tool))) == ["tool:hours"]


def test_what_is_said_besides_the_answer_is_no_reason_for_a_source() -> None:
    besides = ScrubbedText("Now back to your order: which size, which colour, which length?")
    turn = answered(f"Visitors may park behind the house.\n\n{besides}", texts=(besides,))
    assert sources(turn) == ["p/parking"]


def test_every_hand_over_is_kept_with_its_reason() -> None:
    _, ruled = finished(answered("A person helps.", kind="handoff"))
    turn, promised = finished(replace(answered("I'll pass this on."), promised=True))
    assert turn.reply is not None
    assert turn.reply.handoff
    assert [event.data["reason"] for event in (*ruled, *promised) if event.kind == "handoff"] == [
        "test",
        "promised in the reply",
    ]


def test_the_owner_reads_their_value_and_the_store_keeps_the_placeholder() -> None:
    button = Button("Yes", "/yes")
    turn, kept = finished(
        answered(
            "We park for <EMAIL_ADDRESS_1>.",
            kind="handoff",
            buttons=(button,),
            events=(Event("handoff", NOW, {"reason": "r"}),),
        )
    )
    assert turn.reply is not None
    assert (turn.reply.text, turn.reply.handoff, turn.reply.buttons) == ("We park for jo@example.com.", True, (button,))
    assert turn.events == kept
    assert [event.kind for event in kept] == ["user", "handoff", "bot"]
    assert kept[0].data == {
        "text": "I am <EMAIL_ADDRESS_1>, where can I park",
        "intent": "ask",
        "confidence": 0.9123,
        "entities": [{"name": "email", "value": "<EMAIL_ADDRESS_1>", "start": 5, "end": 22, "role": None}],
    }
    assert kept[2].data["text"] == "We park for <EMAIL_ADDRESS_1>."
    assert "jo@example.com" not in str(kept) + repr(turn)


def test_without_a_store_there_is_no_reply() -> None:
    class Broken(SqlStore):
        def append(
            self, bot: str, conversation_id: str, events: Sequence[Event], turn: TurnRecord | None = None
        ) -> tuple[Event, ...]:
            raise StoreFailed(Fault(code="KW501", place="store", problem="gone"))

    with pytest.raises(StoreFailed):
        reply_step(Broken("sqlite://"), bot="museum").run(answered("Visitors may park."))


def test_it_does_not_run_out_of_order() -> None:
    with pytest.raises(ValueError, match="needs a decision"):
        reply_step(SqlStore("sqlite://"), bot="museum").run(turn_of())
