"""A blob's bytes as text, strictly: what every analyzer does first, so that all refuse alike."""

from __future__ import annotations

import codecs
import io
import tokenize
from collections.abc import Callable, Iterator, Sequence

from quality.model import Blob, Facts, Row
from quality.recipe import Limits, Recipe

LFS_POINTER = b"version https://git-lfs.github.com/spec/"


class UnmeasurableError(Exception):
    """A blob cannot be measured; the text is the reason that stands in its facts."""


def decode(blob: Blob, limits: Limits) -> str:
    """The blob's text without byte order mark, line ends as they are.

    Python follows its coding cookie, everything else must be UTF-8. Raises UnmeasurableError for
    NUL bytes, undecodable bytes, Git LFS pointers and what is over the recipe's limits.
    """
    content = blob.content
    if reason := oversize(len(content), limits):
        raise UnmeasurableError(reason)
    if content.startswith(LFS_POINTER):
        raise UnmeasurableError("Git LFS pointer: the content is not in the repository")
    if b"\0" in content:
        raise UnmeasurableError("contains NUL bytes")
    text = _decoded(content, blob.language)
    lines = text.split("\n")
    if len(lines) > limits.file_lines:
        raise UnmeasurableError(f"longer than {limits.file_lines} lines")
    if max(map(len, lines)) > limits.line_columns:
        raise UnmeasurableError(f"a line is longer than {limits.line_columns} columns")
    return text


def oversize(size: int, limits: Limits) -> str | None:
    """The reason why a blob of ``size`` bytes is not even read, or None."""
    return f"larger than {limits.file_bytes} bytes" if size > limits.file_bytes else None


def _decoded(content: bytes, language: str) -> str:
    encoding = "utf-8-sig"
    if language == "python":
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
            codecs.lookup(encoding)
        except (SyntaxError, LookupError) as error:
            raise UnmeasurableError("unknown or wrong coding cookie") from error
    try:
        return content.decode(encoding, errors="strict")
    except (UnicodeError, LookupError) as error:
        raise UnmeasurableError(f"undecodable bytes: not {encoding}") from error


def one_by_one(
    analyzer: str,
    analyze: Callable[[str, str], Sequence[Row]],
    blobs: Sequence[Blob],
    recipe: Recipe,
) -> Iterator[Facts]:
    """Facts of each blob from ``analyze(text, language)``; what Python raises on hostile input
    becomes the reason."""
    for blob in blobs:
        reason, rows = None, ()
        try:
            rows = tuple(analyze(decode(blob, recipe.limits), blob.language))
        except UnmeasurableError as error:
            reason = str(error)
        except RecursionError:
            reason = "nested too deeply"
        except MemoryError:
            reason = "over the memory limit"
        except (SyntaxError, ValueError, OverflowError) as error:
            reason = f"syntax error: {error}"
        yield Facts(blob.oid, blob.language, analyzer, reason, rows)
