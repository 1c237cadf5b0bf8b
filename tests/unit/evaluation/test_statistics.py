"""Statistics against known values, and what must hold of any scores."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from kitwright.evaluation import adjusted, difference, estimate

SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


def named(values: list[float]) -> dict[str, float | None]:
    return {str(number): value for number, value in enumerate(values)}


def test_nothing_gives_none() -> None:
    assert estimate([]) is None
    assert difference({}, {"a": 1.0}) is None
    assert difference({"a": None}, {"a": 1.0}) is None


def test_the_interval_is_near_the_normal_one() -> None:
    found = estimate([1.0] * 60 + [0.0] * 40)
    assert found is not None
    assert found.value == pytest.approx(0.6)
    assert (found.low, found.high) == pytest.approx((0.504, 0.696), abs=0.02)


def test_all_right_is_not_certainty() -> None:
    found, wrong = estimate([1.0] * 10), estimate([0.0] * 10)
    assert found is not None
    assert wrong is not None
    exact = binomtest(10, 10).proportion_ci(0.95, "exact")
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high))
    assert (wrong.low, wrong.high) == pytest.approx((0.0, 1 - exact.low))


def test_mcnemar_on_right_and_wrong() -> None:
    one = named([1.0] * 9 + [0.0] * 1 + [1.0] * 20)
    other = named([0.0] * 9 + [1.0] * 1 + [1.0] * 20)
    found = difference(one, other)
    assert found is not None
    assert found.value == pytest.approx(8 / 30)
    assert found.p_value == pytest.approx(binomtest(1, 10).pvalue)
    assert found.is_clear


def test_shares_are_tested_by_flipping_signs() -> None:
    clear = difference(named([0.5 + n / 100 for n in range(20)]), named([n / 100 for n in range(20)]))
    none = difference(named([0.5, 0.25] * 10), named([0.25, 0.5] * 10))
    assert clear is not None
    assert none is not None
    assert clear.p_value < 0.001
    assert none.p_value == 1.0
    assert not none.is_clear


def test_only_samples_of_both_count() -> None:
    found = difference({"a": 1.0, "b": None, "c": 0.5}, {"a": 0.0, "b": 1.0, "d": 1.0})
    assert found is not None
    assert (found.count, found.value) == (1, 1.0)


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [([], []), ([0.03], [0.03]), ([0.04, 0.01, 0.03], [0.06, 0.03, 0.06]), ([0.9, 0.8], [1.0, 1.0])],
)
def test_holm(given_: list[float], wanted: list[float]) -> None:
    assert adjusted(given_) == pytest.approx(wanted)


@given(SCORES)
def test_the_mean_lies_in_its_interval_and_a_seed_repeats_it(values: list[float]) -> None:
    found = estimate(values, seed=3)
    assert found == estimate(values, seed=3)
    assert found is not None
    assert found.low - 1e-9 <= found.value <= found.high + 1e-9
    assert found.count == len(values)


@given(SCORES)
def test_a_difference_turned_round_is_its_negative(values: list[float]) -> None:
    others = [1 - value * value for value in values]
    there, back = difference(named(values), named(others)), difference(named(others), named(values))
    assert there is not None
    assert back is not None
    assert there.value == pytest.approx(-back.value)
    assert there.p_value == pytest.approx(back.p_value)
    assert 0 < there.p_value <= 1


@given(SCORES)
def test_nothing_differs_from_itself(values: list[float]) -> None:
    found = difference(named(values), named(values))
    assert found is not None
    assert (found.value, found.p_value) == (0.0, 1.0)


@given(st.lists(st.floats(0, 1), max_size=10))
def test_adjusting_never_makes_a_p_value_smaller(p_values: list[float]) -> None:
    assert all(after >= before - 1e-12 for before, after in zip(p_values, adjusted(p_values), strict=True))
    assert all(after <= 1 for after in adjusted(p_values))
