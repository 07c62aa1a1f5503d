"""How languages may be laid out: what a scanner must not look into, which signs hold an expression
together, and where a line end is no more than a blank. Read by ``layout``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from collectors.languages.directives import STRINGS

# What never closes runs to the end of its line or text, so that each character is read once.
_ONE_LINE = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"?' + r"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?"
_LONG = r'"[^"\\]*(?:\\.[^"\\]*)*"?' + r"|'[^'\\]*(?:\\.[^'\\]*)*'?"
_SLASHES = r"//[^\n]*|/\*.*?(?:\*/|\Z)"
# A line of the preprocessor with those that go on from it, and the line end before what follows.
_DIRECTIVE = r"\#[^\\\n]*(?:\\\n?[^\\\n]*)*\n*"
# Behind these a slash begins a regular expression.
_SCRIPT_REGEX = (
    r"(?<=[(,=:\[!&|?{};\n ])/(?=[^/*= \n][^\n]*/)(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*"
)
_RUBY_REGEX = r"(?<=[(,=~\[ ])/(?=[^/= \n][^\n]*/)(?:[^/\\\n]|\\.)+/\w*"
_RUBY_QUOTED = r'"[^"\\\#]*(?:(?:\\.|\#\{(?:[^{}"]|"[^"\n]*"|\{[^{}]*\})*\}|\#)[^"\\\#]*)*"?'
_RUBY_PERCENT = r"%[wWiIqQrxs]?(?:\[[^\]]*\]?|\{[^}]*\}?|\([^)]*\)?|\|[^|\n]*\||![^!\n]*!)"
_HEREDOC = r"<<[~-](?P<q>['\"`]?)(?P<name>[A-Za-z_]\w*)(?P=q)[^\n]*\n.*?(?:\n[ \t]*(?P=name)\b|\Z)"
_PHP_HEREDOC = r"<<<[ \t]*(?P<q>['\"]?)(?P<name>\w+)(?P=q)\n.*?(?:\n[ \t]*(?P=name)\b|\Z)"
_PYTHON = r'"{3}[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*(?:"{3})?'
_PYTHON += "|" + _PYTHON.replace('"', "'") + "|" + _ONE_LINE


@dataclass(frozen=True)
class Layout:
    """A language's: ``skipped`` strings and the like, ``comments``; ``joins`` signs between a value
    and its part, ``leads`` those of them that may begin a line that goes on; what a ``line`` end
    does: never end a statement, mostly, or always but where the sign before it says otherwise;
    ``begins`` operators that a line may begin with and go on."""

    skipped: str
    comments: str
    joins: str
    leads: str
    line: Literal["free", "mostly", "ends"]
    begins: str = r"(?!)"

    @cached_property
    def stops(self) -> re.Pattern[str]:
        """What a scanner stops at: strings, brackets, and gaps that may be other than they are."""
        plain = r"[^\s()\[\]{},.?:&/\#\\;>-]"
        gap = rf"(?!(?<=[^(\[.>:\]]) {plain})(?:[ \t\f\n]|\\\n|{self.comments})+"
        return re.compile(
            rf"(?P<bracket>[()\[\]{{}}])|(?P<gap>{gap})|(?P<skipped>{self.skipped})", re.DOTALL
        )


_OPERATORS = r"&&|\|\||\?\?|[=!]="
_C_LIKE = rf"(?:{_OPERATORS}|\?[^.\w]|[+*/%|^&<>-] |[<>]?=[ \n])"
_SCRIPT = Layout(
    rf"{_ONE_LINE}|{_SCRIPT_REGEX}|(?P<template>`)", r"(?<!:)//[^\n]*|/\*.*?(?:\*/|\Z)",
    r"\?\.(?!\d)|\.(?![.\d])", r"\?\.(?!\d)|\.(?![.\d])", "mostly", r"&&|\|\||\?\?|\?\s|\+\s",
)  # fmt: skip

LAYOUTS = {
    "cpp": Layout(f"{STRINGS['cpp']}|{_DIRECTIVE}", _SLASHES, r"\.(?![.\d*])|->(?!\*)|::",
                  r"\.(?![.\d*])|->(?!\*)", "free", _C_LIKE),
    "csharp": Layout(f"{STRINGS['csharp']}|{_DIRECTIVE}", _SLASHES, r"\?\.(?!\d)|\.(?![.\d])|::",
                     r"\?\.(?!\d)|\.(?![.\d])|::", "free", _C_LIKE),
    "go": Layout(rf"`[^`]*`?|{_ONE_LINE}", _SLASHES, r"\.(?!\.)", r"(?!)", "ends"),
    "javascript": _SCRIPT,
    "kotlin": Layout(STRINGS["kotlin"], _SLASHES, r"\?\.(?!\d)|\.(?![.\d])|::",
                     r"\?\.(?!\d)|\.(?![.\d])", "mostly", r"&&|\|\||\?:"),
    "php": Layout(rf"{_PHP_HEREDOC}|{_LONG}|`[^`]*`?", rf"{_SLASHES}|\#(?!\[)[^\n]*",
                  r"\??->|::", r"\??->|::", "free", rf"{_C_LIKE}|\.(?![.\d])"),
    "python": Layout(_PYTHON, r"\#[^\n]*", r"\.(?![.\d])", r"(?!)", "mostly"),
    "ruby": Layout(
        rf"{_HEREDOC}|{_RUBY_QUOTED}|'[^'\\]*(?:\\.[^'\\]*)*'?|{_RUBY_PERCENT}|{_RUBY_REGEX}"
        r"|(?m:^)=begin\b.*?(?:\n=end\b|\Z)|(?m:^)__END__\n.*",
        r"\#[^\n]*", r"&\.(?=\w)|\.(?![.\d])|::", r"&\.(?=\w)|\.(?![.\d])", "ends",
    ),
    "tsx": _SCRIPT,
    "typescript": _SCRIPT,
}  # fmt: skip
