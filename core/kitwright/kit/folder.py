"""A kit's folder while it is being read: files by their names in kit.yaml, and the faults found so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from kitwright.errors import Fault
from kitwright.files import Faults, YamlDocument, closest, content_hash, read_yaml

MAX_PATH: Final = 200


@dataclass(slots=True)
class KitFolder:
    """A folder with a collector of faults; `shown` is how faults name the folder."""

    root: Path
    shown: str
    faults: Faults = field(default_factory=Faults)

    def path(self, name: str, place: str) -> Path | None:
        """The file or folder `name` of the kit, or None, with a fault, if it would lie elsewhere."""
        pure = PurePosixPath(name)
        is_plain = 0 < len(name) <= MAX_PATH and "\0" not in name and "\\" not in name
        if is_plain and not pure.is_absolute() and ".." not in pure.parts:
            return self.root / name
        self.wrong("KW106", place, "must be a path inside the kit's folder", name)
        return None

    def yaml(self, name: str, place: str) -> YamlDocument | None:
        """A YAML file of the kit, or None, with faults, if it can not be read."""
        path = self.path(name, place)
        if path is not None:
            with self.faults.collecting():
                return read_yaml(path, self.show(name))
        return None

    def show(self, name: str) -> str:
        """A file of the kit as faults name it."""
        return f"{self.shown}/{name}"

    def wrong(self, code: str, place: str, problem: str, value: str | None = None, hint: str | None = None) -> None:
        """Note a fault."""
        self.faults.add(Fault(code=code, place=place, problem=problem, value=value, hint=hint))

    def missing(self, kind: str, name: str, known: Iterable[str], place: str) -> None:
        """Note a reference, at `place`, to a `kind` of thing that is not there, unless it is."""
        choices = tuple(sorted(known))
        if name not in choices:
            problem, hint = f"no such {kind}", closest(name, choices)
            self.faults.add(Fault(code="KW108", place=place, problem=problem, value=name, choices=choices, hint=hint))

    def hash(self) -> str:
        """Hash of every file, without what Python and editors leave behind."""
        files = {path.relative_to(self.root).as_posix(): path for path in self.root.rglob("*") if path.is_file()}
        parts: list[str | bytes] = []
        for name in sorted(files):
            if not any(part.startswith((".", "__pycache__")) for part in PurePosixPath(name).parts):
                parts += [name, self._bytes(name)]
        return content_hash(*parts)

    def _bytes(self, name: str) -> bytes:
        try:
            return (self.root / name).read_bytes()
        except OSError as error:
            problem = f"can not be opened ({error.strerror or type(error).__name__})"
            self.wrong("KW101", self.show(name), problem, hint="mend its permissions")
            return b""
