"""Splits: every record in one, groups never cut, the same whatever the order of the lines."""

import json
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.dataset import Partition, Sample, in_order, partition, shares_of, together
from kitwright.dataset.sample_reading import _sample
from kitwright.errors import FaultsFound, UsageError

SHARES = shares_of(0.8, 0.1, 0.1)
rows = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 8)), min_size=1, max_size=60)


def samples_of(drawn: list[tuple[str, int]]) -> list[Sample]:
    return [
        _sample(json.dumps({"id": f"r{n}", "text": f"text {n}", "label": label, "topic": topic}), "f.jsonl", n, None)
        for n, (label, topic) in enumerate(drawn)
    ]


def split(samples: list[Sample], seed: int = 0) -> Partition:
    ordered = in_order(samples)
    near = [(a, b) for a, b in pairwise(range(len(ordered))) if ordered[a].id.endswith("3")]
    return partition(ordered, together(ordered, near=near, field="topic"), SHARES, seed=seed)


@given(rows)
def test_every_record_is_in_exactly_one_split(drawn: list[tuple[str, int]]) -> None:
    parts = split(samples_of(drawn)).samples
    assert sorted(s.id for part in parts.values() for s in part) == sorted(f"r{n}" for n in range(len(drawn)))


@given(rows)
def test_a_group_is_never_cut(drawn: list[tuple[str, int]]) -> None:
    parts = split(samples_of(drawn)).samples
    topics = [{sample.data["topic"] for sample in part} for part in parts.values()]
    assert sum(map(len, topics)) == len(set().union(*topics))


@given(rows, st.randoms(use_true_random=False), st.integers(0, 3))
def test_the_order_of_lines_does_not_matter(drawn: list[tuple[str, int]], shuffler: random.Random, seed: int) -> None:
    samples = samples_of(drawn)
    shuffled = shuffler.sample(samples, len(samples))
    ids = [
        {name: [s.id for s in part] for name, part in split(some, seed).samples.items()} for some in (samples, shuffled)
    ]
    assert ids[0] == ids[1]


def test_shares_hold_for_each_class_and_another_seed_draws_another_split() -> None:
    samples = samples_of([(label, n) for n, label in enumerate("aaab" * 50)])
    parts = split(samples).samples
    for label, count in (("a", 150), ("b", 50)):
        found = [sum(s.label == label for s in part) / count for part in parts.values()]
        assert found == pytest.approx([0.8, 0.1, 0.1], abs=0.02)
    assert parts["test"] != split(samples, seed=1).samples["test"]


def test_records_of_the_same_passages_stay_together() -> None:
    lines = [{"id": str(n), "prompt": f"q{n}", "completion": "a", "passages": [f"p{n % 4}"]} for n in range(40)]
    ordered = in_order([_sample(json.dumps(line), "f", n, None) for n, line in enumerate(lines)])
    assert len(together(ordered, near=[], field=None)) == 4


def test_shares_must_add_up() -> None:
    with pytest.raises(UsageError, match="add up to 1"):
        shares_of(0.8, 0.1, 0.2)


def test_an_id_used_twice_is_refused() -> None:
    one = samples_of([("a", 1)])
    with pytest.raises(FaultsFound, match="KW107"):
        in_order([*one, *one])


def test_a_field_that_no_record_has_is_refused() -> None:
    with pytest.raises(UsageError, match="--group"):
        together(samples_of([("a", 1)]), near=[], field="nothing")
