"""JSON-lines files: one record a line, read with the line it stands at; and the record of a tuning example."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from kitwright.errors import Fault, FaultsFound
from kitwright.files import Faults, YamlDocument, read_text, validate

MAX_BYTES: Final = 200_000_000
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a file: its number, from 1, and its object."""

    line: int
    data: dict[str, Any]


class ChatMessage(BaseModel):
    """One message of a tuning example."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: Literal["system", "user", "assistant", "tool"]
    content: str = Field(min_length=1)


class SftRecord(BaseModel):
    """A conversation to learn from, in TRL's `messages` form.

    Args:
        id: unique in its file.
        messages: in order; what the assistant says is what is learned.
        passages: ids of the passages shown with the question.
        facts: what a tool returned, if one was called.
        tags: labels for statistics and splits.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    messages: tuple[ChatMessage, ...] = Field(min_length=1)
    passages: tuple[str, ...] = ()
    facts: dict[str, Any] | None = None
    tags: tuple[str, ...] = ()


def read_jsonl(path: Path, shown: str | None = None) -> tuple[Record, ...]:
    """All records of a file; blank lines are passed over.

    Raises:
        FaultsFound: the file can not be read, or KW113 for every line that is not a JSON object.
    """
    place, faults, records = shown or str(path), Faults(), []
    for number, line in enumerate(read_text(path, shown, max_bytes=MAX_BYTES).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            problem = f"not JSON: {error.msg if isinstance(error, json.JSONDecodeError) else 'a value is out of range'}"
            faults.add(Fault(code="KW113", place=f"{place}:{number}", problem=problem))
            continue
        if isinstance(data, dict):
            records.append(Record(number, data))
        else:
            faults.add(Fault(code="KW113", place=f"{place}:{number}", problem="not a JSON object"))
    faults.raise_if_any()
    return tuple(records)


def read_records(path: Path, model: type[_Model], shown: str | None = None) -> dict[int, _Model]:
    """All records of a file as models, by line number; their `id`, where they have one, is unique.

    Raises:
        FaultsFound: the file can not be read, KW113 for malformed records, KW107 for ids used twice; all at once.
    """
    place, faults = shown or str(path), Faults()
    found: dict[int, _Model] = {}
    lines_by_id: dict[object, int] = {}
    for record in read_jsonl(path, shown):
        try:
            found[record.line] = validate(model, YamlDocument(record.data, place, {(): record.line}))
        except FaultsFound as error:
            for fault in error.faults:
                faults.add(replace(fault, code="KW113"))
            continue
        first = lines_by_id.setdefault(record.data.get("id", record.line), record.line)
        if first != record.line:
            problem, value = f"id is already used on line {first}", str(record.data["id"])
            faults.add(Fault(code="KW107", place=f"{place}:{record.line} id", problem=problem, value=value))
    faults.raise_if_any()
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
