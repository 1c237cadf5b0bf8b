"""What each role may do; conversations, search and traces are for all of the staff."""

from collections.abc import Mapping
from typing import Final, Literal

from kitwright.store import Role, StaffMember

Right = Literal["answer", "review", "prepare", "keep_staff"]
RIGHTS: Final[Mapping[Right, frozenset[Role]]] = {
    "answer": frozenset({"agent", "admin"}),
    "review": frozenset({"reviewer", "admin"}),
    "prepare": frozenset({"reviewer", "admin"}),
    "keep_staff": frozenset({"admin"}),
}


def has(member: StaffMember, right: Right) -> bool:
    """Whether a person has a right."""
    return member.role in RIGHTS[right]
