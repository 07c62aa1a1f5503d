"""A server of our own for tests: it answers as it is told, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from collectors.records.download import Server


@dataclass
class Answer:
    """What a server says to one request. ``length``: another one than the body's."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    kind: str = "application/json"


Told = Callable[[str, dict[str, str]], Any]
"""Answers a path and its query: an Answer, or what is its JSON."""


@dataclass
class Asked:
    """Requests that came."""

    paths: list[str] = field(default_factory=list)
    queries: list[dict[str, str]] = field(default_factory=list)
    tokens: list[str | None] = field(default_factory=list)
    url: str = ""
    waited: list[float] = field(default_factory=list)

    def server(self, scheme: str = "Bearer {}", **environment: str) -> Server:
        """The client that is tested: it waits for nothing."""
        return Server(
            self.url, scheme, environment, self.waited.append, lambda: 0.0, lambda: 1_772_442_900.0
        )


@contextmanager
def serving(told: Told, below: str = "") -> Iterator[Asked]:
    """A server for the time of a test."""
    asked = Asked()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            asked.paths.append(parts.path)
            asked.queries.append(query)
            asked.tokens.append(self.headers.get("Authorization"))
            said = told(parts.path.removeprefix(below).strip("/"), query)
            answer = said if isinstance(said, Answer) else Answer(said)
            body = (
                answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            )
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.kind:
                self.send_header("Content-Type", answer.kind)
            self.send_header(
                "Content-Length", str(len(body) if answer.length is None else answer.length)
            )
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    asked.url = f"http://127.0.0.1:{server.server_port}{below}"
    try:
        yield asked
    finally:
        server.shutdown()
        server.server_close()
