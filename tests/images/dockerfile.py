"""A Dockerfile taken apart: its stages and their instructions."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from dockerfile_parse import DockerfileParser

ROOT: Final = Path(__file__).parents[2]
DOCKER: Final = ROOT / "docker"
DOCKERFILES: Final = sorted(DOCKER.glob("Dockerfile.*"))
_VARIABLE: Final = re.compile(r"\$(?:\{(\w+)\}|(\w+))")


class Instruction(NamedTuple):
    """One instruction, on one line."""

    name: str
    value: str

    @property
    def words(self) -> list[str]:
        """What a shell would make of it, without the flags."""
        return [word for word in shlex.split(self.value) if not word.startswith("--")]

    @property
    def flags(self) -> dict[str, str]:
        """`--from=wheel` as name and value."""
        flags = (word[2:].partition("=") for word in shlex.split(self.value) if word.startswith("--"))
        return {name: value for name, _, value in flags}

    @property
    def listed(self) -> list[str]:
        """The words of a command in its JSON form, which needs no shell."""
        parsed = json.loads(self.value[self.value.index("[") :])
        assert isinstance(parsed, list)
        return [str(word) for word in parsed]


@dataclass(slots=True)
class Stage:
    """What follows one FROM."""

    name: str
    base: str
    instructions: list[Instruction] = field(default_factory=list)

    def all(self, name: str) -> list[Instruction]:
        """Its instructions of one kind."""
        return [each for each in self.instructions if each.name == name]

    def last(self, name: str) -> Instruction:
        """The one that counts where a later one replaces an earlier one."""
        return self.all(name)[-1]


def stages(path: Path) -> list[Stage]:
    """The stages of a Dockerfile, in order."""
    found: list[Stage] = []
    values: dict[str, str] = {}
    for each in _instructions(path):
        if each.name == "FROM":
            base, _, name = expanded(each.value, values).partition(" AS ")
            found.append(Stage(name or "last", base))
        elif not found:
            values.update(assigned(each))
        else:
            found[-1].instructions.append(each)
    return found


def assigned(each: Instruction) -> Iterator[tuple[str, str]]:
    """Names and values of ARG, ENV or LABEL."""
    for word in shlex.split(each.value):
        name, _, value = word.partition("=")
        yield name, value


def expanded(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables replaced."""
    return _VARIABLE.sub(lambda match: values.get(match[1] or match[2], ""), text)


def _instructions(path: Path) -> Iterator[Instruction]:
    with path.open("rb") as file:
        for each in DockerfileParser(fileobj=file).structure:
            if each["instruction"] != "COMMENT":
                yield Instruction(each["instruction"], re.sub(r"\s+", " ", each["value"]))
