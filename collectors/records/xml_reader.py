"""XML of any size, read element by element; entities, external ones too, are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Protocol
from xml.etree.ElementTree import ParseError

from collectors.records.text import CHUNK, UnreadableError, begins_with
from quality.model.reports import ReportRow

DEEPEST = 64  # elements within elements; honest reports have a dozen
LONGEST = 16  # chunks without an element that begins


class Visitor(Protocol):
    """Is told of each element as it begins and ends, and of the text in it; makes ``rows``."""

    rows: list[ReportRow]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """It ends."""

    def data(self, text: str) -> None:
        """Text, or a part of it."""


def may_have_root(head: bytes, name: str) -> bool:
    """Whether a file that begins so may be XML with such a root."""
    return begins_with(head, "<") and f"<{name}".encode() in head.replace(b"\0", b"")


def visited(file: BinaryIO, visitor: Visitor) -> Iterator[ReportRow]:
    """The rows that a visitor makes of a file, handed on with each chunk (UnreadableError)."""
    reader = _Reader(visitor)
    while reader.feed(file):
        yield from visitor.rows
        visitor.rows.clear()
    yield from visitor.rows


class _Reader:
    """Feeds a file to a visitor, chunk by chunk (UnreadableError)."""

    def __init__(self, visitor: Visitor) -> None:
        from defusedxml.ElementTree import DefusedXMLParser

        self._target = _Bounded(visitor)
        self._parser = DefusedXMLParser(
            target=self._target, forbid_dtd=False, forbid_entities=True, forbid_external=True
        )

    def feed(self, file: BinaryIO) -> bool:
        """Read one more chunk; False: that was the end."""
        from defusedxml.common import DefusedXmlException

        chunk = file.read(CHUNK)
        try:
            self._parser.feed(chunk) if chunk else self._parser.close()
        except DefusedXmlException:
            raise UnreadableError("it declares entities, which are not read") from None
        except ParseError as error:
            line, _ = error.position
            cut = "no element found" in str(error) or "unclosed token" in str(error)
            raise UnreadableError(
                f"{'it ends in the middle' if cut else 'not XML'} (line {line:,})"
            ) from None
        except (ValueError, LookupError):
            raise UnreadableError("in an encoding that is not read") from None
        self._target.silent += 1
        if self._target.silent > LONGEST:
            raise UnreadableError("a part of it is too long")
        return bool(chunk)


class _Bounded:
    """Passes everything on, but no bomb."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._depth, self.silent = 0, 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth, self.silent = self._depth + 1, 0
        if self._depth > DEEPEST:
            raise UnreadableError("nested too deeply")
        self._visitor.start(name, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._visitor.end(name)

    def data(self, text: str) -> None:
        self._visitor.data(text)

    def close(self) -> None:
        return
