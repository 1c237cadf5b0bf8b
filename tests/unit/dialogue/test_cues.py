"""Words beside a question decide: yes and no, what somebody has not got, another wish instead, the last flow again."""

import pytest

from kitwright.dialogue.cues import asks, lacks, replaces, yes_or_no
from unit.dialogue.small_bot import Talk


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes please cancel it", True),
        ("ok then yes, do", True),
        ("Sure.", True),
        ("yes no wait", None),
        ("yes... actually don't", None),
        ("no, keep it", False),
        ("sorry, no", False),
        ("don't", False),
        ("not sure", None),
        ("dunno", None),
        ("I don't know", None),
        ("order 1043", None),
        ("know what, 1043", None),
    ],
)
def test_first_words_answer_for_yes_or_no(text: str, answer: bool | None) -> None:
    assert yes_or_no(text) is answer


def test_cues_tell_questions_lacks_and_replacements() -> None:
    assert [asks(text) for text in ("how do i send it back then", "and is it free", "1043", "it broke?")] == [
        True,
        True,
        False,
        True,
    ]
    assert [lacks(text) for text in ("I havent got it", "no idea", "cant find it sorry", "I like it")] == [
        True,
        True,
        True,
        False,
    ]
    assert not lacks("I don't know the lady next door, but she says that she has not seen any parcel of mine")
    assert [replaces(text) for text in ("actually just track it", "and track it")] == [True, False]


def returning() -> Talk:
    talk = Talk()
    talk.say("send it back", "give_back", order="1", proof="ab1")
    assert talk.say("too wide") == "Are you sure?"
    return talk


def test_a_yes_that_looks_like_the_request_is_a_yes() -> None:
    assert returning().say("yes please send it back", "give_back") == "1 comes back, since: too wide."


def test_not_sure_is_neither_yes_nor_no() -> None:
    talk = returning()
    assert "Are you sure?" in talk.say("not sure", "deny")
    assert talk.say("ok yes", "affirm") == "1 comes back, since: too wide."


def test_another_wish_instead_does_not_come_back_to_the_first() -> None:
    talk = returning()
    assert talk.say("no, I'd rather track it", "track") == "Order 1: parcel 1."
    assert talk.flows == []


def test_who_has_not_got_it_is_told_what_is_needed_and_then_offered_a_person() -> None:
    talk = Talk()
    talk.say("where is it", "track")
    assert talk.say("I havent got it", "greet") == "Say it in other words? Which order?"
    assert talk.say("no idea", "greet") == "Shall I fetch a person?"


def test_i_do_not_know_is_no_text_for_a_slot() -> None:
    talk = Talk()
    talk.say("send it back", "give_back", order="1", proof="ab1")
    talk.say("dunno")
    assert "reason" not in talk.slots


def test_the_last_flow_takes_another_value() -> None:
    talk = Talk()
    assert talk.say("track 1", "track", order="1", proof="ab1") == "Order 1: parcel 1."
    assert talk.say("no, I meant 2", "deny", order="2") == "Order 2: parcel 2."
    assert talk.say("and for 3?", "faq", order="3") == "Order 3: parcel 3."
    assert talk.say("is a 3 the same as a 1 where you are?", "faq", order="1") == ""
    assert talk.say("thanks", "greet") == "Hello."


def test_the_last_flow_asks_for_a_yes_anew() -> None:
    talk = returning()
    talk.say("yes", "affirm")
    assert talk.say("and order 2", "deny", order="2") == "Why?"
