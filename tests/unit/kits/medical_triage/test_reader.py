"""What is read of a message: denials, suppositions, whose it is, when it was, and values."""

import pytest

from medical_triage.assessment import assessor
from medical_triage.case.case import Case


def read(text: str) -> Case:
    return assessor().read(text)


def state(text: str, finding: str) -> str:
    known = read(text).evidence.get(finding)
    return f"{known.state} {known.when}" if known else "nothing"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("I've got chest pain", "chest_pain"),
        ("my cheast hurts", "chest_pain"),
        ("chestpain since noon", "chest_pain"),
        ("I can't breathe", "breathlessness"),
        ("the chest pain is not getting any better", "chest_pain"),
        ("he can't walk without chest pain", "chest_pain"),
        ("not only a fever but a stiff neck too", "fever"),
        ("I don't know why my chest hurts", "chest_pain"),
        ("the headache won't go away", "headache"),
        ("no fever but my head is pounding", "headache"),
        ("I'm worried about my chest pain", "chest_pain"),
        ("feels as if my chest hurts", "chest_pain"),
        ("a 2-day history of chest pain", "chest_pain"),
        ("I have a cough and my mum has asthma", "cough"),
        ("just tell me if im dying my heart is racing", "palpitations"),
    ],
)
def test_what_is_said_is_there(text: str, finding: str) -> None:
    assert state(text, finding).startswith("present")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("I don't have chest pain", "chest_pain"),
        ("no chest pain, just a runny nose", "chest_pain"),
        ("denies fever, cough, chest pain and headache", "headache"),
        ("no fever, cough or headache", "headache"),
        ("there is no fever and no headache", "headache"),
        ("headache: none", "headache"),
        ("I'm not short of breath", "breathlessness"),
        ("never had chest pain", "chest_pain"),
        ("chest pain was ruled out", "chest_pain"),
        ("without any fever", "fever"),
        ("fever: no, just tired", "fever"),
    ],
)
def test_what_is_denied_is_absent(text: str, finding: str) -> None:
    assert state(text, finding).startswith("absent")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("what if I get chest pain tonight", "chest_pain"),
        ("should I worry if I get a fever", "fever"),
        ("what are the symptoms of a stroke like face droop", "face_droop"),
        ("I had chest pain ten years ago", "chest_pain"),
        ("my dad has chest pain a lot, I have a sore toe", "chest_pain"),
        ("A 40-year-old man with a sore toe. His brother has chest pain.", "chest_pain"),
        ("the chest of drawers fell", "chest_pain"),
        ("pulse 72, abdomen soft", "irregular_pulse"),
    ],
)
def test_what_is_nobodys_now_is_not_read(text: str, finding: str) -> None:
    assert state(text, finding) == "nothing"


def test_what_is_over_is_read_as_over() -> None:
    assert state("my chest pain lasted 20 minutes and has gone", "chest_pain") == "present resolved"


def test_values_count_beside_their_finding_only() -> None:
    assert state("crushing chest pain", "chest_pain/crushing") == "present now"
    assert state("a crushing defeat for our team", "chest_pain/crushing") == "nothing"


def test_a_length_of_time_gives_the_value_it_means() -> None:
    assert state("I have had this cough for 10 weeks", "cough/over_eight_weeks") == "present now"


@pytest.mark.parametrize(
    ("text", "who", "years", "sex"),
    [
        ("my 3 year old son has a fever", "son", 3, "male"),
        ("Mum (80) has a cough", "mum", 80, "female"),
        ("I'm a 34 year old woman with a headache", "self", 34, "female"),
        ("A 61-year-old man presents with chest pain. He smokes.", "self", 61, "male"),
        ("headache, 29f", "self", 29, "female"),
        ("I'm 20 weeks pregnant with a headache", "self", None, "female"),
        ("headache", "self", None, None),
    ],
)
def test_the_person_is_read(text: str, who: str, years: float | None, sex: str | None) -> None:
    case = read(text)
    assert (case.who, case.sex) == (who, sex)
    assert case.age == (None if years is None else pytest.approx(years, rel=0.02))


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "🙂🙂", "a" * 20_000, "ok", "привет как дела", "<script>alert(1)</script>"]
)
def test_strange_messages_are_read_as_nothing(text: str) -> None:
    assert read(text).evidence == {}
