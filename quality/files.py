"""Files beside a contract: where they are, and how they are written: never by half, but beside,
and then they take their name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quality.errors import MeasureError

WORKSPACE = "workmanship.yaml"
MOST_FILES = 1_000  # of one source


def workspace_file(folder: Path) -> Path | None:
    """The workspace file of a folder or of the nearest one above it; None: there is none."""
    start = folder.absolute()
    found = (each / WORKSPACE for each in (start, *start.parents))
    return next((each for each in found if each.is_file()), None)


def files_at(folder: Path, pattern: str) -> list[Path]:
    """The files of a place that a contract in a folder names, a file or a pattern, in order; the
    first ``MOST_FILES`` of many; none at a place that cannot be: a name too long, an odd pattern,
    the home of nobody."""
    try:
        given = Path(pattern).expanduser()
        if (folder / given).is_file():
            return [folder / given]
        root = Path(given.anchor) if given.is_absolute() else folder
        inside = given.relative_to(given.anchor) if given.is_absolute() else given
        found = sorted(each for each in root.glob(str(inside)) if each.is_file())
        return found[:MOST_FILES]
    except (OSError, RuntimeError, ValueError, NotImplementedError):
        return []


def write(file: Path, text: str) -> None:
    """Write a file and the folders that it lies in; a device is just written to (MeasureError)."""
    with _named(file):
        if file.exists() and not file.is_file():
            file.write_text(text, encoding="utf-8", newline="")
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            _beside(file, text, kept=False).replace(file)


def write_bytes(file: Path, content: bytes) -> None:
    """Write a file of bytes, as ``write`` does one of text (MeasureError)."""
    with _named(file):
        if file.exists() and not file.is_file():
            file.write_bytes(content)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            half = half_of(file)
            half.write_bytes(content)
            half.replace(file)


def write_half(file: Path, text: str) -> Path:
    """Write what is to become ``file`` beside it, safe on the disk (MeasureError)."""
    with _named(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        return _beside(file, text, kept=True)


def finish(half: Path, file: Path) -> None:
    """Give a half its name, safe on the disk (MeasureError)."""
    with _named(file):
        half.replace(file)
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def half_of(file: Path) -> Path:
    """Where a file lies while it is written."""
    return file.with_name(f".{file.name}.part")


def _beside(file: Path, text: str, kept: bool) -> Path:
    half = half_of(file)
    with half.open("w", encoding="utf-8", newline="") as stream:
        stream.write(text)
        if kept:
            stream.flush()
            os.fsync(stream.fileno())
    return half


@contextmanager
def _named(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MeasureError(f"cannot write {file}: {error.strerror}") from error
