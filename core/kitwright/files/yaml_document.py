"""YAML as people write it: plain data, and the line of every value, so that faults can point at it.

A narrow YAML: the JSON kinds only. `yes`, `no`, `on`, dates and clock times stay text (as in Rasa's reader
and YAML 1.2); anchors, aliases and tags are refused, and so are keys used twice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from kitwright.errors import Fault, FaultsFound
from kitwright.files.faults import Faults
from kitwright.files.text import read_text

Where = tuple[str | int, ...]
MAX_DEPTH: Final = 60

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONSTANTS: Final[dict[str, bool | None]] = {"": None, "~": None, "null": None, "true": True, "false": False}
# The YAML 1.2 kinds of number, without leading zeros, which people write in order and phone numbers.
_WHOLE: Final = re.compile(r"[-+]?(?:0|[1-9]\d{0,17})", re.ASCII)
_DECIMAL: Final = re.compile(r"[-+]?(?:0|[1-9]\d{0,17})(?:\.\d{1,18})?(?:[eE][-+]?\d{1,2})?|\.\d{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A document's data with the places they stand at.

    Args:
        data: dicts with text keys, lists, text, numbers, booleans and None.
        shown: the file as faults name it.
        lines: path of keys and indices to line, from 1.
    """

    data: Any
    shown: str
    lines: Mapping[Where, int] = field(repr=False)

    def line_of(self, path: Where) -> int | None:
        """The line of the value at `path`, or of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None

    def place(self, *path: str | int) -> str:
        """File, line and dotted path, as faults show them: `kit.yaml:12 prompts.folder`."""
        line = self.line_of(path)
        where = self.shown if line is None else f"{self.shown}:{line}"
        return f"{where} {'.'.join(str(part) for part in path)}".rstrip()


def read_yaml(path: Path, shown: str | None = None) -> YamlDocument:
    """Read a YAML file.

    Raises:
        FaultsFound: it can not be read as text (see `read_text`) or as YAML (see `parse_yaml`).
    """
    return parse_yaml(read_text(path, shown), shown or str(path))


def parse_yaml(text: str, shown: str) -> YamlDocument:
    """Read YAML.

    Raises:
        FaultsFound: KW103 no data, KW104 not in the grammar, KW107 keys used twice; all of the last kind at once.
    """
    builder = _Builder(shown)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        raise _syntax_fault(error, shown) from None
    builder.faults.raise_if_any()
    if builder.data is None:
        raise FaultsFound(Fault(code="KW103", place=shown, problem="holds no data"))
    return YamlDocument(builder.data, shown, builder.lines)


@dataclass(slots=True)
class _Level:
    """An open list or mapping."""

    container: list[Any] | dict[str, Any]
    path: Where
    key: str | None = None


class _Builder:
    """Makes data from parser events with a stack of its own, so that depth can not exhaust Python's."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.faults = Faults()
        self.lines: dict[Where, int] = {}
        self.data: Any = None
        self.open: list[_Level] = []
        self.documents = 0

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self.refusal(line, "holds more than one document")
        elif isinstance(event, yaml.NodeEvent):
            self.refuse_fancy(event, line)
            self.node(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()

    def node(self, event: Any, line: int) -> None:
        is_scalar = isinstance(event, yaml.ScalarEvent)
        level = self.open[-1] if self.open else None
        if level is not None and isinstance(level.container, dict) and level.key is None:
            if not is_scalar:
                raise self.refusal(line, "a key must be text")
            self.take_key(level, event.value, line)
        elif is_scalar:
            self.put(_plain(event.value) if event.implicit[0] else event.value, line)
        else:
            container: list[Any] | dict[str, Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
            self.open.append(_Level(container, self.put(container, line)))
            if len(self.open) > MAX_DEPTH:
                raise self.refusal(line, f"is nested more than {MAX_DEPTH} levels deep")

    def take_key(self, level: _Level, key: str, line: int) -> None:
        path = (*level.path, key)
        if path in self.lines:
            first = f"first on line {self.lines[path]}"
            place = f"{self.shown}:{line} {'.'.join(map(str, path))}"
            self.faults.add(Fault(code="KW107", place=place, problem=f"key used twice, {first}", value=key))
        self.lines.setdefault(path, line)
        level.key = key

    def put(self, value: Any, line: int) -> Where:
        """Hang the value where it belongs; returns its path."""
        if not self.open:
            self.data = value
            self.lines[()] = line
            return ()
        level = self.open[-1]
        if isinstance(level.container, list):
            path: Where = (*level.path, len(level.container))
            self.lines[path] = line
            level.container.append(value)
            return path
        assert level.key is not None  # noqa: S101 - `node` has taken the key before
        path, level.key = (*level.path, level.key), None
        level.container[str(path[-1])] = value
        return path

    def refuse_fancy(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            raise self.refusal(line, "anchors and aliases are not supported", "write the value out")
        if getattr(event, "tag", None) is not None:
            raise self.refusal(line, "tags are not supported", "remove the word that starts with '!'")

    def refusal(self, line: int, problem: str, hint: str | None = None) -> FaultsFound:
        return FaultsFound(Fault(code="KW104", place=f"{self.shown}:{line}", problem=problem, hint=hint))


def _plain(text: str) -> Any:
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _syntax_fault(error: yaml.YAMLError, shown: str) -> FaultsFound:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = f"{shown}:{mark.line + 1}" if mark else shown
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "can not be parsed"
    hint = "check the indentation, colons and quotes on this line and the one before"
    return FaultsFound(Fault(code="KW104", place=place, problem=f"not valid YAML: {problem}", hint=hint))
