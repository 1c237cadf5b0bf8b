"""Published files are opened plain, gzipped or alone in an archive; what is wrong with one is a fault."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kitwright.dataset.importers import recognise
from kitwright.dataset.importers.opening import opened
from kitwright.errors import FaultsFound


def text_of(path: Path) -> str:
    with opened(path) as text:
        return text.read()


def test_line_ends_stay_and_the_mark_goes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfa\r\nb\xff")
    assert text_of(tmp_path / "a") == "a\r\nb\udcff"


def test_archives(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress("é".encode()))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("__MACOSX/._a", "x")
        archive.writestr("folder/", "")
        archive.writestr("folder/a", "é")
    assert text_of(tmp_path / "a.gz") == text_of(tmp_path / "a.zip") == "é"


def two_files(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "x")
        archive.writestr("b", "x")


@pytest.mark.parametrize(
    ("name", "write", "says"),
    [
        ("a", lambda path: None, "KW101"),
        ("a", lambda path: path.mkdir(), "KW101"),
        ("a", lambda path: path.write_bytes("é".encode("utf-16")), "is UTF-16 text"),
        ("a.gz", lambda path: path.write_bytes(b"no archive"), "can not be read"),
        ("a.gz", lambda path: path.write_bytes(gzip.compress(b"x" * 99)[:-9]), "is a damaged archive"),
        ("a.zip", lambda path: path.write_bytes(b"no archive"), "is a damaged archive"),
        ("a.zip", two_files, "holds 2 files, not one"),
    ],
)
def test_faults(tmp_path: Path, name: str, write: Callable[[Path], object], says: str) -> None:
    write(tmp_path / name)
    with pytest.raises(FaultsFound, match=says):
        text_of(tmp_path / name)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('[{"convo_id": 1}]', "abcd"),
        ("flags,instruction,category,intent,response\n", "bitext"),
        ("text,category\r\na,b", "banking77"),
        ('{"oos_val": [["a", "oos"]]}', "clinc150"),
        ('<?xml version="1.0"?>\n<Document id="1">', "medquad"),
        ("AGE,DIFFERENTIAL_DIAGNOSIS,SEX", "ddxplus"),
        ('{"messages": [{"role": "user"}]}', "chat"),
        ('[{"id": 1, "conversations": []}]', "chat"),
        ('version: "3.1"\nnlu:\n- intent: a', "rasa"),
        ("frage;thema\na;b", "csv"),
        ('{"a": 1, "b": 2}', None),
        ("hello there\n", None),
    ],
)
def test_files_are_recognised_by_how_they_begin(tmp_path: Path, head: str, name: str | None) -> None:
    (tmp_path / "a").write_bytes(head.encode())
    assert recognise(tmp_path / "a") == name
