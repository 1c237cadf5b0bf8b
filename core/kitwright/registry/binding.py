"""What an adapter was trained with, kept beside its weights; it loads with nothing else."""

from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from kitwright.errors import AdapterMismatch, Fault
from kitwright.files import write_atomically

BINDING_FILE: Final = "binding.json"
_COMPARED: Final = ("base", "base_revision", "chat_format", "prompts", "recipe", "data")


class AdapterBinding(BaseModel):
    """Names and hashes of everything that shaped an adapter.

    Args:
        base: id of the base model.
        base_revision: its commit, or the content hash of its weights.
        chat_format: hash of the chat format.
        prompts: hash of the system prompt's layers.
        recipe: hash of the recipe.
        data: hash of the training records.
        versions: library to version; kept to be read, not compared, since weights outlive libraries.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    base: str
    base_revision: str
    chat_format: str
    prompts: str
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

    def differences(self, other: "AdapterBinding") -> list[str]:
        """One clause for each thing in which `other` is not what this adapter was trained with."""
        pairs = [(name, getattr(self, name), getattr(other, name)) for name in _COMPARED]
        return [f"{name}: trained with {mine}, got {theirs}" for name, mine, theirs in pairs if mine != theirs]

    @classmethod
    def verify(cls, folder: Path, expected: "AdapterBinding") -> None:
        """Refuse an adapter that was trained with something else than `expected`.

        Raises:
            AdapterMismatch: one fault for each difference, or the binding is missing.
        """
        differences = cls.read(folder).differences(expected)
        if differences:
            hint = "train the adapter again, or go back to what it was trained with"
            place = str(folder)
            raise AdapterMismatch(Fault(code="KW304", place=place, problem=found, hint=hint) for found in differences)
