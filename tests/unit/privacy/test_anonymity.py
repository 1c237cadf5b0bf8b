"""k-anonymity: groups by all that people tell, what makes a small group larger, and who tells nothing."""

from kitwright.privacy import Quasi, anonymity

NURSE, LEITH, FORTY = Quasi("occupation", "nurse"), Quasi("place", "leith"), Quasi("age", "40-49")


def people(*groups: tuple[int, tuple[Quasi, ...]]) -> dict[str, tuple[Quasi, ...]]:
    return {f"{number}-{person}": told for number, (size, told) in enumerate(groups) for person in range(size)}


def test_people_who_tell_nothing_are_in_no_group() -> None:
    found = anonymity(people((5, ())), k=11)
    assert (found.ok, found.people, found.telling, found.groups, found.exposed) == (True, 5, 0, 0, frozenset())


def test_groups_are_of_all_that_is_told_together() -> None:
    found = anonymity(people((3, (NURSE, LEITH)), (3, (LEITH,)), (2, (LEITH, NURSE))), k=4)
    (small,) = found.small
    assert (small.people, found.groups, found.telling) == (("1-0", "1-1", "1-2"), 2, 8)
    assert dict(found.kinds) == {"occupation": 5, "place": 8}
    assert found.line() == "3 of 8 people stand in groups smaller than 4"


def test_the_advice_is_the_one_thing_that_helps() -> None:
    found = anonymity(people((11, (NURSE,)), (1, (NURSE, LEITH)), (1, (NURSE, FORTY, LEITH)), (1, (FORTY,))), k=11)
    advice = {small.people[0]: small.advice.partition(":")[0] for small in found.small}
    assert advice == {"1-0": "place", "2-0": "several kinds", "3-0": "age"}
    assert [len(small.quasi) for small in found.small] == [3, 2, 1]


def test_without_small_groups_nothing_else_becomes_small() -> None:
    told = people((2, (NURSE,)), (3, (LEITH,)), (4, (NURSE, LEITH)), (9, ()))
    found = anonymity(told, k=3)
    rest = {person: quasi for person, quasi in told.items() if person not in found.exposed}
    assert len(rest) == 16
    assert anonymity(rest, k=3).ok
    assert anonymity(rest, k=3).line() == "no group of people who tell the same of themselves is smaller than 3"
