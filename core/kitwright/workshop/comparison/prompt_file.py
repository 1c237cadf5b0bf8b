"""The prompt that a study chose, as lines of bot.yaml."""

import re
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from kitwright.errors import Fault, UsageError
from kitwright.files import parse_yaml, read_text, validate, write_atomically
from kitwright.kit import BotFile

_HEAD: Final = "# Prompt chosen by "
_WIDTH: Final = 110
_OLD: Final = re.compile(rf"^(?:{_HEAD}.*\n(?:#.*\n)*|(?:prompts|examples):.*\n(?:[ \t}}\]].*\n)*)", re.MULTILINE)


def snippet(keys: Mapping[str, Mapping[str, Any]], head: Sequence[str]) -> str:
    """The keys as lines of bot.yaml below a comment.

    Example:
        >>> print(snippet({"examples": {"count": 2}}, ["a search", "Two examples help."]), end="")
        # Prompt chosen by a search
        # Two examples help.
        examples: {count: 2}
    """
    lines = [line for text in head[1:] for line in textwrap.wrap(text, _WIDTH)]
    comment = f"{_HEAD}{head[0]}\n" + "".join(f"# {line}\n" for line in lines)
    return comment + "".join(f"{key}: {_flow(value)}\n" for key, value in keys.items())


def put_into(path: Path, chosen: str) -> None:
    """Replace what a bot.yaml says of `prompts` and `examples`; all other lines stay as they are.

    Raises:
        FaultsFound: what would come out is no bot.yaml.
        UsageError: the file can not be written.
    """
    text = replaced(read_text(path), chosen)
    validate(BotFile, parse_yaml(text, str(path)))
    try:
        mode = path.stat().st_mode
        write_atomically(path, text.encode("utf-8"))
        path.chmod(mode)
    except OSError as error:
        problem = f"can not be written ({error.strerror or type(error).__name__})"
        raise UsageError(Fault(code="KW002", place=f"--write {path}", problem=problem)) from error


def replaced(text: str, chosen: str) -> str:
    """The text of a bot.yaml with these lines in the place of those it had, or at its end."""
    text = text if text.endswith("\n") else text + "\n"
    first = _OLD.search(text)
    place = first.start() if first else len(text)
    return text[:place] + chosen + _OLD.sub("", text[place:])


def _flow(value: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(value), default_flow_style=True, sort_keys=False, width=1000).strip()
