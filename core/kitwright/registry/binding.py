"""What an adapter was trained with, kept beside its weights; it is served with nothing else."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from kitwright.errors import AdapterMismatch, Fault
from kitwright.files import write_atomically

BINDING_FILE: Final = "binding.json"
RETRAIN: Final = "train the adapter again, or go back to what it was trained with"
_COMPARED: Final = ("base", "base_revision", "chat_format", "prompts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What an adapter would be served with; None for what is not known there, which is then not compared.

    Args:
        base: id of the base model.
        base_revision: its commit, or the content hash of its weights.
        chat_format: hash of the chat format.
        prompts: hash of the system message and the task template.
    """

    base: str | None = None
    base_revision: str | None = None
    chat_format: str | None = None
    prompts: str | None = None


class AdapterBinding(BaseModel):
    """Names and hashes of everything that shaped an adapter.

    Base, chat format, prompts and rank must be the same wherever the adapter is served. Recipe and data say where it
    comes from: they may move on, since a record added to a kit must not stop a shop's bot.

    Args:
        base: id of the base model.
        base_revision: its commit, or the content hash of its weights.
        chat_format: hash of the chat format.
        prompts: hash of the system message and the task template.
        rank: of the update matrices.
        recipe: hash of the recipe.
        data: hash of the training records.
        versions: library to version; kept to be read, not compared, since weights outlive libraries.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    base: str
    base_revision: str
    chat_format: str
    prompts: str
    rank: int
    recipe: str
    data: str
    versions: dict[str, str] = {}

    @classmethod
    def read(cls, folder: Path) -> "AdapterBinding":
        """The binding in an adapter's folder.

        Raises:
            AdapterMismatch: there is none, or it can not be read.
        """
        path = folder / BINDING_FILE
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError:
            problem = "the adapter does not say what it was trained with"
        except ValidationError:
            problem = "the adapter's binding is malformed"
        raise AdapterMismatch(
            Fault(code="KW304", place=str(path), problem=problem, hint="train the adapter again, or mend `adapter:`")
        )

    def write(self, folder: Path) -> None:
        """Put the binding into an adapter's folder."""
        write_atomically(folder / BINDING_FILE, self.model_dump_json(indent=1).encode() + b"\n")

    def differences(self, found: Conditions) -> list[str]:
        """One clause for each thing in which `found` is known not to be what this adapter was trained with.

        Example:
            >>> trained = {"base": "m", "base_revision": "1", "chat_format": "c", "prompts": "p"}
            >>> binding = AdapterBinding(**trained, rank=8, recipe="r", data="d")
            >>> binding.differences(Conditions(base="m", prompts="q"))
            ['prompts: trained with p, got q']
        """
        pairs = [(name, getattr(self, name), getattr(found, name)) for name in _COMPARED]
        return [f"{name}: trained with {mine}, got {got}" for name, mine, got in pairs if got not in (None, mine)]
