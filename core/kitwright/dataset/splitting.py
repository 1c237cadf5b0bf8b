"""Splitting a dataset: into train, validation and test, so that records which belong together stay together.

Records are put in an order of their own before anything is drawn, so the result depends on the records, the
shares and the seed, and not on the order of lines or files.
"""

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kitwright.dataset.sample import Sample
from kitwright.errors import Fault, FaultsFound, UsageError

SPLITS: Final = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class Partition:
    """Records by split, each in the order of their ids.

    Args:
        samples: split to records.
        groups: how many sets of records had to stay together, single ones included.
    """

    samples: Mapping[str, tuple[Sample, ...]]
    groups: int


def shares_of(train: float, validation: float, test: float) -> dict[str, float]:
    """The shares by split.

    Raises:
        UsageError: one lies outside 0 to 1, or they do not add up to 1.
    """
    shares = dict(zip(SPLITS, (train, validation, test), strict=True))
    if any(not 0 <= share <= 1 for share in shares.values()) or not math.isclose(sum(shares.values()), 1, abs_tol=1e-6):
        value = ", ".join(f"--{name} {share:g}" for name, share in shares.items())
        problem = "the shares must lie between 0 and 1 and add up to 1"
        raise UsageError(Fault(code="KW002", place="--train --validation --test", problem=problem, value=value))
    return shares


def in_order(samples: Iterable[Sample]) -> tuple[Sample, ...]:
    """Records by id, those without one by what they hold.

    Raises:
        FaultsFound: KW107 for each id that two records have.
    """
    by_key: dict[str, Sample] = {}
    faults = []
    for sample in samples:
        key = _key(sample)
        if key in by_key and "id" in sample.data:
            problem = f"id is already used at {by_key[key].place}"
            faults.append(Fault(code="KW107", place=f"{sample.place} id", problem=problem, value=sample.id))
        elif key in by_key:
            key = f"{key} {sample.place}"  # the same line twice: they go where the first goes
        by_key[key] = sample
    if faults:
        raise FaultsFound(faults)
    return tuple(by_key[key] for key in sorted(by_key))


def together(samples: Sequence[Sample], *, near: Iterable[tuple[int, int]], field: str | None) -> list[list[int]]:
    """Rows that must stay in one split: connected components.

    Args:
        samples: the records.
        near: rows of near-duplicates.
        field: records with the same value of this field belong together; without one, those with the same passages.

    Raises:
        UsageError: no record has the field.
    """
    if field is not None and not any(field in sample.data for sample in samples):
        choices = tuple(sorted({key for sample in samples for key in sample.data}))
        raise UsageError(Fault(code="KW001", place="--group", problem="no record has it", value=field, choices=choices))
    parents = list(range(len(samples)))

    def root(row: int) -> int:
        while parents[row] != row:
            parents[row] = parents[parents[row]]
            row = parents[row]
        return row

    by_bond: dict[str, int] = {}
    for row, sample in enumerate(samples):
        for bond in _bonds(sample, field):
            parents[root(row)] = root(by_bond.setdefault(bond, row))
    for first, second in near:
        parents[root(first)] = root(second)
    groups: dict[int, list[int]] = defaultdict(list)
    for row in range(len(samples)):
        groups[root(row)].append(row)
    return list(groups.values())


def partition(
    samples: Sequence[Sample], groups: Sequence[Sequence[int]], shares: Mapping[str, float], *, seed: int
) -> Partition:
    """Give each group to the split that lacks most of it: of its classes first, then of records.

    Args:
        samples: records as `in_order` gives them.
        groups: rows that stay together.
        shares: split to its share of the records.
        seed: another one draws another partition.
    """
    classes = [sample.group or "" for sample in samples]
    wanted = {name: {kind: count * share for kind, count in Counter(classes).items()} for name, share in shares.items()}
    given: dict[str, Counter[str]] = {name: Counter() for name in shares}
    rows: dict[str, list[int]] = {name: [] for name in shares}

    def draw(group: Sequence[int]) -> tuple[int, bytes]:
        first = min(_key(samples[row]) for row in group)
        return -len(group), hashlib.blake2b(f"{seed} {first}".encode("utf-8", "surrogatepass")).digest()

    for group in sorted(groups, key=draw):
        kinds = Counter(classes[row] for row in group)
        best = max(
            (name for name in shares if shares[name]), key=lambda name: _need(name, kinds, shares, wanted, given)
        )
        rows[best] += group
        given[best] += kinds
    return Partition(
        {name: tuple(samples[row] for row in sorted(chosen)) for name, chosen in rows.items()}, len(groups)
    )


def _need(
    name: str,
    kinds: Counter[str],
    shares: Mapping[str, float],
    wanted: Mapping[str, Mapping[str, float]],
    given: Mapping[str, Counter[str]],
) -> tuple[float, float]:
    """How much of its due a split still lacks: of these classes, and of all records; 1 is everything."""
    due = sum(wanted[name][kind] for kind in kinds)
    lacking = sum((wanted[name][kind] - given[name][kind]) for kind in kinds) / due
    whole = sum(wanted[name].values())
    size = sum(kinds.values())
    # A group larger than what the split lacks in all would overfill it.
    overflow = max(0.0, given[name].total() + size - whole) / whole
    return (lacking - overflow * 2, shares[name] - given[name].total() / max(whole / shares[name], 1))


def _bonds(sample: Sample, field: str | None) -> list[str]:
    if field is not None:
        return [f"field {sample.data[field]!r}"] if field in sample.data else []
    same = [f"raw {sample.raw}"]
    return [*same, f"passages {sorted(set(sample.passages))!r}"] if sample.passages else same


def _key(sample: Sample) -> str:
    return f"id {sample.id}" if "id" in sample.data else f"raw {sample.raw}"
