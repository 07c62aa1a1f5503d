"""The grammar of a repository's address: a URL, user@host:path, or a path on this machine."""

from __future__ import annotations

import re

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
HELPER = re.compile(r"[A-Za-z0-9+.-]*::")  # what git takes for a program to run
_SCP = re.compile(r"[^/]+:")  # git@host:path: a colon before the first slash
_CREDENTIALS = re.compile(r"^(https://)[^/]*@")


def is_path(url: str) -> bool:
    """Whether an accepted address is a path, which starts somewhere."""
    return not (SCHEME.match(url) or _SCP.match(url))


def without_credentials(url: str) -> str:
    """``url`` without what stands before its host: what may be stored and shown."""
    return _CREDENTIALS.sub(r"\1", url)
