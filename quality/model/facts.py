"""Facts: what one analyzer says of one blob, and the blob itself.

A kind of row names the database's table that holds it; its fields are the table's columns, after
the measurement's id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal, get_args


@dataclass(frozen=True, slots=True)
class Blob:
    """One file's content: all that an analyzer ever gets. ``oid`` is git's object id (hex)."""

    oid: str
    language: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FileSize:
    """The size of a file as lizard counts it: lines of code without blank and comment lines."""

    table: ClassVar[str] = "file_sizes"
    nloc: int


@dataclass(frozen=True, slots=True)
class Function:
    """A function as its reader sees it: lizard, or the syntax tree where lizard is blind. Lines
    are 1-based; ``body`` is a 64-bit digest of its code, comments and white space left out;
    ``cognitive``: its cognitive complexity, None where the language has no tree."""

    table: ClassVar[str] = "functions"
    name: str
    start_line: int
    end_line: int
    nloc: int
    ccn: int
    tokens: int
    parameters: int
    nesting: int
    body: int
    reader: Literal["lizard", "tree"] = "lizard"
    cognitive: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A Python function or method as radon sees it, with radon's cyclomatic complexity."""

    table: ClassVar[str] = "blocks"
    name: str
    kind: Literal["function", "method"]
    start_line: int
    end_line: int
    cc: int


@dataclass(frozen=True, slots=True)
class PythonFile:
    """radon's raw counts, Halstead measures and maintainability index of one Python file.

    ``mi_millionths`` is the index (0-100) times 1,000,000, rounded: sums stay exact.
    """

    table: ClassVar[str] = "python_files"
    loc: int
    lloc: int
    sloc: int
    comments: int
    multi: int
    single_comments: int
    blank: int
    volume: float
    difficulty: float
    effort: float
    mi_millionths: int


@dataclass(frozen=True, slots=True)
class CodeLines:
    """A file's normalised code lines in order: their 1-based numbers and 64-bit hashes.

    Comments are taken out and empty lines are left out, so duplication is a query over the hashes.
    ``shapes``: the same of the lines whose shape says something, with one sign for every name and
    one for every literal; ``shape_numbers``: where they stand.
    """

    table: ClassVar[str] = "code_lines"
    numbers: tuple[int, ...]
    hashes: tuple[int, ...]
    shape_numbers: tuple[int, ...]
    shapes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A message of an error analyzer. ``context`` is a 64-bit digest of the line's code, white
    space folded; ``hidden``: a directive in the file would have hidden it."""

    table: ClassVar[str] = "findings"
    line: int
    column: int
    rule: str
    message: str
    context: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that asks an analyzer to look away: the tool it speaks to, and its text."""

    table: ClassVar[str] = "suppressions"
    line: int
    tool: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A comment at the head of a file that claims it is generated. It changes nothing."""

    table: ClassVar[str] = "claims"
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Oddity:
    """What in a file can lift a value without better code, and no number counts: choices that no
    branch shows, code in texts, keywords behind macros."""

    table: ClassVar[str] = "oddities"
    line: int
    kind: Literal["choices", "texts", "keywords"]
    text: str


@dataclass(frozen=True, slots=True)
class Import:
    """What a file imports, as a path: from the folder ``up`` folders above its own, or, where that
    is None, from wherever its language looks. Without a target: there were too many to keep."""

    table: ClassVar[str] = "imports"
    line: int
    up: int | None
    target: str


Row = (
    Claim
    | FileSize
    | Function
    | Block
    | PythonFile
    | CodeLines
    | Finding
    | Import
    | Oddity
    | Suppression
)
ROWS: tuple[type[Any], ...] = get_args(Row)


Cause = Literal["supplier", "ours"]
"""Who is to blame that something could not be measured: what was delivered or withheld, or the
measurer's own limits, tools, machine and network. What cannot be proved of the supplier is ours."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one analyzer says of one blob: rows, or the ``reason`` why it could not be measured,
    and whose ``cause`` that is."""

    blob: str
    language: str
    analyzer: str
    reason: str | None
    rows: tuple[Row, ...] = ()
    cause: Cause | None = None

    def __post_init__(self) -> None:
        if (self.reason is None) != (self.cause is None):
            raise ValueError(f"a reason needs a cause, and a cause a reason: {self}")
