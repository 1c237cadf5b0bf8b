"""What is heard beside an open question: data, requests, patience, corrections, and the last flow again."""

import pytest

from kitwright.dialogue.cues import corrects, in_general, meant, only_names, requests, waits, yes_or_no
from kitwright.types import Entity
from unit.dialogue.small_bot import DOMAIN, FLOWS, Talk, engine, understanding

PATIENT = DOMAIN.replace("  utter_ok:", '  utter_no_hurry: [{text: "No hurry."}]\n  utter_ok:')


@pytest.mark.parametrize(
    ("text", "waiting"),
    [
        ("wait", True),
        ("one sec", True),
        ("hold on, let me find it", True),
        ("give me two minutes please", True),
        ("hmm wait, I'll ask my wife", True),
        ("just looking for the e-mail", True),
        ("wait, where is my order?", False),
        ("I have waited two weeks", False),
        ("it took a second too long", False),
        ("1043", False),
    ],
)
def test_who_asks_for_nothing_but_time(text: str, waiting: bool) -> None:
    assert waits(text) is waiting


def test_who_needs_a_moment_gets_it_and_the_question_stays_open() -> None:
    talk = Talk(engine(domain=PATIENT))
    talk.say("where is it", "track")
    assert [talk.say(text, "deny") for text in ("wait", "hold on a minute", "one sec")] == ["No hurry."] * 3
    assert talk.tracker.misunderstood == 0
    assert talk.say("1", order="1") == "Which postcode?"


def test_a_moment_is_no_text_for_a_slot() -> None:
    talk = Talk(engine(domain=PATIENT))
    talk.say("send it back", "give_back", order="1", proof="ab1")
    talk.say("hang on, let me look")
    assert "reason" not in talk.slots


def test_phrasing_tells_requests_corrections_and_general_questions() -> None:
    assert [requests(t) for t in ("cancel 1043", "I want it back", "can I?", "it broke")] == [True, True, True, False]
    assert [corrects(t) for t in ("no, the socks", "I meant the hat", "the hat is too big")] == [True, True, False]
    assert [meant(t) for t in ("sorry, I did mean yes", "I meant no", "yes")] == [True, False, None]
    assert [in_general(t) for t in ("what if a parcel is lost?", "when is my parcel here?")] == [True, False]


def test_little_words_and_names_are_no_wish() -> None:
    number = [Entity("order", "1043", 14, 18)]
    assert only_names("the number is 1043", number, frozenset({"number"}))
    assert not only_names("the parcel at 1043", number, frozenset({"number"}))
    assert not only_names("the number", [], frozenset({"number"}))
    assert only_names("what about 1043", [Entity("order", "1043", 11, 15)], frozenset())


def test_data_is_an_answer_whatever_it_sounds_like() -> None:
    talk = Talk()
    talk.say("where is it", "track")
    assert talk.say("the proof is AB1", "give_back", 0.95, proof="AB1") == "Which order?"
    assert talk.flows == ["track", "open_order"]
    assert talk.say("and the order 1", "give_back", 0.95, order="1") == "Order 1: parcel 1."


def test_another_request_with_the_value_asked_for_is_still_another_request() -> None:
    talk = Talk()
    talk.say("send something back", "give_back")
    assert talk.say("but first, where is my parcel 1?", "track", 0.95, order="1") == "Which postcode?"
    assert talk.say("AB1", proof="AB1") == "Order 1: parcel 1. Which order?"


def test_a_question_without_a_value_does_not_fill_a_text_slot() -> None:
    talk = Talk()
    talk.say("send it back", "give_back", order="1", proof="ab1")
    assert talk.say("how long have I got?", "faq", 0.3) == "Why?"
    assert talk.last.query == "how long have I got?"


def test_a_yes_or_no_that_was_meant_otherwise_is_asked_again() -> None:
    talk = Talk()
    talk.say("send it back", "give_back", order="1", proof="ab1")
    talk.say("too wide")
    assert talk.say("no", "deny") == "Kept."
    assert talk.say("sorry, I did mean yes", "affirm") == "Why?"


