"""Python that only a newer grammar reads, told from what none does.

Each new construct has an older one of the same outline. Only where a text parses once these stand
for the new ones is a newer Python said to read it: one real error more, and it is said of none.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable

from quality.catalogue.recipes import PYTHONS
from quality.catalogue.tools import RUNNING

_BRACKETS = r"\[(?:[^][{0}]|\[(?:[^][]|\[[^][]*\])*\])*\]"  # three deep
_FIELD = r"\{(?:[^{}\"'\n]|\"[^\"\n]*\"|'[^'\n]*'|\{[^{}\n]*\}){1,300}\}"
# An f-string of one line, for each quote: its text and its fields.
_FORMATTED = tuple(
    rf"(?<![\w\"'])(?:[rR]?[fF]|[fF][rR])(?P<quote>{quote})(?!{quote})"
    rf"(?P<inside>(?:[^{quote}\\\n{{}}]|\\.|\{{\{{|\}}\}}|{_FIELD}){{0,300}}){quote}"
    for quote in "\"'"
)


def _plain(match: re.Match[str]) -> str:
    newer = match["quote"] in match["inside"] or "\\" in match["inside"]
    return '""' if newer else match[0]


# Newest first: the version that brought it, the construct, what stands for it in older ones.
_Row = tuple[str, str, str | Callable[[re.Match[str]], str]]
_OLDER: tuple[_Row, ...] = (
    ("3.14", r"(?<![\w\"'])([rR]?)[tT]([rR]?)(?=[\"'])", r"\1f\2"),
    ("3.14", r"(?m)^([ \t]*except\*?[ \t]+)(?!.*\bas\b)([^\n():#,]+,[^\n():#]+)(?=:)", r"\1(\2)"),
    ("3.13", rf"\b(def|class|type)([ \t]+\w+)[ \t]*{_BRACKETS.format('')}", r"\1\2"),
    ("3.12", rf"\b(def|class|type)([ \t]+\w+)[ \t]*{_BRACKETS.format('=')}", r"\1\2"),
    ("3.12", r"(?m)^([ \t]*)type[ \t]+(\w+[ \t]*=(?!=))", r"\1\2"),
    *(("3.12", pattern, _plain) for pattern in _FORMATTED),
)


def newer_syntax(text: str) -> str | None:
    """The reason why this Python cannot parse a text that a newer one can; None if none can."""
    newer = () if _parses(text) else PYTHONS[PYTHONS.index(RUNNING) + 1 :]
    for number, version in enumerate(newer, 1):
        older = text
        for brought, construct, stand_in in _OLDER:
            if brought in newer[:number]:
                older = re.sub(construct, stand_in, older)
        if older != text and _parses(older):
            return f"syntax of Python {version} or newer: measure with Python {version} or newer"
    return None


def broken(text: str) -> bool:
    """Whether no Python reads a text, neither this one nor a newer one. What only makes a tool
    give up is not broken: too deep a nesting, say, or a line end that it cannot count."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except SyntaxError:
            return newer_syntax(text) is None
        except (ValueError, RecursionError, MemoryError):
            return False
    return False


def _parses(text: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
