r"""A Java text as PMD reads it, and without what PMD obeys.

Java may spell any character as ``\uXXXX``, an annotation's too, and PMD reads it so: what is
spelt that way is written out first. Then comments are blanked, for PMD obeys markers in them, and
the annotation ``@SuppressWarnings``, which it obeys wherever it stands.
"""

from __future__ import annotations

import re

from collectors.languages.comments import comments, masked
from collectors.languages.source import UnmeasurableError

ESCAPE = re.compile(r"\\(?:u+([0-9a-fA-F]{4})|.)", re.DOTALL)
STRING = r'"{3}[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*(?:"{3}|\Z)|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?'
ANNOTATION = re.compile(
    rf"{STRING}|'(?:[^'\\\n]|\\[^\n][^'\n]*)'"
    r"|(?P<annotation>@\s*(?:\w+\s*\.\s*)*SuppressWarnings\b)",
    re.DOTALL,
)
ARGUMENTS = re.compile(rf"{STRING}|(?P<sign>[()])", re.DOTALL)
MARKER = re.compile(r"NOPMD|SuppressWarnings")


def translated(text: str) -> str:
    r"""The text with the characters that it spells as ``\uXXXX``, but for those outside ASCII.

    Raises UnmeasurableError for a line's end that is spelt so: it makes code out of a comment, and
    no honest text has one.
    """
    if "\\u" not in text:
        return text
    return ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    if match[1] is None:
        return match[0]
    character = chr(int(match[1], 16))
    if character in "\r\n":
        raise UnmeasurableError("a line's end is spelt as a Unicode escape")
    return character if " " <= character <= "~" and character != "\\" else match[0]


def neutral(text: str) -> str:
    """The text without comments and without annotations that PMD obeys: same lines and columns."""
    code = masked(text, comments(text, "java"))
    parts, after = [], 0
    for match in ANNOTATION.finditer(code):
        if match["annotation"] and match.start() >= after:
            end = _closed(code, match.end())
            parts += [code[after : match.start()], re.sub(r"\S", " ", code[match.start() : end])]
            after = end
    return "".join([*parts, code[after:]])


def hides(text: str) -> bool:
    """Whether a text may hold a directive that PMD obeys."""
    return MARKER.search(text) is not None


def _closed(code: str, at: int) -> int:
    """Where the arguments that begin after ``at`` end; ``at`` without any."""
    opened = re.compile(r"\s*\(").match(code, at)
    if not opened:
        return at
    depth = 0
    for match in ARGUMENTS.finditer(code, at):
        depth += {"(": 1, ")": -1}.get(match["sign"] or "", 0)
        if match["sign"] and not depth:
            return match.end()
    return len(code)
