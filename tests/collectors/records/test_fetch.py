"""Reports by URL, from a server of our own that misbehaves."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from collectors.records import fetch as module
from collectors.records.fetch import fetch
from quality.errors import NoReportError, UnreachableError

SEEN: list[str | None] = []


class Server(BaseHTTPRequestHandler):
    """A path says what is answered."""

    def do_GET(self) -> None:
        SEEN.append(self.headers.get("Authorization"))
        name = self.path.strip("/")
        there = {
            "moved": f"http://127.0.0.1:{self.server.server_port}/report",  # type: ignore[attr-defined]
            "away": f"http://localhost:{self.server.server_port}/report",  # type: ignore[attr-defined]
            "file": "file:///etc/passwd",
            "round": "/round",
        }
        if name in there:
            self.send_response(302)
            self.send_header("Location", there[name])
            self.end_headers()
        elif name == "report":
            self._answer(b"[]", 2)
        elif name == "cut":
            self._answer(b"[]", 200)
        elif name == "large":
            self._answer(b"x" * 5_000, 5_000)
        else:
            self.send_error(int(name))

    def _answer(self, body: bytes, length: int) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def read(url: str, **environment: str) -> bytes:
    into = io.BytesIO()
    fetch(url, into, environment)
    return into.getvalue()


def test_a_report_is_read_also_where_its_host_moves_it(url: str) -> None:
    assert read(f"{url}/report") == read(f"{url}/moved") == b"[]"


def test_the_token_of_the_host_is_sent(url: str) -> None:
    SEEN.clear()
    read(f"{url}/report")
    read(f"{url}/report", WORKMANSHIP_TOKEN_127_0_0_1="abc")
    read(f"{url}/report", WORKMANSHIP_TOKEN_127_0_0_1="me:abc", WORKMANSHIP_TOKEN_OTHER="x")
    assert SEEN == [None, "Bearer abc", "Basic bWU6YWJj"]


@pytest.mark.parametrize("code", [404, 410])
def test_what_is_not_there_is_missing(url: str, code: int) -> None:
    with pytest.raises(NoReportError, match=f"HTTP {code}"):
        read(f"{url}/{code}")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("500", "the server fails"),
        ("401", "set WORKMANSHIP_TOKEN_127_0_0_1"),
        ("403", "no permission"),
        ("away", "redirects to http://localhost"),
        ("file", "redirects to an address that is not"),
        ("round", "redirects to an address that is not"),
        ("cut", "no answer|ended before"),
    ],
)
def test_whatever_else_happens_nobody_knows(url: str, path: str, why: str) -> None:
    with pytest.raises(UnreachableError, match=why):
        read(f"{url}/{path}")


def test_a_report_has_an_end(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 4_999)
    with pytest.raises(UnreachableError, match="larger than 4,999 bytes"):
        read(f"{url}/large")


def test_nobody_there_is_no_missing_report() -> None:
    with pytest.raises(UnreachableError, match="no answer"):
        read("http://127.0.0.1:9/report")
