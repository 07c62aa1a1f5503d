"""Reports by https: bounded in size and time, with a token for their host and no other."""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Mapping
from email.message import Message
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from collectors.git.address import redact, token_variable, visible
from quality.errors import NoReportError, UnreachableError

LARGEST = 1 << 30  # bytes of a report
PATIENCE = 30  # seconds without an answer
WHOLE = 600  # seconds that a report may take
CHUNK = 1 << 20
GONE = {404, 410}


def fetch(url: str, into: IO[bytes], environment: Mapping[str, str] = os.environ) -> None:
    """Write what stands at a URL into a file (NoReportError, UnreachableError). A redirect is
    followed to the same scheme and host only."""
    headers = {"User-Agent": "workmanship", "Accept-Encoding": "identity"}
    if token := environment.get(variable(url), "").strip():
        headers["Authorization"] = authorization(token)
    began = time.monotonic()
    try:
        request = Request(url, headers=headers)  # noqa: S310  # the contract allows https only
        with build_opener(Faithful(url)).open(request, timeout=PATIENCE) as answer:
            size = 0
            while chunk := answer.read(CHUNK):
                size += len(chunk)
                if size > LARGEST:
                    raise UnreachableError(f"larger than {LARGEST:,} bytes")
                if time.monotonic() - began > WHOLE:
                    raise UnreachableError(f"not finished after {WHOLE} s")
                into.write(chunk)
            if cut(answer.headers, size):
                raise UnreachableError("the connection ended before the report did")
    except HTTPError as error:
        error.close()
        if error.code in GONE:
            raise NoReportError(f"the server has none (HTTP {error.code})") from None
        raise UnreachableError(refused(url, error)) from None
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise UnreachableError(no_answer(error)) from None


class Faithful(HTTPRedirectHandler):
    """Follows a redirect only within the scheme and host that the contract names."""

    max_redirections = 5

    def __init__(self, url: str) -> None:
        self._from = urlsplit(url)

    def redirect_request(  # noqa: PLR0913, PLR0917  # as the library has it
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Follow it, or not (UnreachableError)."""
        there = urlsplit(newurl)
        if (there.scheme, there.netloc) != (self._from.scheme, self._from.netloc):
            where = visible(f"{there.scheme}://{there.hostname or ''}")[:100]
            raise UnreachableError(f"the server redirects to {where}: name that address instead")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def cut(headers: Message, size: int) -> bool:
    """Whether a body of so many bytes is not what its headers promise."""
    wanted = headers.get("Content-Length", "")
    return wanted.isdecimal() and int(wanted) != size


def no_answer(error: Exception) -> str:
    """Why no answer came, nothing secret in it."""
    return f"no answer: {visible(redact(str(getattr(error, 'reason', error))))[:200]}"


def refused(url: str, error: HTTPError) -> str:
    """Why a server did not answer, and what helps."""
    if error.code in (401, 403):
        return f"no permission (HTTP {error.code}): set {variable(url)} to a token that may read it"
    if 300 <= error.code < 400:
        return f"the server redirects to an address that is not followed (HTTP {error.code})"
    return f"the server fails (HTTP {error.code})"


def variable(url: str) -> str:
    """The environment variable that holds the token for a URL."""
    return token_variable(urlsplit(url).hostname or "")


def authorization(token: str, scheme: str = "Bearer {}") -> str:
    """The header's value for a token, or for user:password."""
    if ":" in token:  # user:password
        return f"Basic {base64.b64encode(token.encode()).decode()}"
    return scheme.format(token)
