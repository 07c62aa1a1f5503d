"""Every comment of a source text by its exact place: where directives live, and nowhere else."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from collectors.languages.ecmascript import script_comments
from collectors.languages.interpolated import CODE, interpolated_comments
from collectors.languages.source import UnmeasurableError, unix

# Languages whose strings lizard mistakes, so that its comments are wrong after some of them.
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
SCRIPTS = frozenset({"javascript", "tsx", "typescript"})
VUE = re.compile(
    r"(?P<comment><!--.*?(?:-->|\Z))"
    r"|<script\b(?P<attributes>[^>]*)(?:>(?P<script>.*?)(?:</script|\Z)|\Z)",
    re.DOTALL | re.IGNORECASE,
)
VUE_JSX = re.compile(r"\blang\s*=\s*[\"']?[jt]sx", re.IGNORECASE)
# Comments that lizard takes for code, and whose apostrophes would open strings.
PROSE = {
    "perl": re.compile(r"^=[A-Za-z].*?(?:^=cut\b[^\n]*|\Z)", re.MULTILINE | re.DOTALL),
    "ruby": re.compile(r"^=begin\b.*?(?:^=end\b[^\n]*|\Z)", re.MULTILINE | re.DOTALL),
}
PHP_COMMENT = r"|\#\[|\#[^\n]*"
PHP_TAG = re.compile(r"<\?(?:php)?|\?>")
# Readers that hand no match of the whole text to their ``token_class``.
WITHOUT_PLACES = frozenset({"kotlin", "lua", "php", "ruby", "swift", "ttcn"})


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
    r"""The comments of a decoded text in order, found by a scanner of ours or lizard's.

    Lines end with \n, \r\n or \r. Raises UnmeasurableError where Python has a string without end.
    """
    folded = unix(text)
    if language == "vue":
        spans = _in_vue(folded)
    elif language in SCRIPTS:
        spans = script_comments(folded, language)
    elif language in CODE:
        spans = interpolated_comments(folded, language)
    elif language in SCANNERS:
        spans = _scanned(folded, SCANNERS[language])
    else:
        spans = _by_reader(folded, language)
    return tuple(_located(text, folded, spans))


def masked(text: str, found: Sequence[Comment]) -> str:
    """The text with blanks for the comments: same length, same lines, same columns."""
    parts, after = [], 0
    for comment in found:
        parts += [text[after : comment.start], re.sub(r"[^\r\n]", " ", comment.text)]
        after = comment.end
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
    for match in VUE.finditer(text):
        if match["comment"]:
            yield match.span()
        else:
            language = "tsx" if VUE_JSX.search(match["attributes"]) else "typescript"
            offset = match.start("script")
            for start, end in script_comments(match["script"] or "", language):
                yield offset + start, offset + end


def _by_reader(text: str, language: str) -> Iterator[tuple[int, int]]:
    spans = []
    if prose := PROSE.get(language):
        spans = [match.span() for match in prose.finditer(text)]
        text = prose.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return iter(sorted([*spans, *_read(text, language)]))


def _read(text: str, language: str) -> Iterator[tuple[int, int]]:
    from lizard_core.file_info_builder import FileInfoBuilder

    reader = readers()[language](FileInfoBuilder(""))
    for start, token in _placed(reader, text, language):
        php = language == "php" and token[0] == "#" and not token.startswith("#[")
        if php or reader.get_comment_from_token(token) is not None:
            yield start, start + len(token)
        elif token[0] == "#" and len(token) > 1:
            # a preprocessor line, an attribute, Lua's length: one token up to the line's end
            for first, last in _read(token.replace("#", " "), language):
                yield start + first, start + last


class _Token(str):
    """A token that knows its place, and keeps it when lizard joins a preprocessor line."""

    start: int

    def __add__(self, other: str) -> _Token:
        return _token_at(str.__add__(self, other), self.start)


def _token_at(text: str, start: int) -> _Token:
    token = _Token(text)
    token.start = start
    return token


def _placed(reader: Any, text: str, language: str) -> Iterator[tuple[int, str]]:
    """The reader's tokens with their offsets; without those that are not in the text as such."""
    if language in WITHOUT_PLACES:
        yield from _aligned(text, reader.generate_tokens(text, PHP_COMMENT * (language == "php")))
        return
    for token in reader.generate_tokens(text, "", lambda match: _token_at(match[0], match.start())):
        if isinstance(token, _Token):
            yield token.start, token


def _aligned(text: str, tokens: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Tokens with their offsets, found in order. PHP's tags are no tokens, and strings with
    interpolations come in pieces that got quotes of their own."""
    at = 0
    for token in tokens:
        while not (length := _length(text, at, token)) and (tag := PHP_TAG.match(text, at)):
            at = tag.end()
        if text.startswith(token, at):
            yield at, token
        at += length


def _length(text: str, at: int, token: str) -> int:
    """How many characters from ``at`` a token stands for, 0 if it does not stand there."""
    if text.startswith(token, at):
        return len(token)
    if token[0] == "$":  # lizard writes ${ for Ruby's #{
        return 2 if text.startswith("#{", at) else 0
    pieces = (token[1:], token[:-1], token[1:-1]) if token[0] == '"' else ()
    return next((len(piece) for piece in pieces if piece and text.startswith(piece, at)), 0)
