"""A kit's knowledge: Markdown files with front matter, one passage each."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from kitwright.files import read_front_matter, validate
from kitwright.kit.folder import KitFolder
from kitwright.types import Passage


class PassageHead(BaseModel):
    """The front matter of a passage; `id` is its path without `.md`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    source: str = Field(min_length=1)
    url: str | None = None
    valid_from: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    questions: tuple[str, ...] = ()


def read_passages(kit: KitFolder, name: str, place: str) -> tuple[Passage, ...]:
    """All passages under the folder `name`, by path; README files are passed over."""
    folder = kit.path(name, place)
    if folder is None:
        return ()
    if not folder.is_dir():
        kit.wrong("KW101", place, "no such folder", name)
        return ()
    files = [path for path in sorted(folder.rglob("*.md")) if path.name != "README.md"]
    if not files:
        kit.wrong("KW103", place, "the folder holds no passages", name)
    passages: dict[str, Passage] = {}
    for path in files:
        with kit.faults.collecting():
            _add(kit, path, path.relative_to(folder).with_suffix("").as_posix(), passages)
    return tuple(passages.values())


def _add(kit: KitFolder, path: Path, expected: str, passages: dict[str, Passage]) -> None:
    document, body = read_front_matter(path, kit.show(path.relative_to(kit.root).as_posix()))
    if not body:
        kit.wrong("KW103", document.shown, "the passage has no text")
    head = validate(PassageHead, document)
    if head.id in passages:
        kit.wrong("KW107", document.place("id"), "another passage has this id", head.id)
    elif head.id != expected:
        kit.wrong("KW106", document.place("id"), f"must be the passage's path, {expected!r}", head.id)
    passages.setdefault(head.id, Passage(text=body, **head.model_dump()))
