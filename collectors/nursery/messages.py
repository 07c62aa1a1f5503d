"""Messages between a client, a nursery and its children: four bytes of length, then the content."""

from __future__ import annotations

import json
import socket
from typing import Any

HEAD = 4


def framed(content: bytes) -> bytes:
    """A message as it travels."""
    return len(content).to_bytes(HEAD, "big") + content


def write(connection: socket.socket, content: bytes) -> None:
    """Send one message."""
    connection.sendall(framed(content))


def write_json(connection: socket.socket, value: object) -> None:
    """Send one value."""
    write(connection, json.dumps(value).encode())


def read(connection: socket.socket) -> bytes:
    """The next message (EOFError: there is none)."""
    return _exactly(connection, int.from_bytes(_exactly(connection, HEAD), "big"))


def read_json(connection: socket.socket) -> Any:
    """The next message's value (EOFError: there is none)."""
    return json.loads(read(connection))


def _exactly(connection: socket.socket, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        try:
            part = connection.recv(size - len(content))
        except ConnectionError as error:
            raise EOFError from error
        if not part:
            raise EOFError
        content += part
    return bytes(content)
