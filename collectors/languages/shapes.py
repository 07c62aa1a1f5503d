"""The shape of each line of code: its tokens, with one sign for every name and one for every
literal. Renamed copies have the same shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.languages.trees import GRAMMARS, tree

NAME, LITERAL = "a", "0"
# By the kinds of a tree's named nodes; what stands in a literal belongs to it.
NAMES = re.compile("identifier|name|constant|variable|label|alias|symbol")
LITERALS = re.compile("string|char|number|numeric|integer|float|decimal|rune|regex|heredoc_body")
# Where a language has no tree: these words are kept, whatever it makes of them.
KEPT = frozenset(
    {
        *("and", "begin", "break", "call", "case", "catch", "class", "const", "continue", "def"),
        *("default", "do", "elif", "else", "elseif", "elsif", "end", "enum", "for", "foreach"),
        *("fun", "func", "function", "goto", "if", "import", "in", "loop", "match", "my", "new"),
        *("not", "or", "our", "return", "select", "static", "struct", "sub", "switch", "then"),
        *("throw", "try", "unless", "until", "use", "var", "void", "when", "while", "with"),
    }
)
TOKEN = re.compile(
    r"""(?P<literal>"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\d[\w.]*)|(?P<word>\w+)|(?P<sign>\S)"""
)


def shapes(code: str, language: str) -> dict[int, str]:
    r"""The shape of each line that has one, by its number from 1. ``code``: a text without its
    comments whose lines end with \n. A literal of several lines stands in each of them."""
    lines: dict[int, list[str]] = {}
    for number, sign in (_of_tree if language in GRAMMARS else _of_lines)(code, language):
        lines.setdefault(number, []).append(sign)
    return {number: " ".join(signs) for number, signs in lines.items()}


def telling(shapes: dict[int, str]) -> dict[int, str]:
    """The lines whose shape says something: not those of signs alone, and not those that repeat
    one of the two before (tables of data, lists of imports or assignments, getters in a row)."""
    kept: dict[int, str] = {}
    last: list[str] = []
    for number, shape in sorted(shapes.items()):
        if shape not in last and any(char.isalnum() for char in shape):
            kept[number] = shape
            last = [*last[-1:], shape]
    return kept


def _of_tree(code: str, language: str) -> Iterator[tuple[int, str]]:
    stack = [tree(code, language)]
    while stack:
        node = stack.pop()
        kind = node.kind()
        if node.is_named() and LITERALS.search(kind):
            span = node.range()
            for line in range(span.start.line, span.end.line + 1):
                yield line + 1, LITERAL
        elif node.is_leaf():
            if text := node.text().strip():
                named = node.is_named() and NAMES.search(kind)
                yield node.range().start.line + 1, NAME if named else text
        else:
            stack.extend(reversed(node.children()))


def _of_lines(code: str, _: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(code.split("\n"), 1):
        for token in TOKEN.finditer(line):
            if token["literal"]:
                yield number, LITERAL
            else:
                renamed = token["word"] and token["word"].lower() not in KEPT
                yield number, NAME if renamed else token[0]
