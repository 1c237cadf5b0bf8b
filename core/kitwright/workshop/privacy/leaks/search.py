"""The search for canaries in bytes: as they are, and as programs write them down.

All forms of all canaries are looked for at once: the first eight bytes of each form are hashed into a table, every
place of the data is looked up in it, and the few that hit are compared in full.
"""

import base64
import html
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from kitwright.workshop.privacy.leaks.canary import SHORTEST, Canary

if TYPE_CHECKING:
    import numpy.typing as npt

_HEAD: Final = 8  # bytes
_CHUNK: Final = 8 << 20  # bytes
_BITS: Final = 22
_MIX: Final = 0x9E3779B97F4A7C15
_SQLITE: Final = b"SQLite format 3\0"


class Hit(NamedTuple):
    """A canary that was found, and how it was written."""

    canary: Canary
    form: str


def forms(text: str) -> dict[bytes, str]:
    """The bytes that a text becomes, each with the name of what makes it so."""
    found: dict[bytes, str] = {}
    for name, written in _written(text):
        if len(written) >= _HEAD:
            found.setdefault(written, name)
    return found


def _written(text: str) -> Iterator[tuple[str, bytes]]:
    for name, said in (("raw", text), ("lower case", text.lower()), ("upper case", text.upper())):
        yield name, said.encode()
        yield "JSON", json.dumps(said)[1:-1].encode()
    yield "HTML", html.escape(text).encode()
    for safe in ("", "/@"):
        escaped = quote(text, safe=safe)
        yield "URL", escaped.encode()
        yield "URL", escaped.replace("%20", "+").encode()
    yield "UTF-16", text.encode("utf-16-le")
    yield "UTF-16", text.encode("utf-16-be")
    raw = text.encode()
    for shift, start in ((0, 0), (1, 2), (2, 3)):  # how the bytes can lie in groups of three
        coded = base64.b64encode(bytes(shift) + raw).rstrip(b"=")[start : (shift + len(raw)) * 8 // 6]
        yield "base64", coded
        yield "base64", coded.translate(bytes.maketrans(b"+/", b"-_"))


class Needles:
    """What is looked for: every form of every part of the canaries."""

    def __init__(self, canaries: Iterable[Canary]) -> None:
        import numpy as np

        self._by_head: dict[bytes, list[tuple[bytes, Hit]]] = defaultdict(list)
        for canary in canaries:
            for part in canary.parts:
                if len(part) < SHORTEST:
                    raise ValueError("a canary is too short to be told from chance")
                for written, name in forms(part).items():
                    self._by_head[written[:_HEAD]].append((written, Hit(canary, name)))
        self.longest = max((len(w) for found in self._by_head.values() for w, _ in found), default=_HEAD)
        self._table = np.zeros(1 << _BITS, dtype=bool)
        heads = np.frombuffer(b"".join(self._by_head), dtype="<u8")
        self._table[_hashed(heads)] = True

    def in_bytes(self, data: bytes) -> set[Hit]:
        """The canaries in some bytes."""
        import numpy as np

        found: set[Hit] = set()
        for offset in range(_HEAD):
            count = (len(data) - offset) // _HEAD
            if count <= 0:
                break
            heads = np.frombuffer(data, dtype="<u8", offset=offset, count=count)
            for place in np.flatnonzero(self._table[_hashed(heads)]):
                at = offset + int(place) * _HEAD
                candidates = self._by_head.get(data[at : at + _HEAD], ())
                found.update(hit for written, hit in candidates if data.startswith(written, at))
        return found

    def in_file(self, path: Path) -> set[Hit]:
        """The canaries in a file; of a database also in its rows, since a long value may lie on two pages."""
        found: set[Hit] = set()
        is_database = False
        with path.open("rb") as file:
            tail = b""
            while chunk := file.read(_CHUNK):
                is_database = is_database or (not tail and chunk.startswith(_SQLITE))
                found |= self.in_bytes(tail + chunk)
                tail = chunk[-self.longest :]
        return found | self.in_bytes(_rows(path)) if is_database else found


def _hashed(heads: "npt.NDArray[Any]") -> "npt.NDArray[Any]":
    import numpy as np

    return (heads.astype(np.uint64) * np.uint64(_MIX)) >> np.uint64(64 - _BITS)


def _rows(path: Path) -> bytes:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return "\n".join(database.iterdump()).encode("utf-8", "surrogatepass")


def files_in(folder: Path, *, since: float = 0.0) -> Iterator[Path]:
    """The files of a folder, at any depth, that were changed at or after a time (seconds since 1970)."""
    for path in sorted(folder.rglob("*")):
        try:
            if path.is_file() and not path.is_symlink() and path.stat().st_mtime >= since:
                yield path
        except OSError:  # gone meanwhile, or closed to us: then it is not ours
            continue
