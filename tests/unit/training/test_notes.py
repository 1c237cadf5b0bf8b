"""The notes of training examples: what retrieval finds, and always what the answer rests on."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kitwright.retrieval import Query
from kitwright.training import notes_of
from kitwright.types import FoundPassage, Passage, ScrubbedText
from unit.training.records import PASSAGES, record

LATE = Passage(
    id="late",
    title="Late",
    text="The café stays open. On Friday the doors close at 21:00. Dogs wait outside.",
    source="g",
)
KNOWN = {**PASSAGES, "late": LATE}


class Fixed:
    """Retrieval that finds the same for every question."""

    def __init__(self, *found: FoundPassage) -> None:
        self.found = found
        self.asked: list[list[str]] = []

    def find(self, queries: Sequence[Query]) -> tuple[FoundPassage, ...]:
        self.asked.append([query.text for query in queries])
        return self.found


class Flat:
    """An encoder that gives every text the same vector."""

    id = "flat"

    def encode(self, texts: Sequence[ScrubbedText]) -> npt.NDArray[Any]:
        return np.ones((len(texts), 4), dtype=np.float32) / 2


def notes(retriever: Fixed, *said: str, passages: tuple[str, ...] = ("hours",)) -> tuple[FoundPassage, ...]:
    return notes_of([record(*said, passages=passages)], KNOWN, retriever.find, Flat())["r-1"]


def test_what_was_found_is_shown_where_it_holds_the_answer() -> None:
    found = (FoundPassage(PASSAGES["tickets"], 0.9), FoundPassage(PASSAGES["hours"], 0.8))
    assert notes(Fixed(*found), "When?", "The museum is open from 10:00 to 17:00.") == found


def test_a_source_that_was_not_found_takes_the_place_of_the_last_note() -> None:
    found = (FoundPassage(PASSAGES["tickets"], 0.9), FoundPassage(LATE, 0.5))
    shown = notes(Fixed(*found), "When?", "It is open from 10:00 to 17:00.")
    assert {each.passage.id for each in shown} == {"tickets", "hours"}


def test_a_sentence_that_the_excerpt_lacks_is_put_in() -> None:
    found = FoundPassage(LATE, 0.9, "The café stays open.")
    shown = notes(Fixed(found), "Friday?", "The doors close at 21:00 on Friday.", passages=("late",))
    assert {each.text for each in shown} == {"The café stays open.", "On Friday the doors close at 21:00."}


def test_nothing_is_put_in_for_an_answer_that_restates_nothing() -> None:
    assert notes(Fixed(), "Who painted it?", "I am sorry, I have no information about painters.") == ()


def test_a_follow_up_is_asked_with_what_it_follows() -> None:
    retriever = Fixed()
    notes(retriever, "When?", "From 10:00.", "And Friday?", "Until 21:00.")
    assert retriever.asked == [["And Friday?", "When? From 10:00. And Friday?"]]
