"""The key that tokens are signed with: from `KITWRIGHT_SECRET`, or from a file that is made once, for its owner alone.

Several processes that serve the same conversations need the same key, and so the variable.
"""

import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kitwright.errors import Fault, StoreFailed
from kitwright.files import data_root

VARIABLE: Final = "KITWRIGHT_SECRET"
_LEAST: Final = 32  # characters
_FILE: Final = "server.key"


def server_secret(environment: Mapping[str, str] | None = None) -> str:
    """The key.

    Raises:
        StoreFailed: KW504, it is too short, or its file can be read by others or not at all.
    """
    given = (os.environ if environment is None else environment).get(VARIABLE, "").strip()
    if given:
        return _checked(given, f"${VARIABLE}")
    file = data_root() / _FILE
    try:
        _make(file)
        if stat.S_IMODE(file.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
            raise _failed(str(file), "can be read by others", f"chmod 600 {file}")
        return _checked(file.read_text("ascii").strip(), str(file))
    except (OSError, UnicodeError) as error:
        problem = f"can not be read ({getattr(error, 'strerror', None) or type(error).__name__})"
    raise _failed(str(file), problem, f"mend it, or set ${VARIABLE}")


def _make(file: Path) -> None:
    """Written whole beside its place and linked into it: another process sees all of it or none."""
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as opened:
            opened.write(secrets.token_urlsafe(48) + "\n")
        try:
            os.link(fresh, file)
        except FileExistsError:
            return
    finally:
        fresh.unlink()


def _checked(key: str, place: str) -> str:
    if len(key) < _LEAST:
        raise _failed(place, f"is shorter than {_LEAST} characters", "openssl rand -base64 48 makes one")
    return key


def _failed(place: str, problem: str, hint: str) -> StoreFailed:
    return StoreFailed(Fault(code="KW504", place=place, problem=f"the server's key {problem}", hint=hint))
