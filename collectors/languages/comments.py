"""Every comment of a source text by its exact place: where directives live, and nowhere else.

Where a comment can be told without parsing, a scanner tells it, and no error of syntax leads it
astray. Where what stands before a sign decides what it means (regular expressions, JSX, heredocs),
the syntax tree tells it. lizard's tokens are left for languages that have neither, and are the
second opinion on a tree with errors.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from collectors.languages.components import Script, comments_and_scripts
from collectors.languages.interpolated import CODE, interpolated_comments
from collectors.languages.perl import perl_comments
from collectors.languages.source import UnmeasurableError, unix
from collectors.languages.trees import tree

# Languages whose comments need no parsing. Of their trees, C's lose those behind a macro and
# Kotlin's some before a declaration; C#'s take a region's text for code.
# Strings first, so that a comment sign in a string is none. What never closes runs to the end of
# the file; in Python, where that is no code at all, the quote is an ``open`` one.
SCANNED = {
    "python": r"""(?P<comment>\#[^\n]*)
        | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        | "(?!"")(?:[^"\\\n]|\\.)*" | '(?!'')(?:[^'\\\n]|\\.)*'
        | (?P<open>["'])""",
    "erlang": r"""(?P<comment>%[^\n]*)
        | "(?:[^"\\]|\\.)*(?:"|\Z) | '(?:[^'\\]|\\.)*(?:'|\Z) | \$\\?.""",
    "cpp": r"""(?P<comment>//[^\\\n]*(?:\\(?:[ \t]*\n)?[^\\\n]*)*|/\*.*?(?:\*/|\Z))
        | (?<!\w)(?:u8|[uUL])?R"(?P<delimiter>[^()\\\s"]{0,16})\(.*?(?:\)(?P=delimiter)"|\Z)
        | \b\d\w*(?:'\w+)* | "[^"\\\n]*(?:\\.[^"\\\n]*)*"?
        | '(?!')[^'\\\n]*(?:\\.[^'\\\n]*)*'""",
    "java": r"""(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
        | \"{3}[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*(?:\"{3}|\Z)
        | "[^"\\\n]*(?:\\.[^"\\\n]*)*"? | '(?:[^'\\\n]|\\[^\n][^'\n]*)'""",
    "rust": r"""(?P<comment>//[^\n]*
        | /\*(?:[^*/]|\*(?!/)|/(?!\*)|/\*.*?(?:\*/|\Z))*(?:\*/|\Z))
        | \b[bc]?r(?P<raw>\#*)".*?(?:"(?P=raw)|\Z) | "(?:[^"\\]|\\.)*(?:"|\Z)
        | '(?:[^'\\\n]|\\[^\n][^'\n]*)'""",
}
SCANNED["objectivec"] = SCANNED["cpp"]
SCANNERS = {name: re.compile(p, re.VERBOSE | re.DOTALL) for name, p in SCANNED.items()}
# Kinds of nodes that are comments, in the languages whose comments need parsing.
PARSED = {
    "go": ("comment",),
    "javascript": ("comment", "html_comment", "hash_bang_line"),
    "lua": ("comment", "hash_bang_line"),
    "ruby": ("comment",),
    "solidity": ("comment",),
    "swift": ("comment", "multiline_comment", "shebang_line"),
    "tsx": ("comment", "hash_bang_line"),
    "typescript": ("comment", "hash_bang_line"),
}
# In a text with errors of syntax: what begins a comment up to the line's end, wherever it stands,
# and what may have led both readers astray (a quote in a regular expression, a block's sign in a
# string), so that the text is not measured.
SIGN = {"lua": r"--[^\n\0]*", "javascript": r"(?://|<!--)[^\n\0]*"}
DOUBT = {
    "javascript": r"/[^\n]*`|/\*",
    "lua": r"--\[=*\[",
    "ruby": r"",  # any string may hold lines, and code
    "swift": r'/[^\n]*"{3}|/\*',
}
HASHBANG = re.compile(r"#![^\n]*")
BLANK = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its signs: characters ``start`` (inclusive) to ``end`` (exclusive) of the
    text, ``line`` from 1 as an editor counts, ``column`` from 0 in characters."""

    start: int
    end: int
    line: int
    column: int
    text: str


def comments(text: str, language: str) -> tuple[Comment, ...]:
    r"""The comments of a decoded text in order. Lines end with \n, \r\n or \r.

    Raises UnmeasurableError where Python has a string without end, and where a tree has errors and
    it is not certain which its comments are.
    """
    folded = unix(text)
    spans: Iterable[tuple[int, int]]
    if language == "vue":
        spans = _in_vue(folded)
    elif language in PARSED:
        spans = _parsed(folded, language)
    elif language == "perl":
        spans = perl_comments(folded)
    elif language in CODE:
        spans = interpolated_comments(folded, language)
    elif language in SCANNERS:
        spans = _scanned(folded, SCANNERS[language])
    else:
        spans = _by_lizard(folded, language)
    return tuple(_located(text, folded, spans))


def masked(text: str, found: Sequence[Comment]) -> str:
    """The text with blanks for the comments: same length, same lines, same columns."""
    return _blanked(text, [(comment.start, comment.end) for comment in found])


def replaced(text: str, texts: Mapping[Comment, str]) -> str:
    """The text with another one in the place of each comment, in the text's order."""
    parts, after = list[str](), 0
    for comment, instead in texts.items():
        parts += [text[after : comment.start], instead]
        after = comment.end
    return "".join([*parts, text[after:]])


def _blanked(text: str, spans: Sequence[tuple[int, int]], blank: str = " ") -> str:
    parts, after = list[str](), 0
    for start, end in spans:
        parts += [text[after:start], re.sub(r"[^\r\n]", blank, text[start:end])]
        after = end
    return "".join([*parts, text[after:]])


@cache
def readers() -> dict[str, Any]:
    """Reader classes of lizard by our name of the language: a reader's first, in lower case."""
    path = list(sys.path)
    from lizard_languages import languages

    sys.path[:] = path  # lizard puts the folder of argv[0] before all others
    return {reader.language_names[0].lower(): reader for reader in languages()}


def _located(text: str, folded: str, spans: Iterable[tuple[int, int]]) -> Iterator[Comment]:
    """Comments in the original text, whose \r\n are one character longer than in ``folded``."""
    pairs = [match.start() - i for i, match in enumerate(re.finditer("\r\n", text))]
    line, counted = 1, 0
    for start, end in spans:
        line += folded.count("\n", counted, start)
        counted = start
        column = start - folded.rfind("\n", 0, start) - 1
        first = start + bisect_left(pairs, start)
        last = end + bisect_left(pairs, end)
        yield Comment(first, last, line, column, text[first:last])


def _scanned(text: str, scanner: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in scanner.finditer(text):
        if match.lastgroup == "open":
            line = text.count("\n", 0, match.start()) + 1
            raise UnmeasurableError(f"syntax error: string without end in line {line}")
        if match.lastgroup == "comment":
            yield match.span()


def _in_vue(text: str) -> Iterator[tuple[int, int]]:
    for part in comments_and_scripts(text):
        if isinstance(part, Script):
            for start, end in _parsed(part.text, part.language):
                yield part.start + start, part.start + end
        else:
            yield part


def _parsed(text: str, language: str) -> list[tuple[int, int]]:
    root = tree(text, language)
    kinds = [{"kind": kind} for kind in PARSED[language]]
    nodes = [node.range() for node in root.find_all({"rule": {"any": kinds}})]
    spans = [(n.start.index, n.end.index) for n in nodes if n.end.index > n.start.index]
    return _doubted(text, language, spans) if root.find(kind="ERROR") else spans


def _doubted(text: str, language: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The comments of a text with errors of syntax, which may have been planted: those that lizard
    sees too, and whatever looks like one of a line. Raises UnmeasurableError where a comment may
    be hidden all the same, or code pass for one."""
    skipped = len(match[0]) if (match := HASHBANG.match(text)) else 0
    seen = [text[start:end].rstrip() for start, end in spans if start or not skipped]
    rest = _blanked(text, spans, "\0")
    others = None
    if language in readers():
        others = [comment.rstrip() for _, comment in _lizards(text[skipped:], language)]
    if seen != others or re.search(DOUBT.get(language, DOUBT["javascript"]), rest):
        raise UnmeasurableError("syntax errors, and its comments cannot be told for certain")
    signs = re.finditer(SIGN.get(language, SIGN["javascript"]), rest)
    return sorted([*spans, *(match.span() for match in signs)])


def _by_lizard(text: str, language: str) -> Iterator[tuple[int, int]]:
    for start, comment in _lizards(text, language):
        yield start, start + len(comment)


def _lizards(text: str, language: str) -> Iterator[tuple[int, str]]:
    """The comments that lizard sees; their places hold where its tokens are the text's own."""
    from lizard_core.file_info_builder import FileInfoBuilder

    reader = readers()[language](FileInfoBuilder(""))
    at = 0
    for token in reader.generate_tokens(text):
        blank = BLANK.match(text, at)
        start = blank.end() if blank and not token[0].isspace() else at
        if text.startswith(token, start):
            at = start + len(token)
        if reader.get_comment_from_token(token) is not None:
            yield start, token
        elif token[0] == "#" and len(token) > 1:
            # a preprocessor line, an attribute, Lua's length: one token up to the line's end
            for first, comment in _lizards(token.replace("#", " "), language):
                yield start + first, comment
