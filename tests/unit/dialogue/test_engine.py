"""The dialogue engine over whole conversations, from giving slots to repair."""

import pytest

from kitwright.types import Understanding
from unit.dialogue.small_bot import DOMAIN, FLOWS, Talk, engine, understanding


def test_a_flow_asks_what_it_needs_and_goes_on() -> None:
    talk = Talk()
    assert talk.say("where is it", "track") == "Which order?"
    assert talk.say("1", order="1") == "Which postcode?"
    assert talk.say("AB1", proof="AB1") == "Order 1: parcel 1."
    assert talk.last.sources[0].id == "tool:find_order"
    assert talk.flows == []


def test_what_is_said_at_once_is_not_asked() -> None:
    talk = Talk()
    assert talk.say("where is 1, AB1", "track", order="1", proof="AB1") == "Order 1: parcel 1."


def test_branches_behind_a_call_see_what_the_called_flow_found() -> None:
    talk = Talk()
    assert talk.say("where is 9, AB1", "track", order="9", proof="AB1") == "No such order."


def test_slots_of_a_called_flow_are_kept_until_the_caller_ends() -> None:
    talk = Talk()
    assert talk.say("return 1, AB1", "give_back", order="1", proof="AB1") == "Why?"
    assert talk.slots["order"] == "1"
    talk.say("too big")
    assert talk.say("yes", "affirm") == "1 comes back, since: too big."
    assert "order" not in talk.slots
    assert "reason" not in talk.slots
    assert talk.slots["proof"] == "AB1"


def test_a_call_comes_back_and_a_link_does_not() -> None:
    talk = Talk()
    assert talk.start("pass_on") == "Which colour?"
    assert talk.flows == ["pass_on", "advice"]
    assert talk.say("red", colour="red") == "Take Red. All right."
    assert "colour" not in talk.slots
    ended = [(e.data["flow"], e.data["how"]) for e in talk.events if e.kind == "flow_ended"]
    assert ended == [("passing", "linked"), ("advice", "completed"), ("pass_on", "completed")]


def test_the_same_intent_again_keeps_a_called_flow_going() -> None:
    talk = Talk()
    talk.say("where is it", "track")
    assert talk.say("my parcel!", "track") == "Say it in other words? Which order?"
    assert talk.flows == ["track", "open_order"]
    assert talk.say("parcel 1", "track", order="1") == "Which postcode?"


SECOND = {"order": "2"}
CORRECTIONS = {
    "out of scope": understanding("oos", entities=SECOND),
    "the flow's own intent": understanding("give_back", entities=SECOND),
}
SMALL_TALK = {
    "a no": understanding("deny", entities=SECOND),
    "a yes": understanding("affirm", entities=SECOND),
    "hello": understanding("greet", entities=SECOND),
}


@pytest.mark.parametrize(
    ("asked", "understood"),
    [
        *(("reason", understood) for understood in (*CORRECTIONS.values(), *SMALL_TALK.values())),
        *(("confirm", understood) for understood in (*CORRECTIONS.values(), SMALL_TALK["hello"])),
    ],
)
def test_a_slot_of_a_called_flow_that_is_over_can_be_corrected(asked: str, understood: Understanding) -> None:
    talk = Talk()
    talk.say("return 1, AB1", "give_back", order="1", proof="AB1")
    if asked == "confirm":
        talk.say("too big")
    question = talk.events[-1].data["text"]
    assert talk.hear("no, I meant 2", understood) == question
    assert talk.last.why == "value corrected"
    assert talk.calls[-1] == ("find_order", "2")
    assert talk.slots["order"] == "2"
    assert talk.slots.get("confirm") is None
    assert talk.tracker.asked == asked


@pytest.mark.parametrize("intent", ["affirm", "deny"])
def test_a_yes_or_no_with_another_value_counts_only_once_the_value_is_looked_up(intent: str) -> None:
    talk = Talk()
    talk.say("return 1, AB1", "give_back", order="1", proof="AB1")
    talk.say("too big")
    talk.say("for order 2", intent, order="2")
    assert talk.last.why == "value corrected"
    assert talk.calls == [("find_order", "1"), ("find_order", "2")]


