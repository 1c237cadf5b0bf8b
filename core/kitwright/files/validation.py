"""Data against a pydantic model, with every pydantic error turned into a fault a person can act on."""

import copy
import re
import types
from collections.abc import Iterator
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from kitwright.errors import Fault, FaultsFound
from kitwright.files.faults import Faults, closest
from kitwright.files.yaml_document import Where, YamlDocument

_Model = TypeVar("_Model", bound=BaseModel)
_QUOTED: Final = re.compile(r"'([^']*)'")


def validate(model: type[_Model], document: YamlDocument) -> _Model:
    """The document as a model.

    Raises:
        FaultsFound: KW105 for unknown keys, KW106 for all else, every fault at once.
    """
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        faults = Faults()
        for fault in _faults(model, document, error):
            faults.add(fault)
        raise FaultsFound(faults.found) from None


def validate_into(faults: Faults, model: type[_Model], document: YamlDocument) -> _Model | None:
    """The document as a model, with its faults added to `faults`; None if more is wrong than unknown keys."""
    try:
        return validate(model, document)
    except FaultsFound as error:
        for fault in error.faults:
            faults.add(fault)
        if any(fault.code != "KW105" for fault in error.faults):
            return None
    try:
        return model.model_validate(_without_unknown(model, document.data))
    except ValidationError:
        return None  # a key that was meant is missing under its wrong name, which has been reported


def _without_unknown(model: type[BaseModel], data: Any) -> Any:
    """A copy of the data without the keys that the model refuses."""
    pruned = copy.deepcopy(data)
    try:
        model.model_validate(pruned)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            *parents, key = _path_in(pruned, detail["loc"])
            inner = pruned
            for part in parents:
                inner = inner[part]
            inner.pop(key, None)
    return pruned


def _faults(model: type[BaseModel], document: YamlDocument, error: ValidationError) -> Iterator[Fault]:
    details = [(_path_in(document.data, detail["loc"]), detail) for detail in error.errors(include_url=False)]
    for path, detail in details:
        if detail["type"] == "extra_forbidden":
            yield _unknown_key(model, document, path)
        elif not _is_echo(path, detail["type"], [other for other, _ in details]):
            yield _wrong_value(document, path, detail)


def _is_echo(path: Where, kind: str, paths: list[Where]) -> bool:
    """Whether the error only repeats a deeper one: the other arm of a union, or a list short of its bad items."""
    repeats = kind.endswith("_type") or kind == "too_short"
    return repeats and any(len(other) > len(path) and other[: len(path)] == path for other in paths)


def _path_in(data: Any, location: tuple[int | str, ...]) -> Where:
    """Pydantic's location without the names of union arms, which are not in the file."""
    path: list[str | int] = []
    for position, part in enumerate(location):
        is_there = part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int)
        if is_there:
            data = data[part]
        if is_there or (isinstance(data, dict) and position == len(location) - 1):
            path.append(part)
    return tuple(path)


def _unknown_key(model: type[BaseModel], document: YamlDocument, path: Where) -> Fault:
    names: set[str] = set()
    for found in _models_at(model, document.data, path[:-1]):
        names.update(info.alias or name for name, info in found.model_fields.items())
    key = str(path[-1])
    return Fault(
        code="KW105",
        place=document.place(*path),
        problem="unknown key",
        value=key,
        choices=tuple(sorted(names)),
        hint=closest(key, names),
    )


def _wrong_value(document: YamlDocument, path: Where, detail: Any) -> Fault:
    context = detail.get("ctx", {})
    choices = tuple(_QUOTED.findall(str(context.get("expected", "") or context.get("expected_tags", ""))))
    value = None if detail["type"] == "missing" else _shown(detail["input"])
    message = detail["msg"].removeprefix("Value error, ")
    return Fault(
        code="KW106",
        place=document.place(*path),
        problem="is missing" if detail["type"] == "missing" else message[:1].lower() + message[1:],
        value=value,
        choices=choices,
        hint=closest(value, choices) if value else None,
    )


def _shown(value: Any) -> str:
    """A plain value as text; a list or mapping, which may be long, by its kind, as in `- a: b` where text was meant."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return "null" if value is None else str(value)


def _models_at(annotation: Any, data: Any, path: Where) -> Iterator[type[BaseModel]]:
    """The models that the value at `path` may be, as the annotations say."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not _kind_fits(annotation, data):
            return
        if not path:
            yield annotation
            return
        for name, info in annotation.model_fields.items():
            if path[0] in (name, info.alias):
                yield from _models_at(info.annotation, _inside(data, path[0]), path[1:])
        return
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        for argument in arguments:
            yield from _models_at(argument, data, path)
    elif origin in (tuple, list, dict) and path:
        inner = arguments[1] if origin is dict else arguments[0]
        yield from _models_at(inner, _inside(data, path[0]), path[1:])
    elif arguments and origin is not Literal:
        yield from _models_at(arguments[0], data, path)  # Annotated


def _inside(data: Any, part: str | int) -> Any:
    try:
        return data[part]
    except (KeyError, IndexError, TypeError):
        return None


def _kind_fits(model: type[BaseModel], data: Any) -> bool:
    """Whether the model's `kind` field, where it has a closed one, allows the data's."""
    info = model.model_fields.get("kind")
    if info is None or get_origin(info.annotation) is not Literal or not isinstance(data, dict):
        return True
    return data.get("kind", info.default) in get_args(info.annotation)
