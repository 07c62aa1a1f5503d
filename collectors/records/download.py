"""APIs by https, request by request: bounded, patient with limits and failures, and no further.

A request that fails is made again, later each time; a server that says how long to wait is obeyed,
up to a bound. What came before is the caller's: he goes on from his cursor in the next run.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from itertools import count
from ssl import SSLCertVerificationError
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import OpenerDirector, Request, build_opener

from collectors.git.address import redact
from collectors.records.fetch import (
    CHUNK,
    GONE,
    PATIENCE,
    Faithful,
    authorization,
    cut,
    no_answer,
    refused,
    variable,
)
from collectors.records.text import line_of
from quality.errors import NoReportError, UnreachableError
from quality.model.records import Download

LARGEST = 1 << 26  # bytes of an answer
WHOLE = 3_600  # seconds that all requests of a run may take
ATTEMPTS = 6
LONGEST_WAIT = 900  # seconds that a server may ask to wait
_EXPLAINED = {400, 422}  # what is wrong with the query stands in the answer
_LATER = {408, 425, 429, 500, 502, 503, 504}


def downloader(url: str, scheme: str = "Bearer {}") -> Download:
    """Gets what stands below a URL. The token comes from the environment, see ``fetch``."""
    return Server(url, scheme).get


@dataclass
class Server:
    """An API below a URL. ``environment``, ``sleep`` and the clocks are those of the machine."""

    url: str
    scheme: str = "Bearer {}"
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    sleep: Callable[[float], object] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self._began = self.clock()
        self._opener: OpenerDirector = build_opener(Faithful(self.url))
        self._headers = {"User-Agent": "workmanship", "Accept": "application/json",
                         "Accept-Encoding": "identity"}  # fmt: skip
        if token := self.environment.get(variable(self.url), "").strip():
            self._headers["Authorization"] = authorization(token, self.scheme)

    def get(self, path: str, query: Mapping[str, str]) -> bytes:
        """The body that stands at a path and query (NoReportError, UnreachableError)."""
        parts = urlsplit(self.url)
        asked = "&".join(filter(None, [parts.query, urlencode(query)]))
        place = "/".join(filter(None, [parts.path.rstrip("/"), path]))
        url = parts._replace(path=place, query=asked, fragment="").geturl()
        for attempt in count():
            try:
                return self._once(url)
            except _LaterError as error:
                self._wait(error, attempt)
        raise AssertionError("count() has no end")

    def _once(self, url: str) -> bytes:
        request = Request(url, headers=self._headers)  # noqa: S310  # the contract allows https only
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return self._body(answer)
        except HTTPError as error:
            with error:
                raise self._failed(error) from None
        except (URLError, HTTPException, OSError, ValueError) as error:
            if isinstance(getattr(error, "reason", error), (SSLCertVerificationError, ValueError)):
                raise UnreachableError(no_answer(error)) from None
            raise _LaterError(no_answer(error)) from None

    def _body(self, answer: HTTPResponse) -> bytes:
        kind = answer.headers.get_content_type()
        if "Content-Type" in answer.headers and not kind.endswith(("json", "text/plain")):
            raise UnreachableError(
                f"answers with {line_of(kind, 60)}, not with JSON: is it the address of its API?"
            )
        body = bytearray()
        while chunk := answer.read(CHUNK):
            body += chunk
            if len(body) > LARGEST:
                raise UnreachableError(f"an answer is larger than {LARGEST:,} bytes")
            self._in_time()
        if cut(answer.headers, len(body)):
            raise _LaterError("the connection ended before the answer did")
        return bytes(body)

    def _failed(self, error: HTTPError) -> Exception:
        if error.code in GONE:
            return NoReportError(f"there is nothing at that address (HTTP {error.code})")
        exhausted = "0" in (error.headers.get("X-RateLimit-Remaining", ""),
                            error.headers.get("RateLimit-Remaining", ""))  # fmt: skip
        limited = error.code == 403 and (exhausted or "Retry-After" in error.headers)
        if error.code in _LATER or limited:
            return _LaterError(f"the server fails (HTTP {error.code})", self._asked(error.headers))
        if error.code in _EXPLAINED:
            said = line_of(redact(error.read(2_000).decode("utf-8", "replace")), 200)
            return UnreachableError(f"the server refuses the query (HTTP {error.code}): {said}")
        return UnreachableError(refused(self.url, error))

    def _asked(self, headers: Message) -> float:
        """Seconds that the server asks to wait; 0: it does not say."""
        said = headers.get("Retry-After", "")
        if said.isdecimal():
            return float(said)
        if said:
            try:
                return max(0.0, parsedate_to_datetime(said).timestamp() - self.now())
            except (TypeError, ValueError, OverflowError):
                return 0.0
        said = headers.get("X-RateLimit-Reset") or headers.get("RateLimit-Reset") or ""
        if not said.isdecimal():
            return 0.0
        until = float(said)  # a moment, or seconds from now
        return max(0.0, until - self.now()) if until > 1_000_000_000 else until

    def _wait(self, error: _LaterError, attempt: int) -> None:
        if error.seconds > LONGEST_WAIT:
            raise UnreachableError(
                f"{error}, and asks to wait {error.seconds:,.0f} s: what came is kept, run it later"
            )
        if attempt == ATTEMPTS - 1:
            raise UnreachableError(f"{error}, {ATTEMPTS} times: what came is kept, run it later")
        jitter = random.uniform(0.5, 1.0)  # noqa: S311  # so that not all come back at once
        self.sleep(error.seconds + 1 if error.seconds else 2**attempt * jitter)
        self._in_time()

    def _in_time(self) -> None:
        if self.clock() - self._began > WHOLE:
            raise UnreachableError(
                f"not finished after {WHOLE:,} s: what came is kept, run it again"
            )


class _LaterError(Exception):
    """May go well later; ``seconds``: when the server asks for that, 0: it does not say."""

    def __init__(self, said: str, seconds: float = 0) -> None:
        super().__init__(said)
        self.seconds = seconds