def test_a_slot_of_the_active_called_flow_can_be_corrected() -> None:
    talk = Talk()
    talk.say("where is 1", "track", order="1")
    assert talk.say("no, 2", "deny", order="2") == "Which postcode?"
    assert talk.flows == ["track", "open_order"]
    assert talk.say("AB1", proof="AB1") == "Order 2: parcel 2."


def test_a_correction_and_the_answer_in_one_message() -> None:
    talk = Talk()
    talk.say("where is 1", "track", order="1")
    assert talk.say("it is 2, and AB1", order="2", proof="AB1") == "Order 2: parcel 2."


def test_the_same_value_again_is_no_correction() -> None:
    talk = Talk()
    talk.say("return 1, AB1", "give_back", order="1", proof="AB1")
    talk.say("order 1 is too big", order="1")
    assert talk.slots["reason"] == "order 1 is too big"


def test_another_flow_with_another_value_is_a_digression() -> None:
    talk = Talk()
    talk.say("return 1, AB1", "give_back", order="1", proof="AB1")
    talk.say("where is 2", "track", order="2")
    assert talk.last.why == "digression to another flow: track"


def test_of_two_slots_with_one_entity_an_answer_fills_the_one_asked_for() -> None:
    talk = Talk()
    talk.start("trip")
    assert talk.say("Oslo", city="Oslo") == "To where?"
    assert talk.say("Rome", city="Rome") == "Oslo to Rome."


def test_a_digression_comes_back_to_the_open_question() -> None:
    talk = Talk()
    talk.say("return 1, AB1", "give_back", order="1", proof="AB1")
    assert talk.say("which colour is best", "advice") == "Which colour?"
    assert talk.say("blue", colour="blue") == "Take Blue. Why?"
    assert talk.slots.get("reason") is None
    talk.say("too big")
    assert talk.slots["reason"] == "too big"


def test_small_talk_in_mid_flow_is_answered_and_the_question_asked_again() -> None:
    talk = Talk()
    talk.say("where is it", "track")
    assert talk.say("hello", "greet") == "Hello. Which order?"


def test_back_to_an_earlier_flow_drops_the_later_one() -> None:
    talk = Talk()
    talk.say("where is it", "track")
    talk.say("which colour is best", "advice")
    assert talk.say("no, where is my parcel", "track") == "Which order?"
    assert talk.flows == ["track", "open_order"]


@pytest.mark.parametrize("text", ["what does it cost?", "tell me the cost"])
def test_a_question_in_mid_flow_is_answered_and_the_open_one_asked_again(text: str) -> None:
    talk = Talk()
    talk.say("where is it", "track")
    assert talk.say(text, "ask_cost") == "Which order?"
    assert (talk.last.kind, talk.last.query) == ("answer", text)
    assert talk.tracker.asked == "order"


def test_a_question_does_not_fill_a_slot_that_takes_any_text() -> None:
    talk = Talk()
    talk.say("return 1, AB1", "give_back", order="1", proof="AB1")
    assert talk.say("what does it cost?", "ask_cost", 0.95) == "Why?"
    assert talk.last.kind == "answer"
    talk.say("it has a hole, is that normal?", "ask_cost", 0.5)
    assert talk.slots["reason"] == "it has a hole, is that normal?"


@pytest.mark.parametrize(("confidence", "flows"), [(0.95, ["give_back", "advice"]), (0.7, ["give_back"])])
def test_only_a_clear_intent_interrupts_a_slot_that_takes_any_text(confidence: float, flows: list[str]) -> None:
    talk = Talk()
    talk.say("return 1, AB1", "give_back", order="1", proof="AB1")
    talk.say("help me choose a colour", "advice", confidence)
    assert talk.flows == flows