def test_what_was_described_is_replaced_by_a_correction_and_not_by_a_mention() -> None:
    mapping = "{type: from_entity, entity: city, conditions: [{active_flow: give_back}]}"
    domain = DOMAIN.replace(
        "reason: {type: text, mappings: [{type: from_text}]}", f"reason: {{mappings: [{{type: from_text}}, {mapping}]}}"
    )
    talk = Talk(engine(domain=domain))
    talk.say("send it back to Oslo", "give_back", order="1", proof="ab1", city="the big Oslo")
    reasons = [talk.slots["reason"]]
    talk.say("Rome is nice", "faq", 0.3, city="Rome")
    reasons.append(talk.slots["reason"])
    talk.say("no, Rome", "deny", city="Rome")
    assert [*reasons, talk.slots["reason"]] == ["the big Oslo", "the big Oslo", "Rome"]
    assert talk.tracker.asked == "confirm"


def test_a_mapping_with_a_condition_counts_only_in_its_flow() -> None:
    mapping = "{type: from_entity, entity: city, conditions: [{active_flow: give_back}]}"
    domain = DOMAIN.replace("reason: {type: text, mappings: [{type: from_text}]}", f"reason: {{mappings: [{mapping}]}}")
    talk = Talk(engine(domain=domain))
    talk.say("where is 1", "track", order="1", city="Oslo")
    assert "reason" not in talk.slots


def test_an_optional_slot_is_taken_and_never_asked_for() -> None:
    flows = FLOWS.replace("steps: [{collect: colour}, {", "steps: [{collect: colour, optional: true}, {")
    talk = Talk(engine(flows))
    assert talk.say("advice please", "advice") == "Take ."
    assert talk.say("in red?", "faq", 0.3, colour="red") == "Take Red."
    assert talk.say("what would you take", "advice") == "Take ."


def test_a_general_question_is_answered_and_starts_no_flow() -> None:
    talk = Talk()
    talk.say("what happens if a parcel gets lost?", "track", 0.95)
    assert (talk.last.kind, talk.flows) == ("answer", [])


def test_a_question_beside_the_value_asked_for_is_answered() -> None:
    talk = Talk()
    talk.say("where is it", "track")
    assert talk.say("1, and what does it cost?", "ask_cost", 0.95, order="1") == "Which postcode?"
    assert talk.last.query == "1, and what does it cost?"


def test_a_repeated_question_has_its_buttons() -> None:
    talk = Talk()
    talk.say("which colour", "advice")
    talk.say("say again", "again")
    assert [button.title for button in talk.last.buttons] == ["Red"]


def provoked(intent: str) -> Talk:
    mapping = f"[{{type: from_text}}, {{type: from_text, intent: {intent}}}]"
    domain = DOMAIN.replace("reason: {type: text, mappings: [{type: from_text}]}", f"reason: {{mappings: {mapping}}}")
    talk = Talk(engine(domain=domain))
    talk.say("send it back", "give_back", order="1", proof="ab1")
    return talk


def test_an_intent_that_the_question_provokes_is_an_answer() -> None:
    talk = provoked("advice")
    assert talk.say("simple. red would be better", "advice", 0.95) == "Are you sure?"
    assert talk.slots["reason"] == "simple. red would be better"


def test_an_open_question_is_none_even_where_its_intent_is_provoked() -> None:
    talk = provoked("advice")
    assert talk.say("which colour would suit me?", "advice", 0.95) == "Which colour?"
    assert "reason" not in talk.slots


def test_who_turns_the_question_down_does_not_answer_it_with_a_provoked_intent() -> None:
    talk = provoked("advice")
    assert talk.say("not that. advise me on a red one", "advice", 0.95, colour="red") == "Take Red."
    assert "reason" not in talk.slots


@pytest.mark.parametrize(("confidence", "flows"), [(0.5, ["track", "open_order"]), (0.95, [])])
def test_what_may_only_skip_a_question_cancels_nothing_unless_that_is_clear(
    confidence: float, flows: list[str]
) -> None:
    talk = Talk()
    talk.say("where is it", "track")
    talk.say("can I skip that?", "stop", confidence)
    assert talk.flows == flows


def test_who_only_tells_something_answers_a_question_that_takes_any_text() -> None:
    talk = Talk()
    talk.say("send it back", "give_back", order="1", proof="ab1")
    assert talk.say("the colour is wrong for me", "advice", 0.95) == "Are you sure?"


