"""Opening the database file, and what its failures mean to the user."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from quality.errors import MeasureError
from quality.store.folder import make_folder
from quality.store.machine import Resources

STORAGE = "v1.5.0"  # the oldest DuckDB that can read the file
MAGIC = slice(8, 12), b"DUCK"  # where every DuckDB file says what it is
SAFE = {  # set while it is opened: afterwards it is too late to keep it from an extension
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    "preserve_insertion_order": "false",
}
_DAMAGED = (
    duckdb.IOException, duckdb.InternalException, duckdb.FatalException,
    duckdb.SerializationException, duckdb.DataError,
)  # fmt: skip


def connect(path: Path, read_only: bool, resources: Resources) -> duckdb.DuckDBPyConnection:
    """Open the file, or make it (MeasureError). A file that is only to be read and does not exist
    is an empty database in memory. What does not fit in memory goes to a folder beside it."""
    config: dict[str, Any] = SAFE | resources.settings()
    try:
        if read_only and not path.exists():
            spill = Path(tempfile.gettempdir()) / f"workmanship-{os.getpid()}.tmp"
            opened = duckdb.connect(":memory:", config=config | {"temp_directory": str(spill)})
        else:
            config["temp_directory"] = f"{path}.tmp"
            _check(path)
            if read_only:
                opened = duckdb.connect(path, read_only=True, config=config)
            else:
                make_folder(path.parent)
                stored = {"storage_compatibility_version": STORAGE}
                opened = duckdb.connect(path, config=config | stored)
    except OSError as error:
        raise MeasureError(f"cannot write {path}: {error.strerror}") from error
    except duckdb.Error as error:
        raise MeasureError(_why_not_open(path, str(error))) from error
    opened.execute("set enable_progress_bar = false")
    opened.execute("set lock_configuration = true")
    return opened


def _check(path: Path) -> None:
    """Refuse what is not a DuckDB file, before DuckDB looks for whatever could read it."""
    if not path.exists():
        return
    if not path.is_file():
        raise MeasureError(f"cannot open {path}: it is not a file")
    with path.open("rb") as stream:
        head = stream.read(MAGIC[0].stop)
    if head and head[MAGIC[0]] != MAGIC[1]:
        raise MeasureError(
            f"{path} is not a database of measurements: name another file with --database"
        )


def _why_not_open(path: Path, error: str) -> str:
    if "Could not set lock" in error:
        return f"{path} is in use by another process: wait until it has finished, or stop it"
    return f"cannot open {path}: {error.splitlines()[0]}"


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """All or nothing (MeasureError: a full disk, mostly)."""
    connection.execute("begin")
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # a broken file has no way back: say what broke it
            connection.execute("rollback")
        raise
    try:
        connection.execute("commit")
    except (duckdb.TransactionException, duckdb.IOException) as error:
        raise _no_room(path, str(error)) from error


def _no_room(path: Path, error: str) -> MeasureError:
    why = error.splitlines()[0].rsplit(": ", 1)[-1]
    return MeasureError(f"cannot write {path}: {why}: make room, then run it again to go on")


def explained(path: Path, error: BaseException | None) -> MeasureError | None:
    """What a failure in the middle of the work means; None: it is not the file's or machine's."""
    text = str(error).splitlines()[0] if str(error) else ""
    match error:
        case duckdb.OutOfMemoryException() | MemoryError():
            return MeasureError(
                f"{path}: not enough memory: allow more with --memory, or make room beside it"
            )
        case duckdb.IOException() if any(word in text for word in _FULL):
            return _no_room(path, text)
        case duckdb.Error() if isinstance(error, _DAMAGED) or _BROKEN.search(text):
            return MeasureError(f"{path} is damaged: {text}: restore a copy, or move it away and "
                                f"measure again")  # fmt: skip
    return None


_BROKEN = re.compile("Corrupt|invalidated")  # said by errors of no class of their own
_FULL = ("No space left", "File too large", "Could not write", "Disk quota", "Read-only file")
