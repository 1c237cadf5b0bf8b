"""k-anonymity: how many people of a dataset share what each tells of themselves, and what to do about small groups.

People whose quasi-identifiers are the same, over all that they said, form a group. Whoever tells nothing is in no
group, since nothing can be matched.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kitwright.privacy.quasi import GENERALISE, Quasi

K: Final = 11
"""People that a group has at least: the usual threshold for releasing health data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallGroup:
    """People who share what they tell, and are too few.

    Args:
        quasi: what they tell.
        people: who they are, by id.
        advice: what to generalise or leave out.
    """

    quasi: tuple[Quasi, ...]
    people: tuple[str, ...]
    advice: str

    def as_dict(self) -> dict[str, object]:
        """The group for `--json`."""
        quasi: dict[str, list[str]] = defaultdict(list)
        for each in self.quasi:
            quasi[each.kind].append(each.value)
        return {"quasi_identifiers": dict(quasi), "people": list(self.people), "advice": self.advice}


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymity:
    """How anonymous a dataset is.

    Args:
        k: the least size of a group.
        people: how many there are.
        telling: how many of them tell something of themselves.
        groups: of people who tell the same.
        small: those with fewer than k people, the smallest first.
        kinds: kind of quasi-identifier to how many people tell it.
    """

    k: int
    people: int
    telling: int
    groups: int
    small: tuple[SmallGroup, ...]
    kinds: Mapping[str, int]

    @property
    def ok(self) -> bool:
        """Whether no group is too small."""
        return not self.small

    @property
    def exposed(self) -> frozenset[str]:
        """The ids of the people in small groups."""
        return frozenset(person for group in self.small for person in group.people)

    def line(self) -> str:
        """The whole of it in one line."""
        if self.ok:
            return f"no group of people who tell the same of themselves is smaller than {self.k}"
        return f"{len(self.exposed)} of {self.people} people stand in groups smaller than {self.k}"

    def as_dict(self) -> dict[str, object]:
        """The report for `--json`."""
        return {
            "k": self.k,
            "ok": self.ok,
            "people": self.people,
            "telling": self.telling,
            "groups": self.groups,
            "exposed": len(self.exposed),
            "kinds": dict(self.kinds),
            "small": [group.as_dict() for group in self.small],
        }


def anonymity(people: Mapping[str, Iterable[Quasi]], *, k: int = K) -> Anonymity:
    """Groups of people by what they tell.

    Args:
        people: id to quasi-identifiers, over everything that the person said.
        k: the least size of a group.
    """
    groups: dict[frozenset[Quasi], list[str]] = defaultdict(list)
    for person, told in people.items():
        groups[frozenset(told)].append(person)
    groups.pop(frozenset(), None)
    sizes = {told: len(members) for told, members in groups.items()}
    small = [
        SmallGroup(quasi=tuple(sorted(told)), people=tuple(members), advice=_advice(told, sizes, k))
        for told, members in groups.items()
        if len(members) < k
    ]
    kinds = Counter(kind for told, members in groups.items() for kind in {q.kind for q in told} for _ in members)
    return Anonymity(
        k=k,
        people=len(people),
        telling=sum(sizes.values()),
        groups=len(groups),
        small=tuple(sorted(small, key=lambda group: (len(group.people), -len(group.quasi), group.people))),
        kinds=dict(sorted(kinds.items())),
    )


def _advice(told: frozenset[Quasi], sizes: Mapping[frozenset[Quasi], int], k: int) -> str:
    """The one kind without which the group is large enough, or tells nothing; else the record is better left out."""
    for kind in sorted({quasi.kind for quasi in told}):
        rest = frozenset(quasi for quasi in told if quasi.kind != kind)
        if not rest or sizes[told] + sizes.get(rest, 0) >= k:
            return f"{kind}: {GENERALISE[kind]}"
    return "several kinds: leave the record out, or generalise more than one"
