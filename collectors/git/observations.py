"""The log of a mirror: when each branch was read online, and which tip was found.

The database keeps the same, with more; the log lets a new database begin with what was seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from collectors.git.objects import OID

LOG = "workmanship-readings"


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at a branch of the source. ``read_at``: by our clock, in UTC; ``tip``: the commit
    it found there, None: there was no such branch."""

    read_at: datetime
    tip: str | None


def log(folder: Path, branch: str, reading: Reading) -> None:
    """Add a reading to the log of the mirror at ``folder``."""
    entry = {"branch": branch, "read_at": reading.read_at.isoformat(), "tip": reading.tip}
    with (folder / LOG).open("a", encoding="ascii") as stream:
        stream.write(json.dumps(entry) + "\n")


def logged(folder: Path, branch: str) -> tuple[Reading, ...]:
    """The readings of a branch in the order in which they were made. A line that a kill or a full
    disk cut short counts for nothing."""
    try:
        lines = (folder / LOG).read_text("ascii", "replace").splitlines()
    except OSError:
        return ()
    return tuple(reading for line in lines for reading in _entries(line, branch))


def _entries(line: str, branch: str) -> Iterator[Reading]:
    try:
        entry = json.loads(line)
        if entry["branch"] != branch:
            return
        read_at, tip = datetime.fromisoformat(entry["read_at"]).astimezone(UTC), entry["tip"]
    except (ValueError, KeyError, TypeError):
        return
    if tip is None or (isinstance(tip, str) and OID.fullmatch(tip)):
        yield Reading(read_at, tip)
