"""Which version of an adapter is in use, and how that came to be: `promoted.json`, whose history only grows."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from kitwright.errors import AdapterMismatch, Fault
from kitwright.files import write_atomically

PROMOTED_FILE: Final = "promoted.json"


class Promotion(BaseModel):
    """One change of the version in use.

    Args:
        name: in use from then on; None is the base model alone.
        when: ISO 8601 in UTC.
        why: in words.
        action: how; a rollback undoes the last promotion that was not undone yet.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str | None
    when: str
    why: str
    action: Literal["promote", "rollback"] = "promote"


class Promotions(BaseModel):
    """The version in use, and the history, oldest first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    current: str | None = None
    history: tuple[Promotion, ...] = ()

    @classmethod
    def read(cls, folder: Path) -> "Promotions":
        """The promotions of a registry; none where there is no file.

        Raises:
            AdapterMismatch: the file can not be read.
        """
        path = folder / PROMOTED_FILE
        try:
            return cls.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return cls()
        except (OSError, ValidationError) as error:
            hint = "restore it from version control, or delete it and promote a version again"
            problem = "does not say which adapter is promoted"
            raise AdapterMismatch(Fault(code="KW304", place=str(path), problem=problem, hint=hint)) from error

    def write(self, folder: Path) -> None:
        """Replace the file of a registry, whole or not at all."""
        write_atomically(folder / PROMOTED_FILE, self.model_dump_json(indent=1).encode() + b"\n")
        (folder / PROMOTED_FILE).chmod(0o644)

    @property
    def previous(self) -> str | None:
        """What was in use before the current version was promoted; rollbacks are not gone back to."""
        standing: list[str | None] = [None]
        for each in self.history:
            if each.action == "promote":
                standing.append(each.name)
            elif len(standing) > 1:
                standing.pop()
        return standing[-2] if len(standing) > 1 else None

    def promoting(self, name: str, why: str) -> "Promotions":
        """These promotions and one more."""
        return self._with(Promotion(name=name, when=_now(), why=why))

    def rolling_back(self) -> "Promotions":
        """These promotions and the return to the previous version."""
        why = f"rolled back from {self.current}"
        return self._with(Promotion(name=self.previous, when=_now(), why=why, action="rollback"))

    def _with(self, change: Promotion) -> "Promotions":
        return Promotions(current=change.name, history=(*self.history, change))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
