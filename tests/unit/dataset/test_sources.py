"""Which sentences an answer restates, the questions that passages answered, and exchanges to show."""

from kitwright.dataset import ChatMessage, SftRecord, asked_questions, exchanges, sources_of
from kitwright.types import AskedQuestion, FoundPassage, Passage, ScrubbedText

HOURS = Passage(
    id="hours",
    title="Hours",
    text="The museum opens at 10:00. It closes at 17:00 in winter. Dogs wait outside.",
    source="g",
)
TICKETS = Passage(id="tickets", title="Tickets", text="A ticket costs £8. Children pay nothing.", source="g")
KNOWN = {"hours": HOURS, "tickets": TICKETS}


def record(question: str, answer: str, *passages: str, id_: str = "r-1") -> SftRecord:
    said = (ChatMessage(role="user", content=question), ChatMessage(role="assistant", content=answer))
    return SftRecord(id=id_, messages=said, passages=passages)


def test_each_sentence_of_an_answer_has_its_source() -> None:
    answer = "Yes, children pay nothing. The museum closes at 17:00 in winter."
    assert sources_of(record("kids free? till when", answer, "hours", "tickets"), KNOWN) == (
        ("tickets", "Children pay nothing."),
        ("hours", "It closes at 17:00 in winter."),
    )


def test_a_source_is_named_once_and_only_of_the_record_s_own_passages() -> None:
    twice = record("price?", "A ticket costs £8. Yes, a ticket costs £8.", "tickets", "gone")
    assert sources_of(twice, KNOWN) == (("tickets", "A ticket costs £8."),)
    assert sources_of(record("price?", "A ticket costs £8.", "hours"), KNOWN) == ()


def test_only_questions_that_a_passage_answered_are_asked_questions() -> None:
    records = [
        record("how much", "A ticket costs £8.", "tickets"),
        record("who painted it", "I don't have information about painters.", "hours", id_="r-2"),
    ]
    assert asked_questions(records, KNOWN) == (
        AskedQuestion(ScrubbedText("how much"), (("tickets", "A ticket costs £8."),)),
    )


def test_an_exchange_stands_alone_and_brings_what_it_rests_on() -> None:
    alone = record("how much", "A ticket costs £8.", "tickets").model_copy(update={"facts": {"sold_out": False}})
    follow_up = SftRecord(id="r-2", messages=(*alone.messages, *alone.messages), passages=("tickets",))
    (exchange,) = exchanges([alone, follow_up], KNOWN)
    assert (exchange.question, exchange.answer) == ("how much", "A ticket costs £8.")
    assert exchange.passages == (FoundPassage(TICKETS, 1.0, "A ticket costs £8."),)
    assert exchange.facts == ("sold out: no",)
