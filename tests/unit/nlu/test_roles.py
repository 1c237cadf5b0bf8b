"""Roles: what the words before and between values say of them."""

from kitwright.nlu.roles import with_roles
from kitwright.types import Entity


def roles(text: str, *values: str) -> list[str | None]:
    at = [text.index(value) for value in values]
    found = [Entity(f"kind {n}", value, at[n], at[n] + len(value)) for n, value in enumerate(values)]
    return [entity.role for entity in with_roles(text, found)]


def test_the_words_before_a_value_give_its_role() -> None:
    assert roles("the old postcode is BD9 4JR and the new one BD1 2QQ", "BD9 4JR", "BD1 2QQ") == ["from", "to"]
    assert roles("swap it for a size L please", "L") == ["to"]
    assert roles("change the address of 1012 to <STREET>, CR2 7AB", "1012", "<STREET>", "CR2 7AB") == [None, "to", "to"]
    assert roles("where is 1043, BS6 5QA", "1043", "BS6 5QA") == [None, None]


def test_a_role_that_is_known_stays() -> None:
    known = Entity("size", "M", 3, 4, "from")
    assert with_roles("to M", [known]) == (known,)
