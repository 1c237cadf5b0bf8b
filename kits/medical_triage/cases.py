"""Case files: JSON lines of what people wrote, with every fault told at once."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Line = dict[str, Any]
SEXES = ("female", "male")
_OTHER_SEXES = (None, "", "unknown", "other")
_OLDEST = 120


def read_lines(path: Path, check: Callable[[Line], list[str]]) -> list[Line]:
    """The objects of a file, one a line; empty lines are passed over.

    Args:
        path: of the file.
        check: what is wrong with an object.

    Raises:
        ValueError: it can not be read, or has lines that are wrong; every one is named, a line of the message each.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: can not be read ({type(error).__name__})") from None
    found: list[Line] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            read, wrong = _read(line, check)
            problems += [f"{path}:{number}: {problem}" for problem in wrong]
            found.append(read)
    if problems:
        raise ValueError("\n".join(problems))
    return found


def case_problems(case: Line) -> list[str]:
    """What is wrong with a case `{"id", "text", "age"?, "sex"?}`."""
    problems = []
    if not isinstance(case.get("id"), str | int):
        problems.append('has no "id"')
    if not isinstance(case.get("text"), str):
        problems.append('has no "text"')
    age = case.get("age")
    if age is not None and not (isinstance(age, int | float) and not isinstance(age, bool) and 0 <= age <= _OLDEST):
        problems.append(f'has an "age" that is no number of years from 0 to {_OLDEST}: {age!r}')
    if case.get("sex") not in (*SEXES, *_OTHER_SEXES):
        problems.append(f'has a "sex" that is none of {", ".join(SEXES)}: {case["sex"]!r}')
    return problems


def _read(line: str, check: Callable[[Line], list[str]]) -> tuple[Line, list[str]]:
    try:
        read = json.loads(line)
    except (ValueError, RecursionError):
        return {}, ["is not JSON"]
    return (read, check(read)) if isinstance(read, dict) else ({}, ["is not a JSON object"])
