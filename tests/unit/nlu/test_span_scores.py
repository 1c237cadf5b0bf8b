"""Counting what is found against what is annotated."""

from kitwright.nlu.span_scores import SpanScore, span_scores
from kitwright.types import Entity


def test_an_overlap_with_the_same_value_is_right() -> None:
    annotated = [Entity("size", "5-6", 4, 7), Entity("colour", "navy", 10, 14)]
    found = [Entity("size", "5-6", 0, 7), Entity("colour", "grey", 10, 14), Entity("fabric", "wool", 20, 24)]
    scores = span_scores([(annotated, found)])
    assert scores["size"] == SpanScore(right=1)
    assert scores["colour"] == SpanScore(extra=1, missed=1)
    assert scores["fabric"] == SpanScore(extra=1)


def test_what_is_found_twice_is_right_once() -> None:
    one = Entity("size", "M", 0, 1)
    assert span_scores([([one], [one, one])])["size"] == SpanScore(right=1, extra=1)


def test_figures() -> None:
    score = SpanScore(right=3, extra=1, missed=2)
    assert (score.precision, score.recall, score.f1) == (0.75, 0.6, 6 / 9)
    assert (SpanScore().precision, SpanScore().recall, SpanScore().f1) == (0.0, 0.0, 0.0)
