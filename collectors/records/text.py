"""The bytes of a report as text, and its texts as we keep them."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from collectors.git.address import visible

CHUNK = 1 << 20  # bytes read at once
LONGEST_TEXT = 300  # characters of a message or a name that are kept
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
# Codecs of text; Python has others, which run long or decode what is no text.
_CODECS = re.compile(
    r"ascii|utf-8(-sig)?|utf-16(-[bl]e)?|cp\d+|iso8859-\d+|koi8-[rtu]|mac-\w+|shift_jis\w*"
    r"|euc_\w+|gb2312|gbk|gb18030|big5\w*"
)


class UnreadableError(Exception):
    """A report that cannot be read; the text says what is wrong with it, on one visible line."""


class TextStream:
    """The text of a file that says by its first bytes whether it is UTF-16; else it is of the
    encoding that is declared, or UTF-8."""

    def __init__(self, file: BinaryIO, encoding: str = "") -> None:
        head = file.read(3)
        codec, self._name = codec_of(head, encoding)
        mark = next((mark for mark, *_ in _MARKS if head.startswith(mark)), b"")
        self._file = file
        self._rest = head[len(mark) :]
        self._read = len(mark)
        self._decoder = codecs.getincrementaldecoder(codec)("strict")

    def read(self, size: int = CHUNK) -> str:
        """The text of about ``size`` more bytes; "" at the end (UnreadableError)."""
        text = ""
        while not text:
            more = self._rest + self._file.read(size)
            self._rest = b""
            try:
                text = self._decoder.decode(more, final=not more)
            except UnicodeDecodeError as error:
                at = self._read + error.start
                raise UnreadableError(f"is not {self._name} at byte {at:,}") from None
            self._read += len(more)
            if not more:
                break
        return text


def codec_of(head: bytes, declared: str = "") -> tuple[str, str]:
    """The codec of a file that begins so, and its name: what its mark says, else what is declared,
    else UTF-8 (UnreadableError)."""
    for mark, codec, name in _MARKS:
        if head.startswith(mark):
            return codec, name
    try:
        found = codecs.lookup(declared or "utf-8").name
    except (LookupError, ValueError):
        found = ""
    if not _CODECS.fullmatch(found):
        raise UnreadableError(f"encoding: {line_of(declared, 40)} is not an encoding that is read")
    return found, declared or "UTF-8"


def line_of(text: object, longest: int = LONGEST_TEXT) -> str:
    """A text of a report as we keep it: on one line, everything in it visible; "" for what is no
    text."""
    if not isinstance(text, str):
        return ""
    if not text.isprintable() or "  " in text:
        text = visible(" ".join(text[: 4 * longest].split()))
    return text if len(text) <= longest else f"{text[: longest - 3]}..."


def begins_with(head: bytes, mark: str) -> bool:
    """Whether a file that begins with ``head`` begins with a mark, whatever its encoding."""
    text = head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip()
    return text.startswith(mark.encode())
