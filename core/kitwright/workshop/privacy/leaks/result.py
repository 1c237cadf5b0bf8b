"""The result of a leak test: what went through which door, and what was found where; never a value."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from kitwright.workshop.privacy.leaks.outcome import Outcome

KEPT: Final = 0.8
"""The least share of conversations whose mark must stand in the store; the rest fell to the troubles."""


@dataclass(frozen=True, slots=True)
class Place:
    """Files that are searched, and how many bytes they have together."""

    name: str
    files: tuple[Path, ...]
    size: int

    @classmethod
    def of(cls, name: str, files: Iterable[Path]) -> "Place":
        """A place with these files as they are now."""
        there = tuple(files)
        return cls(name, there, sum(path.stat().st_size for path in there))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """Canaries that were found.

    Args:
        door: where they went in.
        place: where they came out.
        file: its name.
        label: what kind of value.
        form: how it was written there.
        count: how many values.
    """

    door: str
    place: str
    file: str
    label: str
    form: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditResult:
    """What came of an audit.

    Args:
        deleted_but_there: deleted conversations whose id or words were found in the database.
        kept: share of the other conversations that the store was found to hold; None where it was not seen.
        planted: of so many values planted in a file, so many were found: (found, planted).
        requests: that reached the model endpoint; None where it was not seen.
        wordings: values in a wording that were tried, of which `left_out` were not recognised, and not sent.
    """

    bot: str
    outcomes: tuple[Outcome, ...]
    places: tuple[Place, ...]
    leaks: tuple[Leak, ...]
    deleted_but_there: int = 0
    kept: float | None = None
    planted: tuple[int, int]
    requests: int | None = None
    troubles: Counter[str] = field(default_factory=Counter)
    wordings: int
    left_out: int

    @property
    def failures(self) -> tuple[str, ...]:
        """Why the audit does not hold; nothing where it does."""
        found = [
            f"{leak.count} {leak.label} of {leak.door} found in {leak.place} ({leak.file}, {leak.form})"
            for leak in self.leaks
        ]
        if self.deleted_but_there:
            found.append(f"{self.deleted_but_there} deleted conversations left something in the database")
        if self.planted[0] < self.planted[1]:
            found.append(
                f"the search found {self.planted[0]} of {self.planted[1]} planted values, so it proves nothing"
            )
        if self.kept is not None and self.kept < KEPT:
            found.append(
                f"only {self.kept:.0%} of the conversations reached the store, so their silence proves nothing"
            )
        silent = [outcome.door for outcome in self.outcomes if not outcome.hidden]
        found += [f"nothing shows that the values of {door} reached the bot" for door in silent]
        return tuple(found)

    @property
    def ok(self) -> bool:
        """Whether nothing leaked, and the audit could have seen it."""
        return not self.failures

    def leaked(self, door: str, place: str) -> int:
        """Values that went in at a door and were found in a place."""
        return sum(leak.count for leak in self.leaks if (leak.door, leak.place) == (door, place))

    def as_dict(self) -> dict[str, object]:
        """The result for `--json`."""
        return {
            "bot": self.bot,
            "ok": self.ok,
            "failures": list(self.failures),
            "doors": [outcome.as_dict() for outcome in self.outcomes],
            "places": {place.name: {"files": len(place.files), "bytes": place.size} for place in self.places},
            "leaks": [asdict(leak) for leak in self.leaks],
            "deleted_but_there": self.deleted_but_there,
            "kept": self.kept,
            "planted": {"found": self.planted[0], "of": self.planted[1]},
            "requests": self.requests,
            "troubles": dict(sorted(self.troubles.items())),
            "wordings": {"tried": self.wordings, "not_recognised": self.left_out},
        }
