"""A key in the environment, or in a file that is made once and that only its owner may read."""

import os
import secrets
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kitwright.errors import Fault, StoreFailed


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Where a key is, and what is said where it can not be used.

    Args:
        whose: names the key, for messages: "the server's key".
        code: of the error.
        variable: of the environment; what it holds comes before the file.
        make: a fresh key, in ASCII.
    """

    whose: str
    code: str
    variable: str
    make: Callable[[], str]

    def read(self, file: Path, environment: Mapping[str, str] | None = None) -> tuple[str, str]:
        """The key, and the place that it is from.

        Args:
            file: made where it is not there.
            environment: instead of this process's.

        Raises:
            StoreFailed: the file can be read by others, or not at all.
        """
        given = (os.environ if environment is None else environment).get(self.variable, "").strip()
        if given:
            return given, f"${self.variable}"
        try:
            _write_once(file, self.make)
            if stat.S_IMODE(file.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
                raise self.failed(str(file), "can be read by others", f"chmod 600 {file}")
            return file.read_text("ascii").strip(), str(file)
        except (OSError, UnicodeError) as error:
            problem = f"can not be read ({getattr(error, 'strerror', None) or type(error).__name__})"
        raise self.failed(str(file), problem, f"mend it, or set ${self.variable}")

    def failed(self, place: str, problem: str, hint: str) -> StoreFailed:
        """The error for this key."""
        return StoreFailed(Fault(code=self.code, place=place, problem=f"{self.whose} {problem}", hint=hint))


def _write_once(file: Path, make: Callable[[], str]) -> None:
    """Written whole beside its place and linked into it: another process sees all of it or none."""
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as opened:
            opened.write(make() + "\n")
        try:
            os.link(fresh, file)
        except FileExistsError:
            return
    finally:
        fresh.unlink()
