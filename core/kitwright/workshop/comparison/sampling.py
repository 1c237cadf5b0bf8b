"""Choosing some of an eval's samples so that every kind of them keeps its share."""

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from kitwright.dataset import AnswerSample

QUICK_SAMPLES: Final = 60


def stratified(samples: Sequence[AnswerSample], count: int, *, seed: int) -> tuple[AnswerSample, ...]:
    """`count` samples, in their order, drawn by kind and difficulty in proportion; at least one of each if it fits.

    The same samples, count and seed give the same choice, whatever the order of the samples.
    """
    if count >= len(samples):
        return tuple(samples)
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sample in sorted(samples, key=lambda each: each.id):
        groups[sample.expect, sample.difficulty].append(sample.id)
    chosen: set[str] = set()
    for group, share in _shares({name: len(ids) for name, ids in groups.items()}, count).items():
        chosen.update(random.Random(f"{seed}/{group}").sample(groups[group], share))
    return tuple(sample for sample in samples if sample.id in chosen)


def _shares(sizes: dict[tuple[str, str], int], count: int) -> dict[tuple[str, str], int]:
    """How many of each group: one of each where that fits, and the next always to the group that lacks most."""
    whole = sum(sizes.values())
    shares = dict.fromkeys(sorted(sizes), int(count >= len(sizes)))
    for _ in range(count - sum(shares.values())):
        open_ = [group for group in shares if shares[group] < sizes[group]]
        shares[max(open_, key=lambda group: count * sizes[group] / whole - shares[group])] += 1
    return shares
