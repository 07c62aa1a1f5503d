"""The Python in a Jupyter notebook: its code cells, joined line by line.

Line 1 of the text is the first line of the first code cell; each cell starts on a new line, and
nothing stands between two cells. What IPython takes and Python does not becomes a comment of the
same line, or a statement that does nothing where a block would else be empty.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterator
from typing import Any

OTHERS = 10  # percent of a notebook's code lines that may be in cells of other languages

# Cell magics whose cell is Python all the same.
_CELLS = "capture debug lprun memit mprun prun pypy python python3 time timeit writefile"
PYTHON_CELLS = frozenset(_CELLS.split())
_CELL_MAGIC = re.compile(r"\s*%%(\w+)")
_MAGIC = re.compile(r"[ \t]*(?:%{1,2}[A-Za-z]|!|\?{1,2}\w|[\w.%*]+\?{1,2}[ \t]*(?:#.*)?\Z)")
_CAPTURED = re.compile(r"([\w.,\[\]'\" \t]+=[ \t]*)(?:!|%[A-Za-z])")
# One piece of Python each: a string, a comment, a bracket, a line's end, anything else.
_PIECES = re.compile(
    r"""\"{3}(?:[^"\\]|\\.|"(?!""))*(?:\"{3}|\Z) | '{3}(?:[^'\\]|\\.|'(?!''))*(?:'{3}|\Z)
    | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'? | \#[^\n]* | (?P<open>[([{]) | (?P<close>[])}])
    | \\\n | (?P<end>\n) | [^\s"'\#()\[\]{}\\]+ | .""",
    re.VERBOSE | re.DOTALL,
)

# What pylint finds in a script and IPython allows: a value to be shown, awaiting in a cell, and
# the names that it defines.
_ALLOWED = frozenset({"E1142", "W0104", "W0106"})
_DEFINED = re.compile(r"Undefined variable '(?:display|get_ipython|In|Out|exit|quit|_\d*|__|_i+)'")


class NotebookError(Exception):
    """The content is no notebook whose code can be read; the text is the reason."""


def cells(text: str) -> str:
    """The Python of a notebook's code cells (format 3 or 4).

    Raises NotebookError where the text is no notebook, its kernel runs no Python, or more than
    OTHERS percent of the lines stand in cells of other languages, such as ``%%bash``.
    """
    sources = list(_sources(text))
    lines = [line for source in sources for line in _lines(source)]
    foreign = [line for source in sources if _foreign(source) for line in _lines(source)]
    others, code = (sum(bool(line.strip()) for line in each) for each in (foreign, lines))
    if others * 100 > OTHERS * code:
        raise NotebookError(f"{others} of {code} code lines stand in cells of other languages")
    return "\n".join(_python(source) for source in sources)


def allowed(rule: str, message: str) -> bool:
    """Whether IPython takes what pylint's message is about."""
    return rule in _ALLOWED or (rule == "E0602" and bool(_DEFINED.match(message)))


def _sources(text: str) -> Iterator[str]:
    """The code cells' texts."""
    try:
        book = json.loads(text)
    except ValueError as error:
        raise NotebookError("not a notebook: malformed JSON") from error
    if not isinstance(book, dict):
        raise NotebookError("not a notebook: no JSON object")
    if (kernel := _kernel(book.get("metadata"))) not in ("", "python"):
        raise NotebookError(f"a notebook of {kernel}: only Python's are read")
    sheets = book.get("worksheets", [book])
    for sheet in sheets if isinstance(sheets, list) else [None]:
        found = sheet.get("cells") if isinstance(sheet, dict) else None
        if not isinstance(found, list):
            raise NotebookError("not a notebook: no cells")
        for cell in found:
            if not isinstance(cell, dict):
                raise NotebookError("not a notebook: a cell is no object")
            if cell.get("cell_type") == "code":
                yield _source(cell)


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input"))
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    if isinstance(source, str):
        return source
    raise NotebookError("not a notebook: a code cell without text")


def _kernel(metadata: object) -> str:
    """The language that the notebook says it is in, in lower case; "" if it says none."""
    said = metadata if isinstance(metadata, dict) else {}
    for part, key in (("language_info", "name"), ("kernelspec", "language")):
        found = said.get(part)
        if isinstance(found, dict) and isinstance(found.get(key), str):
            return re.sub(r"\W+|\d", "", found[key].lower()).removeprefix("i")[:20]
    return ""


def _foreign(source: str) -> bool:
    magic = _CELL_MAGIC.match(source)
    return magic is not None and magic[1].lower() not in PYTHON_CELLS


def _lines(source: str) -> list[str]:
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _python(source: str) -> str:
    lines = _lines(source)
    if _foreign(source):
        return "\n".join(f"# {line}".rstrip() for line in lines)
    if _parses(source):
        return "\n".join(lines)
    return _translated("\n".join(lines))


def _parses(source: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


def _translated(source: str) -> str:
    """The text with each magic line turned into Python; one inside a string or brackets is none."""
    done, at = list[str](), 0
    while at < len(source):
        line = _line(source, at)
        changed = _without_magic(line)
        while changed and line.endswith("\\") and at + len(line) < len(source):
            at += len(line) + 1  # the command goes on
            line = _line(source, at)
            changed += f"\n# {line}"
        end = at + len(line) + 1 if changed else _statement_end(source, at)
        done.append(changed + "\n" if changed else source[at:end])
        at = end
    return "".join(done).removesuffix("\n" * (not source.endswith("\n")))


def _line(source: str, at: int) -> str:
    end = source.find("\n", at)
    return source[at : end if end >= 0 else len(source)]


def _statement_end(source: str, at: int) -> int:
    """Where the statement that starts at ``at`` is over, its line's end included."""
    depth = 0
    for piece in _PIECES.finditer(source, at):
        depth += (piece.lastgroup == "open") - (piece.lastgroup == "close")
        if piece.lastgroup == "end" and depth <= 0:
            return piece.end()
    return len(source)


def _without_magic(line: str) -> str:
    """A magic line as Python; "" for any other line."""
    indent = line[: len(line) - len(line.lstrip())]
    if _MAGIC.match(line):
        return f"{indent}pass  # {line.strip()}" if indent else f"# {line}".rstrip()
    if captured := _CAPTURED.match(line):
        return f"{captured[1]}input()  # {line[captured.end(1) :]}"
    return ""
