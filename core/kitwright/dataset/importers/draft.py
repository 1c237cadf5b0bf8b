"""What an importer gives: drafts of records, faults of rows, and rows that are left out by intention."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kitwright.dataset.sample import Said
from kitwright.errors import Fault


class Personal(NamedTuple):
    """A personal value that the source itself names; `any_case` also hides it where it is written in other case."""

    label: str
    value: str
    any_case: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatDraft:
    """A conversation as it was published: neither numbered nor scrubbed.

    Args:
        place: file and line, or file and position.
        turns: see `conversation`.
        facts: what a tool returned for the last question.
        tags: the first is the topic.
        personal: values to hide that patterns can not find.
    """

    place: str
    turns: tuple[Said, ...]
    facts: Mapping[str, Any] | None = None
    tags: tuple[str, ...] = ()
    split: str | None = None
    personal: tuple[Personal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDraft:
    """A labelled text as it was published: neither numbered nor scrubbed."""

    place: str
    text: str
    label: str
    split: str | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """A row that is sound and left out all the same; `why` is one of a few sentences, to be counted."""

    why: str


Draft = ChatDraft | TextDraft
Outcome = Draft | Skip | Fault


@dataclass(frozen=True, slots=True)
class Importer:
    """Reads one published form.

    Args:
        read: the outcomes of a file, one after the other. It raises FaultsFound where the whole file is wrong.
        files: patterns of the names that are read where a folder is given.
    """

    read: Callable[[Path], Iterator[Outcome]]
    files: tuple[str, ...]


class Unfit(ValueError):
    """Why a row gives no record; holds nothing that it says."""


def attempt(place: str, make: Callable[[], Draft]) -> Draft | Fault:
    """What `make` gives, or the fault of the row where it raises `Unfit`."""
    try:
        return make()
    except Unfit as error:
        return Fault(code="KW113", place=place, problem=str(error))


def text_of(row: Mapping[str, Any], key: str) -> str:
    """The text at `key`, stripped.

    Raises:
        Unfit: it is missing, no text, or empty.
    """
    value = row.get(key)
    if not isinstance(value, str):
        raise Unfit(f"{key} is missing or no text")
    if not value.strip():
        raise Unfit(f"{key} is empty")
    return value.strip()
