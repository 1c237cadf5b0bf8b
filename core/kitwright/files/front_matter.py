"""Markdown files that open with YAML between two `---` lines: passages and dataset cards."""

from pathlib import Path

from kitwright.errors import Fault, FaultsFound
from kitwright.files.text import read_text
from kitwright.files.yaml_document import YamlDocument, parse_yaml


def read_front_matter(path: Path, shown: str | None = None) -> tuple[YamlDocument, str]:
    """The front matter and the body, stripped.

    Raises:
        FaultsFound: the file can not be read, or has no front matter, or it is not YAML.
    """
    place = shown or str(path)
    opening, newline, rest = read_text(path, place).partition("\n")
    header, closing, body = rest.partition("\n---\n")
    if not closing and rest.endswith("\n---"):
        header, closing = rest.removesuffix("\n---"), "---"
    if opening.strip() != "---" or not newline or not closing:
        problem = "does not open with front matter between two lines of ---"
        raise FaultsFound(Fault(code="KW104", place=f"{place}:1", problem=problem))
    # The removed opening line is put back as an empty one, so that line numbers are those of the file.
    return parse_yaml("\n" + header, place), body.strip()
