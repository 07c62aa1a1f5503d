"""Whether a repository is gone or gives what nobody can read, by what git said: the server's own
answer, and nothing less.

A network without an answer, a wrong certificate, a token that is refused or has expired prove
nothing: they may be our own. So does a server that will not say whether it has no such repository
or lets us not see it, unless its answer is that there is none.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from collectors.git.address import Address
from collectors.git.command import GitFailedError

# Each a whole line, and what it comes from.
_ANSWERS = (
    r"fatal: repository '.*' not found",  # https: 404
    r"ERROR: Repository not found\.?",  # ssh: GitHub and Gitea
    r"fatal: '.*' does not appear to be a git repository",  # ssh: git on the server
)
_ANSWER = re.compile(rf"(?m)^(?:{'|'.join(_ANSWERS)})$")

# A server that was stopped in the midst says "possible repository corruption" too, so what is
# wrong must be named.
_BROKEN = (
    r"fatal: fsck error in packed object",  # whole, and malformed
    r"fatal: mismatched algorithms: .*",  # another repository with other object ids
    r"warning: rejected .* because shallow roots .*",  # its history was cut off
    r"remote: (fatal|error): (unable to read|bad (tree )?object|missing) .*",
    r"remote: (fatal|error): .* is corrupt",
)
_UNREADABLE = re.compile(rf"(?m)^(?:{'|'.join(_BROKEN)})\s*$")


def withheld(error: GitFailedError, address: Address, readable: bool) -> str:
    """What became of a branch that was read before: it is not there, as if it had been deleted,
    where its repository is gone or gives what nobody can read; "" where nothing proves that. A
    mirror that is not ``readable`` asks for old objects too, of which git may think otherwise than
    it did."""
    if gone(str(error), address):
        return f"is gone: {error.line}"
    if readable and unreadable(str(error)):
        return f"cannot be read any more: {error.line}: {error.remedy(address)}"
    return ""


def gone(said: str, address: Address) -> bool:
    """Whether git's words prove that there is no repository at an address (any more)."""
    if not _ANSWER.search(said):
        return False
    return bool(address.host) or _removed(_path(address.url))


def unreadable(said: str) -> bool:
    """Whether git's words prove that the source holds what nobody can fetch."""
    return bool(_UNREADABLE.search(said))


def _path(url: str) -> Path:
    return Path(unquote(urlsplit(url).path) if url.startswith("file:") else url)


def _removed(path: Path) -> bool:
    """Whether a folder on this machine was removed. A folder above it that is missing or empty may
    be a disk that is not mounted."""
    try:
        return not path.exists() and any(path.parent.iterdir())
    except OSError:
        return False