def test_another_request_that_may_be_out_of_scope_is_not_beyond_doubt() -> None:
    talk = Talk()
    talk.say("send it back", "give_back", order="1", proof="ab1")
    talk.hear("npt as expected, sadly", understanding("advice", 0.9, in_scope=0.57))
    assert talk.slots["reason"] == "npt as expected, sadly"


def test_who_refuses_the_question_wants_the_other_flow_instead() -> None:
    talk = Talk()
    talk.say("send it back", "give_back", order="1", proof="ab1")
    assert talk.say("not that. my parcel is late", "track", 0.6) == "Order 1: parcel 1."
    assert talk.flows == []


def test_who_refuses_and_names_an_earlier_flow_goes_back_to_it() -> None:
    talk = Talk()
    talk.say("send it back", "give_back", order="1", proof="ab1")
    talk.say("help me choose a colour", "advice", 0.95)
    assert talk.say("no thanks. send it back", "give_back", 0.95) == "Why?"
    assert talk.flows == ["give_back"]


def test_a_value_with_words_that_offer_it_is_an_answer() -> None:
    talk = Talk()
    talk.say("where is it", "track", order="1")
    assert talk.say("should be AB1", "give_back", 0.95, proof="AB1") == "Order 1: parcel 1."
    assert talk.flows == []


def test_who_names_things_has_told_something_beside_what_is_not_known() -> None:
    talk = Talk()
    talk.say("send it back", "give_back", order="1", proof="ab1")
    assert talk.say("it came in red, no idea why", "deny", 0.6, colour="red") == "Are you sure?"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("of course. nah, I'll keep it", "Kept."),
        ("of course", "1 comes back, since: too wide."),
        ("sorry for the wait. go on then", "1 comes back, since: too wide."),
        ("perfect, no problem", "1 comes back, since: too wide."),
        ("go on... actually leave it", "Say it in other words? Are you sure?"),
    ],
)
def test_a_yes_with_a_no_in_it_is_no_yes(text: str, said: str) -> None:
    talk = Talk()
    talk.say("send it back", "give_back", order="1", proof="ab1")
    talk.say("too wide")
    assert talk.say(text, "affirm") == said


OFFERED = DOMAIN.replace(
    "proof: {type: text, mappings: [{type: from_entity, entity: proof}]}",
    "proof: {mappings: [{type: from_entity, entity: proof}, {type: from_entity, entity: proof, intent: advice}]}",
)


@pytest.mark.parametrize(
    ("text", "flows"),
    [
        ("parcel 1, if I read it right - its AB1", []),
        ("shouuld be 1, AB1", []),
        ("can you advise about 1, AB1?", ["track", "open_order", "advice"]),
    ],
)
def test_a_value_of_the_open_purpose_is_given_whatever_it_sounds_like(text: str, flows: list[str]) -> None:
    talk = Talk(engine(domain=OFFERED))
    talk.say("where is it", "track")
    talk.say(text, "advice", 0.95, order="1", proof="AB1")
    assert talk.flows == flows


def test_a_question_with_a_provoked_intent_is_an_answer_only_with_a_value() -> None:
    talk = provoked("advice")
    assert talk.say("can I have some advice?", "advice", 0.95) == "Which colour?"
    talk = provoked("advice")
    assert talk.say("red, if you have it?", "advice", 0.95, colour="red") == "Are you sure?"


def test_a_no_before_another_request_puts_it_in_the_place_of_the_question() -> None:
    talk = Talk()
    talk.say("send it back", "give_back", order="1", proof="ab1")
    assert talk.say("no, still no parcel", "track", 0.6) == "Order 1: parcel 1."
    assert talk.flows == []


def test_no_longer_is_no_no() -> None:
    assert [yes_or_no(text) for text in ("no longer needed", "no, thanks")] == [None, False]


def test_of_entities_that_stand_for_one_another_the_last_mention_counts() -> None:
    mail = "proof: {mappings: [{type: from_entity, entity: colour}, {type: from_entity, entity: proof}]}"
    domain = DOMAIN.replace("proof: {type: text, mappings: [{type: from_entity, entity: proof}]}", mail)
    talk = Talk(engine(domain=domain))
    talk.say("where is it", "track", order="1")
    talk.say("not red, AB1", "faq", colour="red", proof="AB1")
    assert talk.slots["proof"] == "AB1"
