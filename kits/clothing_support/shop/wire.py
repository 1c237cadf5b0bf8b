"""Shop records as JSON and back: dates as ISO 8601, money as strings, field names as in `interface.py`.

One reader serves every record: it follows the dataclass's own types, so a new field needs no code here.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar, cast

Record = TypeVar("Record")


def to_json(value: object) -> object:
    """Return a record, or anything made of records, as plain JSON data."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_json(kind: type[Record], data: object) -> Record:
    """Return the record that JSON data describes; unknown keys are passed over, so a shop may send more.

    Raises:
        ValueError: The data do not describe such a record.
    """
    return cast(Record, _read(kind, data))


def _read(kind: object, data: object) -> object:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _read_record(kind, data)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        if not isinstance(data, list):
            raise ValueError("a list is expected")
        return tuple(_read(arguments[0], item) for item in data)
    if origin is types.UnionType:
        return None if data is None else _read(arguments[0], data)
    return _read_plain(kind, data)


def _read_record(kind: type, data: object) -> object:
    if not isinstance(data, Mapping):
        raise ValueError(f"{kind.__name__} is expected to be an object")
    hints = typing.get_type_hints(kind)
    try:
        return kind(**{name: _read(hint, data[name]) for name, hint in hints.items() if name in data})
    except TypeError as error:
        raise ValueError(f"{kind.__name__} lacks a field") from error


def _read_plain(kind: object, data: object) -> object:
    readers: dict[object, Callable[[object], object]] = {
        date: lambda value: date.fromisoformat(str(value)),
        Decimal: _money,
        float: _number,
    }
    if kind in readers:
        return readers[kind](data)
    if not isinstance(data, cast(type, kind)) or (kind is int and isinstance(data, bool)):
        raise ValueError(f"{getattr(kind, '__name__', kind)} is expected")
    return data


def _money(value: object) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError("money is expected") from error
    if not amount.is_finite():
        raise ValueError("money is expected")
    return amount


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("a number is expected")
    return float(value)
