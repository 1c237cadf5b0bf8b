"""JSON-lines files of the command line: read whole and checked before any work is done."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from kitwright.errors import Fault, FaultsFound, UsageError
from kitwright.files import read_text, read_yaml

Line = dict[str, Any]


def read_lines(path: Path, fields: Mapping[str, tuple[type, ...]]) -> list[Line]:
    """The records of a file, one JSON object a line; empty lines are passed over.

    Args:
        path: a UTF-8 file.
        fields: required fields and their types.

    Raises:
        UsageError: the file can not be read, or lines are malformed; every one is named.
    """
    faults: list[Fault] = []
    lines: list[Line] = []
    try:
        text = read_text(path)
    except FaultsFound as error:
        raise UsageError(error.faults) from None
    # Not splitlines(): JSON texts may hold U+2028 and its like, which do not end a line of JSON lines.
    for number, raw in enumerate(text.split("\n"), start=1):
        if raw.strip():
            line, problem = _parsed(raw, fields)
            if problem:
                faults.append(Fault(code="KW113", place=f"{path}:{number}", problem=problem))
            elif line is not None:
                lines.append(line)
    if faults:
        raise UsageError(faults)
    return lines


def read_labelled(path: Path) -> list[tuple[str, str]]:
    """Text and label of each line of a file, or of each utterance of one in Rasa's YAML.

    Raises:
        UsageError: the file can not be read, or lines are malformed.
    """
    if path.suffix in (".yml", ".yaml"):
        return _utterances(path)
    return [(line["text"], line["label"]) for line in read_lines(path, {"text": (str,), "label": (str,)})]


def _utterances(path: Path) -> list[tuple[str, str]]:
    from kitwright.nlu.data import parse_nlu

    try:
        return [(example.text, example.intent) for example in parse_nlu(read_yaml(path)).examples]
    except FaultsFound as error:
        raise UsageError(error.faults) from None


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """A file to write results to, line by line, so that a stopped run keeps what it has.

    Raises:
        UsageError: the file can not be opened, or the disk is full.
    """
    try:
        # Half a surrogate pair can stand in JSON, but not in UTF-8; it becomes a question mark.
        with path.open("w", encoding="utf-8", errors="replace", buffering=1) as out:
            yield out
    except OSError as error:
        problem = f"can not be written ({error.strerror or type(error).__name__})"
        raise UsageError(Fault(code="KW002", place=f"--out {path}", problem=problem)) from error


def _parsed(raw: str, fields: Mapping[str, tuple[type, ...]]) -> tuple[Line | None, str | None]:
    try:
        line = json.loads(raw)
    except (ValueError, RecursionError):
        return None, "is not JSON"
    if not isinstance(line, dict):
        return None, "is not a JSON object"
    wrong = [name for name, kinds in fields.items() if not isinstance(line.get(name), kinds)]
    return line, f"misses or mistypes {', '.join(wrong)}" if wrong else None
