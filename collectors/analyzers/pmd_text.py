"""A Java text without what PMD obeys: comments, for their markers, and the annotation
``@SuppressWarnings``, wherever it stands.
"""

from __future__ import annotations

import re

from collectors.languages.comments import comments, masked

STRING = r'"{3}[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*(?:"{3}|\Z)|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?'
ANNOTATION = re.compile(
    rf"{STRING}|'(?:[^'\\\n]|\\[^\n][^'\n]*)'"
    r"|(?P<annotation>@\s*(?:\w+\s*\.\s*)*SuppressWarnings\b)",
    re.DOTALL,
)
ARGUMENTS = re.compile(rf"{STRING}|(?P<sign>[()])", re.DOTALL)
MARKER = re.compile(r"NOPMD|SuppressWarnings")


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