def test_an_open_floor_question_goes_to_the_knowledge_base() -> None:
    talk = Talk()
    talk.say("what does it cost", "ask_cost")
    assert (talk.last.kind, talk.last.query, talk.last.texts) == ("answer", "what does it cost", ())


def test_cancel_ends_all_flows_and_forgets_what_was_collected() -> None:
    talk = Talk()
    talk.say("where is 1", "track", order="1")
    talk.say("which colour", "advice")
    assert talk.say("stop", "stop") == "Dropped."
    assert talk.flows == []
    assert "order" not in talk.slots
    assert talk.say("stop", "stop") == "Nothing to drop."


def test_restart_forgets_everything_but_initial_values() -> None:
    talk = Talk()
    talk.say("where is 1, AB1", "track", order="1", proof="AB1")
    assert talk.say("start over", "start_over") == "From the start."
    assert talk.slots == {"language": "en"}


def test_repeat_says_the_last_message_again_and_keeps_the_question_open() -> None:
    talk = Talk()
    assert talk.say("say again", "again") == "Say it in other words?"
    talk.say("where is it", "track")
    assert talk.say("say again", "again") == "Which order?"
    assert talk.say("1", order="1") == "Which postcode?"


def test_a_person_has_the_word_after_a_handover() -> None:
    talk = Talk()
    talk.say("where is it", "track")
    assert talk.say("a person please", "person") == "A colleague takes over."
    assert talk.last.kind == "handoff"
    assert talk.flows == []


def test_not_understood_explains_then_offers_a_way_out() -> None:
    talk = Talk()
    assert talk.say("which colour", "advice") == "Which colour?"
    assert talk.say("brrr") == "Red and blue are what we have."
    assert talk.say("brrr") == "Shall I fetch a person?"
    assert talk.flows == []
    assert talk.tracker.misunderstood == 0


def test_not_understood_without_an_explanation_asks_again() -> None:
    talk = Talk()
    talk.say("where is it", "track")
    assert talk.say("brrr") == "Say it in other words? Which order?"
    talk.say("1", order="1")
    assert talk.tracker.misunderstood == 0
    assert talk.say("brrr") == "Say it in other words? Which postcode?"


def test_two_close_intents_are_asked_about() -> None:
    talk = Talk()
    said = talk.hear("my parcel", understanding("track", 0.4, rival=0.35))
    assert said == "Which do you mean?"
    assert [(b.title, b.payload) for b in talk.last.buttons] == [
        ("Track an order", "/track"),
        ("Give something back", "/give_back"),
    ]


@pytest.mark.parametrize(
    ("confidence", "rival", "in_scope"), [(0.6, 0.3, 1.0), (0.3, 0.2, 1.0), (0.4, 0.38, 0.2)], ids=str
)
def test_intents_that_are_apart_unlikely_or_out_of_scope_are_not_asked_about(
    confidence: float, rival: float, in_scope: float
) -> None:
    talk = Talk()
    talk.hear("my parcel", understanding("track", confidence, rival=rival, in_scope=in_scope))
    assert talk.last.buttons == ()


def test_a_pattern_whose_intent_answers_the_question_is_the_answer() -> None:
    talk = Talk()
    talk.say("return 1, AB1", "give_back", order="1", proof="AB1")
    talk.say("too big")
    assert talk.say("no, drop it", "stop") == "Kept."


def test_an_unsure_yes_confirms_nothing() -> None:
    talk = Talk()
    talk.say("return 1, AB1", "give_back", order="1", proof="AB1")
    talk.say("too big")
    assert talk.say("hm", "affirm", 0.3) == "Say it in other words? Are you sure?"


def test_a_tool_that_fails_ends_the_flows_politely() -> None:
    talk = Talk()
    assert talk.say("where is it, AB1", "track", order="down", proof="AB1") == "That does not work now."
    assert talk.flows == []
    failed = [e.data for e in talk.events if e.kind == "tool_called"]
    assert failed == [{"tool": "find_order", "ok": False, "code": "KW401"}]


