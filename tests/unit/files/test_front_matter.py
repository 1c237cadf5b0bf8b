"""Front matter is read with the file's own line numbers."""

from pathlib import Path

import pytest

from kitwright.errors import FaultsFound
from kitwright.files import read_front_matter


def test_header_and_body(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nid: a\ntitle: A\n---\n\nBody\n---\nmore\n")
    document, body = read_front_matter(tmp_path / "a.md", "a.md")
    assert document.data == {"id": "a", "title": "A"}
    assert document.place("title") == "a.md:3 title"
    assert body == "Body\n---\nmore"


def test_a_body_may_be_absent(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nid: a\n---")
    assert read_front_matter(tmp_path / "a.md")[1] == ""


@pytest.mark.parametrize("text", ["id: a\n---\n", "---\nid: a\n", "Body", "---", "\n---\nid: a\n---\n"])
def test_without_front_matter(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(text)
    with pytest.raises(FaultsFound, match="KW104"):
        read_front_matter(tmp_path / "a.md", "a.md")
