"""Reading samples: every line of every file, told by its shape; a malformed line is a finding, and the rest is read."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kitwright.dataset.finding import Finding
from kitwright.dataset.sample import Said, Sample, Shape
from kitwright.errors import Fault, UsageError
from kitwright.types import fact_lines

_ROLES: Final = ("system", "user", "assistant", "tool")
_ALWAYS: Final = frozenset("id passages facts tags tools intent split source language".split())
_KEYS: Final[dict[Shape, tuple[str, ...]]] = {
    "dpo": ("prompt", "chosen", "rejected"),
    "kto": ("prompt", "completion", "label"),
    "sft": ("messages",),
    "text": ("text", "label", "difficulty", "note"),
}
_OPTIONAL: Final = frozenset({"difficulty", "note"})
_SPLITS: Final = {
    "train": "train", "training": "train", "validation": "validation", "valid": "validation", "val": "validation",
    "dev": "validation", "test": "test",
}  # fmt: skip


@dataclass(slots=True)
class Readings:
    """Samples read so far, with what could not be read.

    Args:
        folders: datasets that were given as a folder.
        files: every file, as it is shown, with its path.
    """

    samples: list[Sample] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)


def read_samples(paths: Iterable[Path]) -> Readings:
    """All records of files, and of the `.jsonl` files in folders, at any depth.

    Raises:
        UsageError: a path that is not there, or a folder without records.
    """
    readings = Readings()
    for path in paths:
        if path.is_dir():
            readings.folders.append(path)
        for file in _files(path):
            shown = file.relative_to(path).as_posix() if path.is_dir() else file.name
            shown = shown if shown not in readings.files else str(file)
            if file not in readings.files.values():
                readings.files[shown] = file
                _read_file(file, shown, _split_of(Path(shown)) or _split_of(Path(path.name)), readings)
    return readings


def _files(path: Path) -> Sequence[Path]:
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise UsageError(Fault(code="KW101", place="PATH", problem="no such file or folder", value=str(path)))
    files = sorted(file for file in path.rglob("*.jsonl") if not file.name.startswith("."))
    if not files:
        raise UsageError(Fault(code="KW103", place="PATH", problem="the folder holds no .jsonl file", value=str(path)))
    return files


def _split_of(path: Path) -> str | None:
    """The split that a file's or a folder's name says, e.g. `test/a.jsonl`, `train-1.jsonl`."""
    for part in (path.stem, *(parent.name for parent in path.parents)):
        if named := _SPLITS.get(re.split(r"[-_.]", part.lower())[0]):
            return named
    return None


def _read_file(path: Path, shown: str, split: str | None, readings: Readings) -> None:
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    except OSError as error:
        _malformed(readings, shown, f"can not be opened ({error.strerror or type(error).__name__})")
        return
    if not any(line.strip() for line in lines):
        _malformed(readings, shown, "the file is empty")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            readings.samples.append(_sample(line.decode("utf-8").strip(), shown, number, split))
        except _Malformed as error:
            _malformed(readings, f"{shown}:{number}", error.problem)
        except UnicodeDecodeError:
            _malformed(readings, f"{shown}:{number}", "is not UTF-8 text")


def _malformed(readings: Readings, place: str, problem: str) -> None:
    finding = Finding(kind="malformed", severity="error", ids=(place,), places=(place,), what=problem)
    readings.findings.append(finding)


class _Malformed(ValueError):
    """Why a line is no record; holds nothing that it says."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def _sample(line: str, file: str, number: int, split: str | None) -> Sample:
    data = _object(line)
    shape = _shape(data)
    context, answer, rejected = _PARTS[shape](data)
    tags, label = _texts(data, "tags"), _label(data, shape)
    facts = data.get("facts")
    if facts is not None and not isinstance(facts, dict):
        raise _Malformed("facts is not an object")
    own_split = data.get("split")
    return Sample(
        id=_id(data, f"{file}:{number}"),
        file=file,
        line=number,
        shape=shape,
        context=context,
        answer=answer,
        rejected=rejected,
        label=label,
        group=label or _text_or_none(data, "intent") or (tags[0] if tags else None),
        passages=_texts(data, "passages"),
        facts="\n".join(fact_lines(facts or {})),
        tags=tags,
        split=_SPLITS.get(own_split.lower(), own_split) if isinstance(own_split, str) else split,
        extra=tuple(sorted(data.keys() - _ALWAYS - set(_KEYS[shape]))),
        raw=line,
        data=data,
    )


