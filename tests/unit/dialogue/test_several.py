"""Several requests in one message: none is lost."""

from kitwright.types import Part, ScrubbedText, Understanding
from unit.dialogue.small_bot import Talk, understanding


def several(*clauses: tuple[str, str, dict[str, str]]) -> tuple[str, Understanding]:
    """A message of clauses, each with its intent and entities."""
    parts = tuple(
        Part(ScrubbedText(text), understanding(intent, entities=entities, text=text))
        for text, intent, entities in clauses
    )
    text = " and ".join(part.text for part in parts)
    entities = {name: value for _, _, named in clauses for name, value in named.items()}
    whole = understanding(clauses[0][1], entities=entities, text=text)
    return text, Understanding(whole.intents, whole.entities, whole.in_scope, whole.vector, parts)


def test_the_second_flow_starts_when_the_first_is_over() -> None:
    talk = Talk()
    said = talk.hear(*several(("where is 1", "track", {"order": "1"}), ("send 2 back", "give_back", {"order": "2"})))
    assert said == "Which postcode?"
    assert talk.say("AB1", proof="AB1") == "Order 1: parcel 1. Why?"
    assert (talk.flows, talk.slots["order"]) == (["give_back"], "2")


def test_a_question_is_answered_before_the_flow() -> None:
    talk = Talk()
    assert talk.hear(*several(("where is 1", "track", {"order": "1"}), ("what is the cost", "ask_cost", {}))) == (
        "Which postcode?"
    )
    assert (talk.last.kind, talk.last.query) == ("answer", "what is the cost")


def test_each_of_two_questions_is_looked_up() -> None:
    talk = Talk()
    talk.hear(*several(("what is the cost", "ask_cost", {}), ("how long does it take", "faq", {})))
    assert (talk.last.query, talk.last.further) == ("what is the cost", ("how long does it take",))


def test_what_only_tells_something_is_no_request() -> None:
    talk = Talk()
    talk.hear(*several(("my parcel 1 is late", "track", {"order": "1"}), ("where is it", "track", {})))
    assert talk.last.why == "intent starts flow: track"
    assert talk.tracker.waiting == ()


def test_a_list_of_orders_is_taken_one_by_one() -> None:
    talk = Talk()
    text = "where are 1 and 2, AB1"
    both = understanding("track", entities={"order": "1", "proof": "AB1"}, text=text)
    second = understanding("track", entities={"order": "2"}, text=text).entities
    whole = Understanding(both.intents, (both.entities[0], *second, both.entities[1]), 1.0, both.vector)
    assert talk.hear(text, whole) == "Order 1: parcel 1. Order 2: parcel 2."


def test_who_drops_it_all_drops_what_waits_too() -> None:
    talk = Talk()
    talk.hear(*several(("where is 1", "track", {"order": "1"}), ("send 2 back", "give_back", {"order": "2"})))
    assert talk.say("stop", "stop") == "Dropped."
    assert (talk.flows, talk.tracker.waiting) == ([], ())


def test_a_person_who_takes_over_takes_what_waits_too() -> None:
    talk = Talk()
    talk.hear(*several(("where is 1", "track", {"order": "1"}), ("send 2 back", "give_back", {"order": "2"})))
    assert talk.say("a person", "person") == "A colleague takes over."
    assert talk.tracker.waiting == ()


def test_pieces_of_one_request_are_one_request() -> None:
    talk = Talk()
    pieces = several(("track my parcel 1", "track", {"order": "1"}), ("please use AB1", "track", {"proof": "AB1"}))
    assert talk.hear(*pieces) == "Order 1: parcel 1."
    assert talk.flows == []