def test_a_pause_ends_the_session() -> None:
    talk = Talk()
    talk.say("where is 1", "track", order="1")
    talk.wait(29)
    assert talk.say("wait", "faq", 0.5) == "Which postcode?"
    talk.wait(31)
    talk.say("AB1", proof="AB1")
    assert talk.last.kind == "answer"
    assert "order" not in talk.slots


def test_slots_can_outlive_the_session() -> None:
    config = "session_expiration_time: 30, carry_over_slots_to_new_session: true"
    talk = Talk(engine(domain=DOMAIN.replace("session_expiration_time: 30", config)))
    talk.say("where is 1", "track", order="1")
    talk.wait(31)
    assert talk.say("where is it", "track") == "Which postcode?"


def test_a_flow_that_turns_in_circles_is_given_up_and_says_so_once() -> None:
    talk = Talk()
    assert talk.start("endless") == "That does not work now."
    assert talk.flows == []


def test_a_changed_kit_gives_up_open_flows_and_reads_the_message_afresh() -> None:
    talk = Talk()
    talk.say("where is it", "track")
    talk.engine = engine(FLOWS.replace("open_order:", "find_it:").replace("call: open_order", "call: find_it"))
    assert talk.say("which colour", "advice") == "Which colour?"
    assert talk.flows == ["advice"]
    talk.engine = engine(FLOWS.replace("{collect: colour}", "{id: other, collect: colour}"))
    talk.say("what is red", "faq")
    assert talk.flows == []
    assert talk.last.kind == "answer"


def test_a_value_that_only_one_flow_wants_starts_it() -> None:
    assert Talk().say("red", colour="red") == "Take Red."
    assert Talk().say("1", order="1") == ""
    assert Talk().say("why red", "faq", colour="red") == ""


def test_a_refused_value_is_asked_again() -> None:
    talk = Talk()
    talk.start("sized")
    assert talk.say("2") == "2 is too small. Which size?"
    assert talk.say("4") == "Size 4."


def test_a_question_that_is_always_asked_is_asked_on_every_round() -> None:
    talk = Talk()
    assert talk.start("twice") == "Which size?"
    assert talk.say("4") == "Which size?"
    assert talk.say("10") == ""
    assert talk.flows == []


GUARDED = """
  balance:
    name: My balance
    description: Looks something up for one person.
    if: context.message matches "\\bmy\\b" and not slots.found
    nlu_trigger: [{intent: ask_cost}]
    steps: [{collect: order}, {action: utter_ok}]
  lost:
    name: Something lost
    description: Is there for what the first is not.
    if: context.message matches "lost"
    nlu_trigger: [{intent: ask_cost}]
    steps: [{action: utter_bye}]
"""


def test_a_flow_starts_only_with_words_that_its_condition_takes() -> None:
    bot = engine(FLOWS.replace("  small_talk:", f"{GUARDED.lstrip(chr(10))}  small_talk:"))
    assert Talk(bot).say("what is my balance", "ask_cost") == "Which order?"
    assert Talk(bot).say("one was lost", "ask_cost") == "A colleague takes over."
    assert Talk(bot).say("/ask_cost", "ask_cost") == "Which order?"
    asking = Talk(bot)
    assert asking.say("what is a balance", "ask_cost") == ""
    assert (asking.last.kind, asking.last.query, asking.flows) == ("answer", "what is a balance", [])


def test_words_that_start_no_flow_are_a_question_in_the_middle_of_another() -> None:
    talk = Talk(engine(FLOWS.replace("  small_talk:", f"{GUARDED.lstrip(chr(10))}  small_talk:")))
    talk.say("where is it", "track")
    assert talk.say("what is a balance", "ask_cost") == "Which order?"
    assert talk.last.query == "what is a balance"
    assert talk.say("and my balance?", "ask_cost") == "Which order?"
    assert talk.flows == ["track", "open_order", "balance"]