def _object(line: str) -> dict[str, Any]:
    try:
        data = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "a value is out of range"
        raise _Malformed(f"not JSON: {reason}") from None
    if not isinstance(data, dict):
        raise _Malformed("not a JSON object")
    return data


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _shape(data: Mapping[str, Any]) -> Shape:
    if "messages" in data:
        return "sft"
    for shape, keys in _KEYS.items():
        if all(key in data for key in keys if key not in _OPTIONAL and (shape, key) != ("kto", "label")):
            return shape
    raise _Malformed("has none of the known shapes")


_Parts = tuple[tuple[Said, ...], str | None, str | None]


def _sft(data: Mapping[str, Any]) -> _Parts:
    messages = _messages(data, "messages")
    if not messages:
        raise _Malformed("messages is empty")
    if messages[-1].role == "assistant":
        return messages[:-1], messages[-1].content, None
    return messages, None, None


def _kto(data: Mapping[str, Any]) -> _Parts:
    return _prompt(data), _reply(data, "completion"), None


def _dpo(data: Mapping[str, Any]) -> _Parts:
    return _prompt(data), _reply(data, "chosen"), _reply(data, "rejected")


def _labelled(data: Mapping[str, Any]) -> _Parts:
    return (Said("user", _text(data["text"], "text")),), None, None


_PARTS: Final = {"sft": _sft, "kto": _kto, "dpo": _dpo, "text": _labelled}


def _prompt(data: Mapping[str, Any]) -> tuple[Said, ...]:
    prompt = data["prompt"]
    return (Said("user", prompt),) if isinstance(prompt, str) else _messages(data, "prompt")


def _reply(data: Mapping[str, Any], key: str) -> str:
    if isinstance(data[key], str):
        return str(data[key])
    messages = _messages(data, key)
    if len(messages) != 1 or messages[0].role != "assistant":
        raise _Malformed(f"{key} is not one message of the assistant")
    return messages[0].content


def _messages(data: Mapping[str, Any], key: str) -> tuple[Said, ...]:
    value = data[key]
    if not isinstance(value, list):
        raise _Malformed(f"{key} is not a list")
    return tuple(_said(message, f"{key}.{number}") for number, message in enumerate(value))


def _said(message: object, where: str) -> Said:
    if not isinstance(message, dict):
        raise _Malformed(f"{where} is not an object")
    role = message.get("role")
    if role not in _ROLES:
        raise _Malformed(f"{where}.role is unknown; known: {', '.join(_ROLES)}")
    return Said(role, _text(message.get("content"), f"{where}.content"))


def _text(value: object, where: str) -> str:
    if value is None:
        raise _Malformed(f"{where} is missing or null")
    if not isinstance(value, str):
        raise _Malformed(f"{where} is not a text")
    return value


def _text_or_none(data: Mapping[str, Any], key: str) -> str | None:
    value = data.get(key)
    return None if value is None else _text(value, key)


def _texts(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = data.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _Malformed(f"{key} is not a list of texts")
    return tuple(value)


def _label(data: Mapping[str, Any], shape: Shape) -> str | None:
    label = data.get("label")
    if shape == "kto" and label is not None:
        if not isinstance(label, bool):
            raise _Malformed("label is neither true nor false")
        return str(label).lower()
    if shape == "text" and (not isinstance(label, str) or not label.strip()):
        raise _Malformed("label is not a text")
    return label if shape == "text" else None


def _id(data: Mapping[str, Any], place: str) -> str:
    value = data.get("id", place)
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        raise _Malformed("id is neither a text nor a whole number")
    return str(value)
