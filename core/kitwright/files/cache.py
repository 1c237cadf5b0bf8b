"""The cache: folders named by the hash of what they were made from, built whole or not at all.

An entry is a folder with a `manifest.json` that lists every file with size and BLAKE2b hash. An entry
whose manifest is missing, or whose files differ from it, counts as absent and is built again, so a
half-written or corrupted cache heals itself. Entries are built beside their place and renamed into it.
"""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import platformdirs

from kitwright.errors import CacheUnusable, Fault

MANIFEST: Final = "manifest.json"


def cache_root() -> Path:
    """`$KITWRIGHT_CACHE`, or the user's cache folder."""
    given = os.environ.get("KITWRIGHT_CACHE")
    return Path(given) if given else Path(platformdirs.user_cache_dir("kitwright"))


def data_root() -> Path:
    """`$KITWRIGHT_DATA`, or the user's data folder: what is kept here can not be made again."""
    given = os.environ.get("KITWRIGHT_DATA")
    return Path(given) if given else Path(platformdirs.user_data_dir("kitwright"))


def content_hash(*parts: str | bytes) -> str:
    """A 32-character hash of the parts, each counted with its length so that no two lists collide."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def cached_folder(kind: str, key: str, build: Callable[[Path], None], *, root: Path | None = None) -> Path:
    """The folder `<root>/<kind>/<key>`, built by `build(folder)` unless a sound one is there.

    Args:
        kind: what it holds, e.g. `index`.
        key: content hash of everything it is made from.
        build: writes the files into the empty folder it is given.
        root: cache folder; `cache_root()` by default.

    Raises:
        CacheUnusable: the cache folder is read-only, full, or not a folder.
    """
    place = (root or cache_root()) / kind / key
    if _is_sound(place):
        return place
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{key}-", dir=place.parent))
    except OSError as error:
        raise _unusable(place, error) from error
    try:
        build(fresh)
        _write_manifest(fresh)
        _move_into_place(fresh, place)
    except OSError as error:
        raise _unusable(place, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return place


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a crash, sees the old or the new content and nothing between."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _move_into_place(fresh: Path, place: Path) -> None:
    """Others may do the same at the same time, and may all have found the same damaged entry."""
    for last in (False,) * 20 + (True,):
        if _is_sound(place):
            return
        _set_aside(place, fresh.with_name(f"{fresh.name}-old"))
        try:
            fresh.rename(place)
            return
        except OSError as error:
            if last or error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise


def _set_aside(place: Path, aside: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        place.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)


def _write_manifest(folder: Path) -> None:
    files = {
        str(path.relative_to(folder)): {"size": path.stat().st_size, "blake2b": _file_hash(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    write_atomically(folder / MANIFEST, json.dumps(files, indent=1).encode())


def _is_sound(folder: Path) -> bool:
    try:
        listed = json.loads((folder / MANIFEST).read_bytes())
        return all(
            (folder / name).stat().st_size == entry["size"] and _file_hash(folder / name) == entry["blake2b"]
            for name, entry in listed.items()
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return False


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def _unusable(place: Path, error: OSError) -> CacheUnusable:
    return CacheUnusable(
        Fault(
            code="KW302",
            place=str(place.parent),
            problem=f"the cache can not be written ({error.strerror or type(error).__name__})",
            hint="free some space, or name another folder in the variable KITWRIGHT_CACHE",
        )
    )
