"""JSON of any size, read bit by bit: objects and lists are walked, what stands in them is decoded.

    reader = JsonReader(file)
    for key in reader.members():        # at the beginning of an object
        if key == "results":
            yield from reader.values()  # small, and then forgotten
        else:
            reader.value()              # every value must be taken before the next key

Strict: a key that occurs twice, NaN, and whatever follows the end are errors.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import Any, BinaryIO, NoReturn

from collectors.records.text import CHUNK, TextStream, UnreadableError, begins_with

LONGEST_VALUE = 32_000_000  # characters of a value that is decoded at once
KEYS = 1_000  # of an object that is walked
_BLANKS = re.compile(r"[ \t\r\n]*").match
_HEAD = 64  # bytes by which JSON is told
_NEAR = 64  # characters: an error so close to the end of what was read may be no error


def is_json(file: BinaryIO) -> bool:
    """Whether a file is JSON, and no table."""
    head = file.read(_HEAD)
    file.seek(0)
    return begins_with(head, "{") or begins_with(head, "[")


class JsonReader:
    """Walks the JSON of a file (UnreadableError wherever it is none)."""

    def __init__(self, file: BinaryIO, encoding: str = "") -> None:
        self._stream = TextStream(file, encoding)
        self._buffer, self._at, self._before = "", 0, 0
        self._ended = False
        self._decode = json.JSONDecoder(
            object_pairs_hook=_object, parse_constant=_constant
        ).raw_decode

    def members(self, most: int = KEYS) -> Iterator[str]:
        """The keys of the object that begins here; its values are the caller's to take."""
        seen = set[str]()
        for _ in self._inside("{", "}"):
            if self._next() != '"':
                self._wrong("a key was expected")
            key: str = self.value()
            if key in seen or len(seen) == most:
                self._wrong("a key occurs twice" if key in seen else "too many keys")
            seen.add(key)
            self._take(":")
            yield key

    def elements(self) -> Iterator[None]:
        """Each element of the list that begins here; they are the caller's to take."""
        return self._inside("[", "]")

    def values(self) -> Iterator[Any]:
        """Each element of the list that begins here, decoded."""
        for _ in self.elements():
            yield self.value()

    def value(self) -> Any:
        """The value that begins here, decoded."""
        self._next()
        wanted = CHUNK
        while True:
            try:
                value, end = self._decode(self._buffer, self._at)
            except JSONDecodeError as error:
                far = error.pos + _NEAR < len(self._buffer)
                if self._ended or (far and not error.msg.startswith("Unterminated string")):
                    self._wrong("", error)
            except RecursionError:
                self._wrong("nested too deeply")
            except ValueError as error:  # of our own hooks, or a number of thousands of digits
                self._wrong(str(error).partition(":")[0])
            else:
                if end < len(self._buffer) or self._ended:
                    self._at = end
                    return value
            if len(self._buffer) - self._at > LONGEST_VALUE:
                self._wrong(f"a value is longer than {LONGEST_VALUE:,} characters")
            self._more(wanted)
            wanted *= 2  # so that a long value is not tried again for each part of it

    def kind(self) -> str:
        """The character that the next value begins with."""
        return self._next()

    def ended(self) -> bool:
        """Whether nothing follows but blanks."""
        return not self._next(may_end=True)

    def end(self) -> None:
        """Nothing but blanks may follow."""
        if not self.ended():
            self._wrong("something follows the end")

    def _inside(self, opening: str, closing: str) -> Iterator[None]:
        self._take(opening)
        if self._next() == closing:
            self._at += 1
            return
        while True:
            yield
            if self._next() == closing:
                self._at += 1
                return
            self._take(",")
            if self._next() == closing:
                self._wrong("a comma too many")

    def _take(self, character: str) -> None:
        if self._next() != character:
            self._wrong(f"{character} was expected")
        self._at += 1

    def _next(self, may_end: bool = False) -> str:
        """The next character that is no blank, which then stands at ``_at``."""
        while True:
            self._at = _BLANKS(self._buffer, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if self._ended:
                if may_end:
                    return ""
                self._wrong("")
            self._more(CHUNK)

    def _more(self, size: int) -> None:
        more = self._stream.read(size)
        self._ended = not more
        self._before += self._at
        self._buffer, self._at = self._buffer[self._at :] + more, 0

    def _wrong(self, what: str, error: JSONDecodeError | None = None) -> NoReturn:
        at = self._before + (error.pos if error else self._at) + 1
        cut = self._ended and (error is None or _at_the_end(error, self._buffer))
        if not what:
            what = "it ends in the middle" if cut else "not JSON"
        raise UnreadableError(f"{what} (character {at:,})") from None


def _at_the_end(error: JSONDecodeError, buffer: str) -> bool:
    return error.msg.startswith("Unterminated string") or error.pos >= len(buffer)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")
