"""A collector of faults, so that a person sees all of them at once instead of one per run."""

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from kitwright.errors import Fault, FaultsFound


class Faults:
    """Faults found so far.

    Example:
        >>> faults = Faults()
        >>> faults.add(Fault(code="KW101", place="kit.yaml", problem="no such file"))
        >>> len(faults.found)
        1
    """

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Keep a fault; the same place with the same problem counts once."""
        if all((fault.place, fault.problem) != (known.place, known.problem) for known in self.found):
            self.found.append(fault)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Keep the faults of a `FaultsFound` raised inside, and go on after the block."""
        try:
            yield
        except FaultsFound as error:
            for fault in error.faults:
                self.add(fault)

    def raise_if_any(self) -> None:
        """End the collection.

        Raises:
            FaultsFound: there was at least one fault.
        """
        if self.found:
            raise FaultsFound(self.found)


def closest(name: str, choices: Iterable[str]) -> str | None:
    """`did you mean …` for a name that is nearly one of `choices`, else None."""
    near = difflib.get_close_matches(name[:100], list(choices), n=1)
    return f"did you mean {near[0]!r}" if near else None
