"""Entries of a bundle as text: canonical JSON, whole or a value a line, read as hostile."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from quality.errors import DisagreementError
from quality.evidence.archive import Entries
from quality.model.canonical import NotCanonicalError, decode, dumps, encode

T = TypeVar("T")


def written(value: object) -> bytes:
    """A value of our dataclasses as an entry."""
    return dumps(encode(value)).encode()


def lines(values: Iterable[object]) -> bytes:
    """Plain values as an entry, a line each."""
    return "".join(map(dumps, values)).encode()


def data_of(entries: Entries, name: str) -> Any:
    """The plain data of an entry (DisagreementError)."""
    if name not in entries:
        raise DisagreementError(f"{name} is not there")
    try:
        return json.loads(entries[name])
    except (ValueError, RecursionError):
        raise DisagreementError(f"{name} is not JSON") from None


def lines_of(entries: Entries, name: str) -> Iterator[list[Any]]:
    """The rows of an entry, each a list (DisagreementError with the line)."""
    if name not in entries:
        raise DisagreementError(f"{name} is not there")
    for number, line in enumerate(entries[name].splitlines(), 1):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, list):
            raise DisagreementError(f"{name}, line {number}: this is not a row")
        yield row


def value_of(entries: Entries, name: str, kind: type[T]) -> T:
    """The value that an entry holds (DisagreementError)."""
    try:
        return decode(kind, data_of(entries, name))
    except (NotCanonicalError, ValueError, TypeError, ArithmeticError, RecursionError) as error:
        raise DisagreementError(f"{name}: {str(error)[:200]}") from None
