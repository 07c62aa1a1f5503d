"""A blob's bytes as text, strictly: what every analyzer does first, so that all refuse alike."""

from __future__ import annotations

import codecs
import io
import tokenize
from collections.abc import Callable, Iterator, Sequence

from collectors.languages.components import scripts_alone
from collectors.languages.newer import broken, newer_syntax
from collectors.languages.notebooks import NotebookError, cells
from collectors.languages.spelling import RESPELT
from collectors.languages.suffixes import spoken
from quality.model.facts import Blob, Cause, Facts, Row
from quality.model.recipe import Limits, Recipe

LFS_POINTER = b"version https://git-lfs.github.com/spec/"
ASCII = bytes(range(32, 127)).replace(b"\\", b"") + b"\t\n\f\r\\u0041"
NOTEBOOK = "notebook"
SVELTE = "svelte"
REASON_LENGTH = 200


class UnmeasurableError(Exception):
    """A blob cannot be measured; the text is the reason that stands in its facts. What was
    delivered is the cause: it is no text of its language, or it is not there."""

    cause: Cause = "supplier"


class OverLimitError(UnmeasurableError):
    """A blob that others may be able to read is over a limit of the recipe's."""

    cause: Cause = "ours"


class AnalyzerDiedError(Exception):
    """A tool gave up on a batch, so blobs that got no facts must be measured in smaller ones; the
    text is the reason for a blob that is alone. The cause is ours: a tool's limits or faults.
    ``transient``: the machine's doing, which says nothing of the blob."""

    def __init__(self, reason: str, *, transient: bool = False) -> None:
        super().__init__(reason)
        self.transient = transient


def decode(blob: Blob, limits: Limits) -> str:
    """The blob's text without byte order mark, line ends as they are.

    Python follows its coding cookie, everything else must be UTF-8. A notebook's text is the
    Python of its code cells, see ``notebooks``; that of a Svelte page its scripts, with blanks for
    all else. Raises UnmeasurableError for NUL bytes, undecodable bytes, Git LFS pointers and
    (OverLimitError) what is over the recipe's limits.
    """
    content = blob.content
    if reason := oversize(len(content), blob.language, limits):
        raise OverLimitError(reason)
    if content.startswith(LFS_POINTER):
        raise UnmeasurableError("Git LFS pointer: the content is not in the repository")
    if b"\0" in content:
        raise UnmeasurableError("contains NUL bytes")
    cookies = spoken(blob.language) == "python" and blob.language != NOTEBOOK
    text = _decoded(content, _encoding(content) if cookies else "utf-8-sig")
    if blob.language == NOTEBOOK:
        text = _notebook(text)
    elif blob.language == SVELTE:
        text = scripts_alone(text)
    elif blob.language in RESPELT:
        text = RESPELT[blob.language](text)
    lines = unix(text).split("\n")
    if len(lines) > limits.file_lines:
        raise OverLimitError(f"longer than {limits.file_lines} lines")
    if max(map(len, lines)) > limits.line_columns:
        raise OverLimitError(f"a line is longer than {limits.line_columns} columns")
    return text


def oversize(size: int, language: str, limits: Limits) -> str | None:
    """The reason why a blob of ``size`` bytes is not even read, or None. Most of a notebook is what
    its cells put out, so that it has a limit of its own."""
    largest = limits.notebook_bytes if language == NOTEBOOK else limits.file_bytes
    return f"larger than {largest} bytes" if size > largest else None


def unix(text: str) -> str:
    r"""The text with \n for \r\n and \r, as editors, Python and lizard count lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _notebook(text: str) -> str:
    try:
        code = cells(text)
        code.encode("utf-8")  # JSON can spell halves of characters
    except NotebookError as error:
        raise UnmeasurableError(str(error)) from error
    except UnicodeError as error:
        raise UnmeasurableError("undecodable characters in a code cell") from error
    except RecursionError as error:
        raise UnmeasurableError("nested too deeply") from error
    if "\0" in code:
        raise UnmeasurableError("contains NUL bytes")
    return code


def _encoding(content: bytes) -> str:
    """The encoding of a Python file by mark and cookie.

    Only what extends ASCII: utf-7 or unicode_escape can make code out of a comment.
    """
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        name = codecs.lookup(encoding).name
        if ASCII.decode(name) == ASCII.decode("ascii"):
            return name
    except (SyntaxError, LookupError) as error:
        if "invalid or missing" in str(error):  # the first two lines themselves
            raise UnmeasurableError("undecodable bytes: not utf-8") from error
        raise UnmeasurableError("unknown or wrong coding cookie") from error
    except UnicodeError:
        pass
    raise UnmeasurableError(f"coding cookie {name}: no extension of ASCII")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding, errors="strict")
        text.encode("utf-8")  # refuses the halves of characters that some codecs let pass
    except UnicodeError as error:
        name = encoding.removesuffix("-sig")
        raise UnmeasurableError(f"undecodable bytes: not {name}") from error
    return text


def one_by_one(
    analyzer: str,
    analyze: Callable[[str, str], Sequence[Row]],
    blobs: Sequence[Blob],
    recipe: Recipe,
) -> Iterator[Facts]:
    """Facts of each blob from ``analyze(text, language)``, a dialect's language being the one it is
    spoken in; whatever exception a tool raises on hostile input becomes the reason (OSError: the
    machine's own trouble)."""
    for blob in blobs:
        reason, rows, text = None, tuple[Row, ...](), ""
        cause: Cause | None = None
        try:
            text = decode(blob, recipe.limits)
            rows = tuple(analyze(text, spoken(blob.language)))
        except SyntaxError as error:
            reason = newer_syntax(text) or _reason(error)
            python = spoken(blob.language) == "python"
            cause = "supplier" if python and broken(text) else "ours"
        except MemoryError as error:
            if len(blobs) > 1:  # perhaps its neighbours' doing: it is measured again alone
                raise AnalyzerDiedError("over the memory limit") from error
            reason, cause = _reason(error), "ours"
        except UnmeasurableError as error:
            reason, cause = _reason(error), error.cause
        except OSError:  # a full disk, say: the machine's, and no fact about the file
            raise
        except Exception as error:  # a tool's crash is a fact about the file
            reason, cause = _reason(error), "ours"
        yield Facts(blob.oid, blob.language, analyzer, reason, rows, cause)


def _reason(error: Exception) -> str:
    """One printable line, the same in every run: of unforeseen errors only the type's name."""
    match error:
        case UnmeasurableError():
            reason = str(error)
        case RecursionError():
            reason = "nested too deeply"
        case MemoryError():
            reason = "over the memory limit"
        case SyntaxError():
            where = f" in line {error.lineno}" if error.lineno else ""
            reason = f"syntax error: {error.msg}{where}"
        case _:
            reason = f"the tool failed: {type(error).__name__}"
    printable = "".join(char if char.isprintable() else " " for char in reason)
    return printable[:REASON_LENGTH]
