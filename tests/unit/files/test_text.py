"""Text files: what can not be read is a fault with a code; line ends and byte-order marks do not matter."""

from pathlib import Path

import pytest

from kitwright.errors import FaultsFound
from kitwright.files import read_text


def test_line_ends_and_byte_order_mark_are_removed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo\n")
    assert read_text(tmp_path / "a.md") == "one\ntwo\n"


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (b"", "KW103", "a.md"),
        (b" \n\t", "KW103", "a.md"),
        (b"one\ncaf\xe9", "KW102", "a.md:2"),
        (b"one\ntwo\nth\0ree", "KW102", "a.md:3"),
        (b"x" * 101, "KW102", "a.md"),
        (None, "KW101", "a.md"),
    ],
)
def test_unreadable_files(tmp_path: Path, content: bytes | None, code: str, place: str) -> None:
    if content is not None:
        (tmp_path / "a.md").write_bytes(content)
    with pytest.raises(FaultsFound) as caught:
        read_text(tmp_path / "a.md", "a.md", max_bytes=100)
    (fault,) = caught.value.faults
    assert (fault.code, fault.place) == (code, place)


@pytest.mark.parametrize("name", [".", "a\0b", "x" * 300])
def test_what_is_no_file_is_missing(tmp_path: Path, name: str) -> None:
    with pytest.raises(FaultsFound, match="KW101"):
        read_text(tmp_path / name, "it")
