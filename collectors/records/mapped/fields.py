"""Fields of ours in the rows of an export: what stands in them, under the names of the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Protocol

from collectors.records.text import UnreadableError, line_of
from quality.model.records import Asked

Get = Callable[[Any], Any]
"""Takes a field out of a row; "" or None: nothing stands there."""

Nested = Callable[[Any], list[Any]] | None
LISTED = 12  # columns that an error names


class Table(Protocol):
    """The rows of an export, of whatever format."""

    def rows(self) -> Iterator[Any]:
        """Each row as it is read."""

    unit: str
    nested: Nested
    """Takes the events out of a row in which they stand as rows of their own."""

    @property
    def header(self) -> Sequence[str]:
        """The names of the source's columns; none where a field may stand in any row."""

    @property
    def line(self) -> int:
        """Where the last row stands, counted in units: lines, rows or records."""

    def find(self, name: str) -> Get | None:
        """Takes the field of a name of the source's out of a row; None: there is none."""

    def has(self, name: str) -> bool:
        """Whether rows are known to have it, also where ``find`` cannot tell."""

    def together(self, get: Get) -> bool:
        """Whether rows in which the same id stands are known to stand one after the other; all
        rows can then still be read (UnreadableError)."""


class Fields:
    """The fields that a table has, of those that a kind of record knows."""

    def __init__(self, table: Table, asked: Asked, known: tuple[str, ...]) -> None:
        self._found: dict[str, Get] = {}
        self._columns = table.header
        self._given = {name for name in known if name in asked.fields or table.has(name)}
        for name in known:
            stated = asked.fields.get(name)
            get = table.find(stated or name)
            if get:
                self._found[name] = get
            elif stated:
                where = f"{line_of(stated, 60)} ({name}: in fields:)"
                raise UnreadableError(f"it has no field {where}{self._instead(stated)}")

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def given(self, name: str) -> bool:
        """Whether it is known to be there."""
        return name in self._given

    def get(self, name: str) -> Get:
        """Takes a field out of a row; one that is not there is empty."""
        return self._found.get(name, nothing)

    def need(self, *names: str) -> None:
        """These have to be there (UnreadableError)."""
        for name in names:
            if name not in self._found:
                hint = f"{name}: name it in fields:{self._instead(name)}"
                raise UnreadableError(f"it has no field {hint}")

    def _instead(self, name: str) -> str:
        """Which column may be meant by a name, and which there are."""
        near, listed = near_of(name, self._columns), self._columns[:LISTED]
        more = len(self._columns) - len(listed)
        named = ", ".join(line_of(each, 60) for each in listed)
        end = f"It has {named}{f' and {more:,} more' if more else ''}"
        return f", did you mean {line_of(near, 60)}? {end}" if near else f". {end}"


def near_of(word: str, options: Sequence[str]) -> str | None:
    """The option that ``word`` most likely means: that has it as a word, or is spelt alike."""
    small = {_parted(each[:80]): each for each in reversed(options)}
    said = _parted(word[:80])
    whole = [each for each in small if said in each.split()]
    near = whole or get_close_matches(said, small, n=1, cutoff=0.6)
    return small[near[-1]] if near else None


def _parted(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name).strip().casefold()


def placed(table: Table, error: UnreadableError, line: int = 0) -> UnreadableError:
    """What is wrong with a row, and where that stands."""
    return UnreadableError(f"{table.unit} {line or table.line:,}: {error}")


def words(fields: Mapping[str, str], name: str) -> dict[str, str]:
    """What the source's words for values of a field mean: ``role.agent: Staff | Supporter``. In
    small letters."""
    found = dict[str, str]()
    for key, said in fields.items():
        field, _, meaning = key.partition(".")
        if field == name and meaning:
            found |= {each.strip().casefold(): meaning for each in said.split("|")}
    return found


def text(value: object, longest: int = 100) -> str:
    """A field as a text on one line; "" where nothing stands."""
    if type(value) is not str:
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        elif not isinstance(value, (int, float)):
            raise UnreadableError("a text was expected, there is a list or an object")
        value = str(value)
    return line_of(value, longest)


class Texts(dict[Any, str]):
    """Fields as texts, by what stands there: the few values that a file has over and over."""

    def __missing__(self, value: object) -> str:
        found = text(value)
        if len(self) < 50_000:
            self[value] = found
        return found


def identity(value: object) -> str:
    """The id of a record (UnreadableError: none, or so long that two might be taken for one)."""
    found = text(value, 400)
    if not found or len(found) > 200:
        raise UnreadableError("a record has no id" if not found else "an id is too long")
    return found


def yes(value: object) -> bool:
    """Whether something is said to be so: anything but no and nothing."""
    return text(value).casefold() not in {"", "0", "false", "no", "n", "f"}


def nothing(_: object) -> str:
    """Takes a field that no row has."""
    return ""
