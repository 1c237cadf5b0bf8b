"""Reading a text file that a person wrote: UTF-8, not empty, of bounded size."""

from pathlib import Path
from typing import Final

from kitwright.errors import Fault, FaultsFound

MAX_BYTES: Final = 5_000_000


def read_text(path: Path, shown: str | None = None, *, max_bytes: int = MAX_BYTES) -> str:
    """The file's text, without byte-order mark and with line ends as newlines.

    Args:
        path: the file.
        shown: how faults name it; the path by default.
        max_bytes: a larger file is refused.

    Raises:
        FaultsFound: KW101 missing or closed to us, KW102 not UTF-8 text or too big, KW103 empty.
    """
    place = shown or str(path)
    data = _read_bytes(path, place, max_bytes)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _wrong("KW102", f"{place}:{line}", "is not UTF-8 text", "save it as UTF-8") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise _wrong("KW102", f"{place}:{line}", "holds a NUL byte", "save it as UTF-8 text")
    if not text.strip():
        raise _wrong("KW103", place, "is empty", "write it, or take it off the list that names it")
    return text.replace("\r\n", "\n")


def _read_bytes(path: Path, place: str, max_bytes: int) -> bytes:
    try:
        if not path.is_file():
            raise _wrong("KW101", place, "no such file", "write it, or mend the name")
        if path.stat().st_size > max_bytes:
            raise _wrong("KW102", place, f"is larger than {max_bytes // 1_000_000} MB", "split it")
        return path.read_bytes()
    except OSError as error:
        problem = f"can not be opened ({error.strerror or type(error).__name__})"
        raise _wrong("KW101", place, problem, "mend its permissions") from None


def _wrong(code: str, place: str, problem: str, hint: str) -> FaultsFound:
    return FaultsFound(Fault(code=code, place=place, problem=problem, hint=hint))
