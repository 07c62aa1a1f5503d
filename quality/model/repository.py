"""Repository content: a supplier's commits and the files in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the supplier's branch. ``committed_at`` is the committer date, in UTC."""

    sha: str
    committed_at: datetime


@dataclass(frozen=True, slots=True)
class TreeFile:
    """An entry of a commit's tree. ``path`` is text that any report may print after escaping;
    ``language`` is None where no analyzer reads the file or the entry is no regular file;
    ``unread``: what it then is, if it is code, such as "shell script"."""

    path: str
    oid: str
    size: int
    kind: Literal["file", "link", "submodule"]
    language: str | None
    unread: str = ""
