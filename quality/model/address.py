"""The grammar of a repository's address: a URL, user@host:path, or a path on this machine."""

from __future__ import annotations

import re
from os.path import normpath
from urllib.parse import unquote

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


def place_of(url: str) -> str:
    """Which place an accepted address means, for every spelling of it the same text: host and path
    without scheme, user, default port, ``.git`` and case of the host; a path of this machine as it
    is. Forges serve one repository by https and ssh under the same path."""
    scheme = SCHEME.match(url)
    if is_path(url) or (scheme and scheme[1].lower() == "file"):
        path = unquote(url[scheme.end() :]) if scheme else url
        return normpath(path.removeprefix("localhost"))
    if scheme:
        authority, _, path = url[scheme.end() :].partition("/")
    else:
        authority, _, path = url.partition(":")
    host = authority.rpartition("@")[2].lower()
    port = {"https": ":443", "ssh": ":22"}.get(scheme[1].lower() if scheme else "")
    host = host.removesuffix(port) if port else host
    path = re.sub("/+", "/", unquote(path).strip("/")).removesuffix(".git")
    return f"{host.removesuffix('.')}/{path}"
