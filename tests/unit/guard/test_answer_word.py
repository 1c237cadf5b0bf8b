"""A yes or no stands only where its sentence carries it."""

import pytest

from kitwright.guard import content_words
from kitwright.guard.answer_word import without_loose_answer


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Do you take PayPal?", "Yes, we take PayPal and cards."),
        ("Can I cancel an order that is packed?", "No, a packed order can't be cancelled."),
        ("is it open on sunday", "It is open on Sundays."),
        ("can i return it", "No problem."),
        ("can i return it", "Yes"),
    ],
)
def test_a_carried_answer_stays(question: str, sentence: str) -> None:
    assert without_loose_answer(sentence, content_words(question)) == sentence


@pytest.mark.parametrize(
    ("question", "sentence", "shown"),
    [
        ("Do parcels come in plastic bags?", "Yes, parcels are packed in paper.", "Parcels are packed in paper."),
        ("Does the student code work on coats?", "Yes, the student code does not work on coats.",
         "The student code does not work on coats."),
        ("Klarna in Vienna?", "Yes, Klarna is available in the UK only.", "Klarna is available in the UK only."),
        ("sealed socks, can they come back", "No, socks can be returned while sealed.",
         "Socks can be returned while sealed."),
        ("do you sell garden chairs", " No — bags are not washed here.", " Bags are not washed here."),
    ],
)  # fmt: skip
def test_a_loose_answer_goes(question: str, sentence: str, shown: str) -> None:
    assert without_loose_answer(sentence, content_words(question)) == shown
