"""Frozen dataclasses as canonical JSON, and back: the bytes that evidence is made of.

The same value gives the same bytes everywhere: keys sorted, ASCII, no blanks. Decimals are text,
days and moments ISO 8601. What is read back equals what was written.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class NotCanonicalError(ValueError):
    """The data is not what the type demands."""


def dumps(data: object) -> str:
    """Plain data (what ``encode`` gives) as canonical JSON."""
    return compact(data) + "\n"


def compact(data: object) -> str:
    """Plain data on one line, without its end: what digests are made of."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)


def indented(data: object) -> str:
    """Plain data as JSON for people: ASCII only, so that no name of a supplier's can steer the
    terminal it is printed on."""
    text = json.dumps(data, indent=2, sort_keys=True, allow_nan=False)
    return text.replace("\x7f", "\\u007f") + "\n"


def encode(value: object) -> Any:
    """A value made of frozen dataclasses, tuples and plain values as data for JSON."""
    if is_dataclass(value):
        return {each.name: encode(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [encode(each) for each in value]
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if isinstance(value, date):  # a moment is a date too
        return value.isoformat()
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form")


def decode(kind: type[T], data: object) -> T:
    """The value of type ``kind`` that ``encode`` made ``data`` of; a field that is younger than the
    data has its default (NotCanonicalError)."""
    value: T = _decode(kind, data)
    return value


def _decode(kind: Any, data: Any) -> Any:  # noqa: PLR0911  # one line for each kind of type
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return _one_of(arguments, data)
    if origin is Literal:
        return _checked(data in arguments, data, kind)
    if origin is tuple:
        _checked(isinstance(data, list), data, kind)
        if arguments[1:] == (...,):
            return tuple(_decode(arguments[0], each) for each in data)
        _checked(len(data) == len(arguments), data, kind)
        return tuple(map(_decode, arguments, data))
    if is_dataclass(kind):
        return _dataclass(kind, data)
    if kind in {Decimal, Fraction}:
        return kind(_checked(isinstance(data, str), data, kind))
    if kind in {date, datetime}:
        return kind.fromisoformat(_checked(isinstance(data, str), data, kind))
    if kind is float:
        return float(_checked(type(data) in {int, float}, data, kind))
    return _checked(type(data) is kind, data, kind)


def _one_of(kinds: tuple[Any, ...], data: Any) -> Any:
    if data is None:
        return _checked(NoneType in kinds, data, kinds)
    for kind in kinds:
        if kind is not NoneType:
            try:
                return _decode(kind, data)
            except (NotCanonicalError, ValueError, ArithmeticError):
                continue
    raise NotCanonicalError(f"{str(data)[:40]!r} is not one of {kinds}")


def _dataclass(kind: Any, data: Any) -> Any:
    _checked(isinstance(data, dict), data, kind)
    types = _types(kind)
    if unknown := sorted(data.keys() - types.keys()):
        raise NotCanonicalError(f"{kind.__name__} knows no {unknown[0]}")
    for each in fields(kind):
        if each.name not in data and each.default is MISSING and each.default_factory is MISSING:
            raise NotCanonicalError(f"{kind.__name__} lacks {each.name}")
    return kind(**{name: _decode(types[name], each) for name, each in data.items()})


@cache
def _types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _checked(holds: bool, data: Any, kind: Any) -> Any:
    if not holds:
        raise NotCanonicalError(f"{str(data)[:40]!r} is not of type {kind}")
    return data
