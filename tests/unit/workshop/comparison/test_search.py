"""The coordinate search: it climbs, keeps to its budget, and goes the same way with the same seed."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kitwright.workshop.comparison.prompt_choice import PromptChoice, single_changes
from kitwright.workshop.comparison.search import coordinate_search

START = PromptChoice((("base", "a"), ("style", "a"), ("examples", 0), ("order", "nearest_last")))
OPTIONS = {
    "base": tuple("abc"),
    "style": tuple("ab"),
    "examples": (0, 2, 4),
    "order": ("nearest_last", "nearest_first"),
}
WORTH = {"a": 0, "b": 1, "c": 2, 0: 0, 2: 3, 4: 1, "nearest_last": 0, "nearest_first": 1}


def worth(choice: PromptChoice) -> float:
    return sum(WORTH[value] for _, value in choice.parts)


@given(st.integers(1, 40), st.integers(0, 20))
def test_nothing_is_tried_twice_or_beyond_the_budget(budget: int, seed: int) -> None:
    calls: Counter[PromptChoice] = Counter()

    def score(choice: PromptChoice) -> float:
        calls[choice] += 1
        return worth(choice)

    tried = coordinate_search(START, OPTIONS, score, budget=budget, seed=seed)
    assert set(calls.values()) == {1}
    assert len(tried) <= budget + 1
    assert next(iter(tried)) == START
    assert list(tried) == list(coordinate_search(START, OPTIONS, worth, budget=budget, seed=seed))


@given(st.integers(0, 20))
def test_parts_that_do_not_depend_on_each_other_are_all_found(seed: int) -> None:
    tried = coordinate_search(START, OPTIONS, worth, budget=40, seed=seed)
    best = max(tried, key=lambda choice: tried[choice])
    assert best.name(START) == "base.c+style.b+examples.2+order.nearest_first"


def test_where_nothing_is_better_one_round_is_enough() -> None:
    tried = coordinate_search(START, OPTIONS, lambda choice: -worth(choice), budget=40, seed=0)
    assert set(tried) == {START, *single_changes(START, OPTIONS)}


def test_the_order_of_no_examples_is_no_change() -> None:
    assert [choice.name(START) for choice in single_changes(START, OPTIONS)] == [
        "base.b",
        "base.c",
        "style.b",
        "examples.2",
        "examples.4",
    ]
