"""What is missed and what is touched, counted."""

import pytest

from kitwright.privacy.tagger import parse_marked
from kitwright.types import Span
from kitwright.workshop.privacy.scores import counted, figures, missed_by_label

SENTENCE = parse_marked("[Jo Day](PERSON) bought [Ted Baker](KEEP) on [3 May](DATE)")


def test_a_missed_name_and_a_touched_brand() -> None:
    found = [Span(14, 23, "PERSON", 0.9), Span(27, 32, "DATE_TIME", 0.9)]
    shares = figures([counted(SENTENCE, found)])
    assert shares["core_entity_miss"] == 1.0
    assert shares["date_and_age_miss"] == 0.0
    assert shares["sentence_leak"] == 1.0
    assert shares["keep_touched"] == 1.0
    assert shares["clean_touched"] is None


@pytest.mark.parametrize(("end", "missed"), [(2, 1.0), (3, 0.0), (6, 0.0)])
def test_half_of_an_entity_covered_is_found(end: int, missed: float) -> None:
    assert figures([counted(SENTENCE, [Span(0, end, "CITY", 0.9)])])["core_entity_miss"] == missed


def test_clean_sentences_with_and_without_dates() -> None:
    clean = parse_marked("the rose dress, size [12](KEEP)")
    shares = figures([counted(clean, [Span(0, 3, "DATE_TIME", 0.9)]), counted(clean, [])])
    assert (shares["clean_touched"], shares["clean_touched_without_dates"]) == (0.5, 0.0)


def test_organisations_and_states_are_not_counted() -> None:
    sentence = parse_marked("[Acme Ltd](ORGANIZATION) in [Ohio](REGION)")
    shares = figures([counted(sentence, [])])
    assert shares["core_entity_miss"] is None
    assert shares["clean_touched"] is None


def test_labels_are_counted_apart() -> None:
    assert missed_by_label([SENTENCE], [[Span(0, 6, "PERSON", 1.0)]]) == {"DATE": (1, 1), "PERSON": (1, 0)}
