"""A registered adapter: a folder that never changes, and the manifest that would tell if it did."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from kitwright.errors import AdapterMismatch, Fault
from kitwright.files import write_atomically
from kitwright.registry.binding import AdapterBinding

MANIFEST: Final = "manifest.json"
METRICS: Final = "metrics.json"
TRAINING: Final = "training.json"
CARD: Final = "README.md"
_NAME: Final = re.compile(r"(?P<kit>[a-z][a-z0-9_]{0,49})-(?P<number>[1-9][0-9]{0,8})")
_HINT: Final = "restore the folder from where it was copied, or roll back: kitwright adapters rollback"


class Manifest(BaseModel):
    """What was registered.

    Args:
        name: of the version.
        created: when, ISO 8601 in UTC.
        files: file name to BLAKE2b hash; the manifest itself is not among them.
        parent: the version that was promoted then, or None.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    created: str
    files: dict[str, str]
    parent: str | None = None

    def write(self, folder: Path) -> None:
        """Put the manifest into the version's folder, readable for all."""
        write_atomically(folder / MANIFEST, self.model_dump_json(indent=1).encode() + b"\n")
        (folder / MANIFEST).chmod(0o444)


@dataclass(frozen=True, slots=True)
class AdapterVersion:
    """A version in the registry; its files are read when asked for."""

    folder: Path

    @property
    def name(self) -> str:
        """`<kit>-<number>`, also what a server calls it."""
        return self.folder.name

    @property
    def manifest(self) -> Manifest:
        """What was registered.

        Raises:
            AdapterMismatch: the manifest is missing or malformed.
        """
        path = self.folder / MANIFEST
        try:
            return Manifest.model_validate_json(path.read_bytes())
        except OSError:
            problem = "is missing, so nothing tells whether the adapter was changed"
        except ValidationError:
            problem = "is malformed"
        raise AdapterMismatch(_fault(path, problem))

    @property
    def binding(self) -> AdapterBinding:
        """What it was trained with.

        Raises:
            AdapterMismatch: the binding is missing or malformed.
        """
        return AdapterBinding.read(self.folder)

    @property
    def metrics(self) -> dict[str, float]:
        """What was measured on it; nothing where it was not measured.

        Raises:
            AdapterMismatch: the file is malformed.
        """
        return read_metrics(self.folder)

    @property
    def training(self) -> dict[str, Any]:
        """The report of the training run; empty where there is none."""
        try:
            report = json.loads((self.folder / TRAINING).read_bytes())
        except (OSError, ValueError):
            return {}
        return report if isinstance(report, dict) else {}

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def file_faults(self) -> Iterator[Fault]:
        """Every file that was changed, taken away or added since the adapter was registered."""
        try:
            manifest = self.manifest
        except AdapterMismatch as error:
            yield from error.faults
            return
        if manifest.name != self.name:
            yield _fault(self.folder, f"the folder was renamed: registered as {manifest.name}")
        found = file_hashes(self.folder)
        for name in sorted(manifest.files.keys() | found.keys()):
            registered, got = manifest.files.get(name, "nothing"), found.get(name, "nothing")
            if registered != got:
                yield _fault(self.folder / name, f"registered with {registered}, got {got}")


def is_version_name(name: str) -> bool:
    """Whether the registry could have given this name."""
    return _NAME.fullmatch(name) is not None


def version_number(name: str, kit: str) -> int:
    """The number of a version of that kit, 0 for every other name."""
    match = _NAME.fullmatch(name)
    return int(match["number"]) if match and match["kit"] == kit else 0


def file_hashes(folder: Path) -> dict[str, str]:
    """File name, relative to the folder, to BLAKE2b hash of 16 bytes; without the manifest."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    hashes = {path.relative_to(folder).as_posix(): _file_hash(path) for path in files}
    hashes.pop(MANIFEST, None)
    return hashes


def read_metrics(folder: Path) -> dict[str, float]:
    """The figures in an adapter's folder, none where there is no such file.

    Raises:
        AdapterMismatch: the file does not map names to numbers.
    """
    try:
        metrics = json.loads((folder / METRICS).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise AdapterMismatch(_fault(folder / METRICS, "can not be read")) from error
    if not isinstance(metrics, dict) or not all(type(value) in (int, float) for value in metrics.values()):
        raise AdapterMismatch(_fault(folder / METRICS, "does not map names to numbers"))
    return metrics


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _fault(path: Path, problem: str) -> Fault:
    return Fault(code="KW304", place=str(path), problem=problem, hint=_HINT)
