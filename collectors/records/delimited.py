"""The rows of a CSV file: its dialect is told by the header, its encoding by its mark or declared.

Strict: a row that has other fields than the header, or ends within quotes, is an error, since that
is what a truncated export looks like. Formulas are text, as everything is.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from collectors.records.text import CHUNK, UnreadableError, codec_of, line_of

LONGEST = 4_000_000  # characters of a line, and of a field
LONGEST_ROW = 16_000_000
COLUMNS = 10_000
_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')
_ODD = re.compile(r"[\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # may end a line to str.splitlines
_EXCEL = re.compile(r'"?sep=(.)"?\r?\n?')


class Delimited:
    """A CSV file. ``header``: as it stands, each name on one line; names may repeat."""

    unit = "line"

    def __init__(self, file: BinaryIO, encoding: str = "") -> None:
        csv.field_size_limit(LONGEST)
        self._codec, self._name = codec_of(file.read(3), encoding)
        self._file = file
        self._begin()

    def _begin(self) -> None:
        """Read the header, from the file's beginning on."""
        self._file.seek(0)
        self._size, self._skipped, self._taken = 0, 0, False
        lines = self._lines()
        first = next((line for line in lines if line.strip("\ufeff \t\r\n")), "").lstrip("\ufeff")
        if excel := _EXCEL.fullmatch(first):
            first, self._skipped = next(lines, ""), 1
        delimiter = excel[1] if excel else _delimiter(first)
        self._reader = csv.reader(chain([first], lines), delimiter=delimiter, strict=True)
        raw = self._next()
        if not raw:
            raise UnreadableError("it is empty: not even a header")
        if len(raw) > COLUMNS:
            raise UnreadableError(f"it has more than {COLUMNS:,} columns")
        while raw and not raw[-1].strip():
            raw.pop()
        if any("\0" in name for name in raw):
            raise UnreadableError("it holds NUL: state its encoding:")
        self.header = [line_of(name).strip() for name in raw]

    @property
    def line(self) -> int:
        """The line at which the last row ends."""
        return self._reader.line_num + self._skipped

    def rows(self) -> Iterator[list[str]]:
        """Each row, as many fields as the header; a header that stands again is none. Asked once
        more, they are read from the beginning again."""
        if self._taken:
            self._begin()
        self._taken = True
        header, width = self.header, len(self.header)
        try:
            for row in self._reader:
                self._size = 0
                if not (row and row[0]) and not any(row):
                    continue
                if len(row) != width:
                    self._fit(row, width)
                if row != header:
                    yield row
        except csv.Error as error:
            raise self._unreadable(error) from None

    def _next(self) -> list[str] | None:
        try:
            return next(self._reader, None)
        except csv.Error as error:
            raise self._unreadable(error) from None

    def _fit(self, row: list[str], width: int) -> None:
        if len(row) < width or any(row[width:]):
            raise UnreadableError(
                f"line {self.line:,}: {len(row):,} fields where the header has {width:,}"
            )
        del row[width:]

    def _lines(self) -> Iterator[str]:
        """Each line with its end. A row of several is not followed beyond its bounds."""
        read, decode = self._file.read, codecs.getincrementaldecoder(self._codec)("strict").decode
        rest, number, ended = "", 0, False
        while not ended:
            more = read(CHUNK)
            ended = not more
            try:
                text = decode(more, final=ended)
            except UnicodeDecodeError as error:
                number += _ends(rest + error.object[: error.start].decode(self._codec, "replace"))
                raise UnreadableError(
                    f"is not {self._name} after line {number:,}: state its encoding:"
                ) from None
            self._size += len(text)
            lines = _split(rest + text)
            rest = lines.pop() if lines and not ended else ""
            if len(rest) >= LONGEST or self._size > LONGEST_ROW:
                raise UnreadableError("a row is too long: is a quotation mark missing?")
            yield from lines
            number += len(lines)

    def _unreadable(self, error: Exception) -> UnreadableError:
        said = str(error)
        if "unexpected end" in said:
            said = "it ends in the middle of a quoted field"
        elif "field larger" in said:
            said = "a field that is too long: is a quotation mark missing?"
        return UnreadableError(f"line {self.line:,}: {line_of(said)}")


def _split(text: str) -> list[str]:
    """The lines of a text with their ends, which are those of files: a form feed is none."""
    if _ODD.search(text):
        return io.StringIO(text, newline="").readlines()
    return text.splitlines(keepends=True)


def _ends(text: str) -> int:
    return sum(line.endswith(("\n", "\r")) for line in _split(text))


def _delimiter(line: str) -> str:
    bare = _QUOTED.sub("", line)
    return max(_DELIMITERS, key=bare.count)
