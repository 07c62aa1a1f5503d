"""Any spreadsheet (XLSX): fields by the names in the first row of a sheet.

Formulas are not evaluated: they are text, and so no stamp. For large exports take CSV, which is
read ten times as fast.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO

from collectors.records.mapped import kinds
from collectors.records.mapped.csv_file import column
from collectors.records.mapped.fields import Get, Nested
from collectors.records.text import UnreadableError, line_of
from quality.model.records import Asked, Record, RecordKind

KINDS: frozenset[RecordKind] = frozenset(kinds.FIELDS)
FIELDS: Mapping[RecordKind, tuple[str, ...]] = {
    kind: (*names, "sheet") for kind, names in kinds.FIELDS.items()
}
REVISION = 2
PARTS = 10_000
SHEET = 1 << 30  # bytes of a sheet when unpacked
PART = 1 << 26  # of anything else, such as the texts that sheets share
ROWS = 1_048_576  # of a sheet, by its format
COLUMNS = 10_000


def read(file: BinaryIO, asked: Asked) -> Iterator[Record]:
    """The records of a file (UnreadableError)."""
    _small_enough(file)
    return kinds.records(
        XlsxTable(_cells(file, asked.fields.get("sheet", ""), asked.stamps)), asked
    )


class XlsxTable:
    """Rows of a sheet, by the names in its header."""

    unit = "row"
    nested: Nested = None

    def __init__(self, walk: Iterator[tuple[int, list[Any]]]) -> None:
        self._walk = walk
        self.line, header = next(walk, (0, []))
        if not header:
            raise UnreadableError("it is empty: not even a header")
        self.header = [line_of(str(name)) if name is not None else "" for name in header]

    def rows(self) -> Iterator[list[Any]]:
        """Each row in which something stands, as many cells as the header."""
        width = len(self.header)
        for line, row in self._walk:
            self.line = line
            if len(row) > width:
                raise UnreadableError(f"row {line:,}: something stands beside the columns")
            yield row + [None] * (width - len(row))

    def find(self, name: str) -> Get | None:
        """The column of a name."""
        return column(self.header, name)

    def has(self, name: str) -> bool:
        """Whether a column has the name."""
        return self.find(name) is not None

    def together(self, _: Get) -> bool:
        """Nobody knows before the end, and then they are gone."""
        return False


def _small_enough(file: BinaryIO) -> None:
    """No bomb: the sizes are those that unpacking stops at."""
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise UnreadableError("not an XLSX file, or it is cut off") from None
    file.seek(0)
    if len(parts) > PARTS:
        raise UnreadableError(f"it has more than {PARTS:,} parts")
    for part in parts:
        most = SHEET if part.filename.startswith("xl/worksheets/") else PART
        if part.file_size > most:
            raise UnreadableError(f"a part of it unpacks to more than {most:,} bytes")


def _cells(file: BinaryIO, name: str, stamps: str) -> Iterator[tuple[int, list[Any]]]:
    """Number and values of each row of a sheet in which something stands."""
    from defusedxml.common import DefusedXmlException
    from openpyxl import load_workbook

    try:
        book = load_workbook(file, read_only=True, keep_links=False)
        names = [sheet.title for sheet in book.worksheets]
        if name and name not in names:
            raise UnreadableError(f"it has no sheet {line_of(name, 40)}")
        sheet = book[name or names[0]]
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if number > ROWS or len(cells) > COLUMNS:
                raise UnreadableError(f"it has more than {ROWS:,} rows or {COLUMNS:,} columns")
            row = [_value(cell, stamps) for cell in cells]
            while row and row[-1] in (None, ""):
                row.pop()
            if row:
                yield number, row
    except UnreadableError:
        raise
    except Exception as error:  # the library has no error of its own for what it cannot read
        if isinstance(error.__context__ or error, DefusedXmlException):
            raise UnreadableError("it declares entities, which are not read") from None
        raise UnreadableError(f"not a readable XLSX file: {line_of(str(error), 100)}") from None


def _value(cell: Any, stamps: str) -> Any:
    """What stands in a cell; a stamp as the source writes them, and to the second, since sheets
    count days in fractions; a day that is shown without a time is none."""
    value = cell.value
    if isinstance(value, datetime):
        if "h" not in cell.number_format.lower():
            return value.date().isoformat()
        value = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        return value.strftime(stamps) if stamps else value.isoformat()
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value.isoformat() if isinstance(value, date) else str(getattr(value, "text", value))
