"""A tool's specification, read from an ordinary function: name, description, JSON schema of its parameters."""

import inspect
import re
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ConfigDict, Field, create_model
from pydantic.errors import PydanticUserError

_ARGS: Final = re.compile(r"^[ \t]*Args:[ \t]*\n(?P<body>(?:[ \t]+\S.*\n?|[ \t]*\n)+)", re.MULTILINE)
_ARG: Final = re.compile(r"^(?P<name>\w+)(?: \([^)]*\))?: (?P<text>.+)$")
CONTEXT: Final = "context"


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool as a model, a flow or another program sees it.

    Args:
        parameters: JSON schema of an object; `context` is not in it.
        takes_context: whether the function wants the keyword `context`.
        source: what its answers are quoted as.
    """

    name: str
    description: str
    parameters: Mapping[str, Any]
    function: Callable[..., Any]
    takes_context: bool
    source: str


def tool_spec(name: str, function: Callable[..., Any], source: str) -> ToolSpec:
    """The specification of a function.

    Raises:
        ValueError: no docstring, or a parameter that has no type or can not be passed by name.
    """
    description = inspect.getdoc(function)
    if not description:
        raise ValueError("has no docstring; its first sentence tells the model what the tool does")
    if inspect.iscoroutinefunction(function):
        raise ValueError("is a coroutine; tools are plain functions")
    parameters = dict(inspect.signature(function).parameters)
    takes_context = parameters.pop(CONTEXT, None) is not None
    schema = _schema(name, function, parameters, _argument_texts(description))
    return ToolSpec(name, description.split("\n\n")[0].replace("\n", " "), schema, function, takes_context, source)


def _schema(
    name: str, function: Callable[..., Any], parameters: Mapping[str, inspect.Parameter], texts: Mapping[str, str]
) -> dict[str, Any]:
    try:
        hints = typing.get_type_hints(function, include_extras=True)
    except (NameError, TypeError) as error:
        raise ValueError(f"has a type that can not be resolved ({error})") from None
    fields: dict[str, Any] = {}
    for parameter in parameters.values():
        if parameter.kind not in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
            raise ValueError(f"parameter {parameter.name!r} can not be passed by name")
        if parameter.name not in hints:
            raise ValueError(f"parameter {parameter.name!r} has no type")
        default = ... if parameter.default is parameter.empty else parameter.default
        fields[parameter.name] = (hints[parameter.name], Field(default, description=texts.get(parameter.name)))
    try:
        model = create_model(name, __config__=ConfigDict(extra="forbid"), **fields)
        return dict(_untitled(model.model_json_schema()))
    except (PydanticUserError, NameError) as error:
        raise ValueError(f"has a parameter that has no JSON form ({str(error).splitlines()[0]})") from None


def _argument_texts(docstring: str) -> dict[str, str]:
    """Parameter name to its text in the `Args:` part of a Google docstring."""
    section = _ARGS.search(docstring + "\n")
    texts: dict[str, str] = {}
    current = ""
    for line in inspect.cleandoc(section["body"]).split("\n") if section else ():
        match = _ARG.match(line)
        if match:
            current = match["name"]
            texts[current] = match["text"]
        elif current and line.startswith(" "):
            texts[current] += f" {line.strip()}"
    return texts


def _untitled(schema: Any) -> Any:
    """The schema without pydantic's `title`s, which repeat names and cost tokens."""
    if isinstance(schema, list):
        return [_untitled(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _untitled(value) for key, value in schema.items() if key != "title" or isinstance(value, dict)}
