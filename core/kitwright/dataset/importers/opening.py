"""Opening published files: plain, gzipped, or alone in a zip archive; whatever is wrong with one is a fault."""

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, Final, TextIO, cast

from kitwright.errors import Fault, FaultsFound

_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """The file as UTF-8 text, with its line ends as they are and without byte-order mark.

    Bytes that are no UTF-8 become lone surrogates, so that one bad row does not spoil the others.

    Raises:
        FaultsFound: KW101 or KW102, also while it is read.
    """
    try:
        with ExitStack() as stack:
            binary = stack.enter_context(_binary(path, stack))
            if cast(Any, binary).peek(2).startswith(_UTF_16):
                raise wrong_file(path, "is UTF-16 text", code="KW102", hint="save it as UTF-8")
            yield io.TextIOWrapper(cast(Any, binary), "utf-8-sig", errors="surrogateescape", newline="")
    except OSError as error:
        problem = f"can not be read ({error.strerror or type(error).__name__})"
        raise wrong_file(path, problem, code="KW101") from None
    except (EOFError, zlib.error, zipfile.BadZipFile):
        raise wrong_file(path, "is a damaged archive", code="KW102", hint="download it again") from None


def read_json(path: Path, object_hook: Callable[[dict[str, Any]], Any] | None = None) -> Any:
    """The whole file as JSON.

    Raises:
        FaultsFound: it can not be read, or KW104.
    """
    with opened(path) as text:
        return parse_json(text.read(), path, object_hook)


def parse_json(text: str, path: Path, object_hook: Callable[[dict[str, Any]], Any] | None = None) -> Any:
    """The text of a file as JSON.

    Raises:
        FaultsFound: KW104.
    """
    try:
        return json.loads(text, object_hook=object_hook)
    except json.JSONDecodeError as error:
        raise wrong_file(f"{path}:{error.lineno}", f"not JSON: {error.msg}") from None
    except (ValueError, RecursionError):
        raise wrong_file(path, "not JSON: a value is out of range") from None


def wrong_file(
    place: Path | str, problem: str, *, code: str = "KW104", choices: tuple[str, ...] = (), hint: str | None = None
) -> FaultsFound:
    """The fault of a whole file."""
    return FaultsFound(Fault(code=code, place=str(place), problem=problem, choices=choices, hint=hint))


def _binary(path: Path, stack: ExitStack) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast(IO[bytes], gzip.open(path, "rb"))
    if path.suffix != ".zip":
        return path.open("rb")
    archive = stack.enter_context(zipfile.ZipFile(path))
    names = [name for name in archive.namelist() if not name.endswith("/") and not name.startswith("__MACOSX/")]
    if len(names) != 1:
        raise wrong_file(path, f"holds {len(names)} files, not one", code="KW102", hint="unpack it and name the file")
    return archive.open(names[0])
