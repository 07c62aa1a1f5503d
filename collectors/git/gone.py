"""Whether a repository is gone, by what git said: the server's own answer, and nothing less.

A network without an answer, a wrong certificate, a token that is refused or has expired prove
nothing: they may be our own. So does a server that will not say whether it has no such repository
or lets us not see it, unless its answer is that there is none.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from collectors.git.address import Address

# Each a whole line, and what it comes from.
_ANSWERS = (
    r"fatal: repository '.*' not found",  # https: 404
    r"ERROR: Repository not found\.?",  # ssh: GitHub and Gitea
    r"fatal: '.*' does not appear to be a git repository",  # ssh: git on the server
)
_ANSWER = re.compile(rf"(?m)^(?:{'|'.join(_ANSWERS)})$")


def gone(said: str, address: Address) -> bool:
    """Whether git's words prove that there is no repository at an address (any more)."""
    if not _ANSWER.search(said):
        return False
    return bool(address.host) or _removed(_path(address.url))


def _path(url: str) -> Path:
    return Path(unquote(urlsplit(url).path) if url.startswith("file:") else url)


def _removed(path: Path) -> bool:
    """Whether a folder on this machine was removed. A folder above it that is missing or empty may
    be a disk that is not mounted."""
    try:
        return not path.exists() and any(path.parent.iterdir())
    except OSError:
        return False
