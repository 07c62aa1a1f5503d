"""Syntax trees, from tree-sitter's grammars by way of ast-grep: the second reader of a text.

A tree covers every character of its text, also where its grammar does not understand it: there
stand ERROR nodes. ast-grep panics on a language it does not know, so that only those below are
ever asked for. Lines and columns of a node are 0-based, ``index`` counts characters.
"""

from __future__ import annotations

from typing import Any

# By our name of a language, the grammars to try: of several the one with the fewest errors.
GRAMMARS: dict[str, tuple[str, ...]] = {
    "cpp": ("cpp", "c"),
    "csharp": ("csharp",),
    "go": ("go",),
    "java": ("java",),
    "javascript": ("javascript",),
    "kotlin": ("kotlin",),
    "lua": ("lua",),
    "php": ("php",),
    "python": ("python",),
    "ruby": ("ruby",),
    "rust": ("rust",),
    "scala": ("scala",),
    "solidity": ("solidity",),
    "swift": ("swift",),
    "tsx": ("tsx",),
    "typescript": ("typescript",),
}

Node = Any  # ast_grep_py.SgNode, which is imported where a text is read


def tree(text: str, language: str) -> Node:
    """The root of the text's tree; KeyError for a language without a grammar."""
    return parsed(text, language)[1]


def parsed(text: str, language: str) -> tuple[str, Node]:
    """The grammar that understands most of the text, the first where several do alike, and the
    root of its tree; KeyError for a language without a grammar."""
    from ast_grep_py import SgRoot

    grammars = GRAMMARS[language]
    best, root = grammars[0], SgRoot(text, grammars[0]).root()
    least = unread(root) if len(grammars) > 1 else 0
    for grammar in grammars[1:]:
        if not least:
            break
        other = SgRoot(text, grammar).root()
        if (found := unread(other)) < least:
            best, root, least = grammar, other, found
    return best, root


def nothing(grammar: str) -> Node:
    """The root of an empty text: what can be asked of it, a grammar understands."""
    from ast_grep_py import SgRoot

    return SgRoot("", grammar).root()


def unread(root: Node) -> int:
    """How many characters of a tree stand in ERROR nodes."""
    return sum(end - start for start, end in errors(root))


def errors(root: Node) -> list[tuple[int, int]]:
    """Where the outermost ERROR nodes stand, in characters."""
    places = [(at.start.index, at.end.index) for at in (n.range() for n in _errors(root))]
    outermost = list[tuple[int, int]]()
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not outermost or end > outermost[-1][1]:
            outermost.append((start, end))
    return outermost


def _errors(root: Node) -> list[Node]:
    found: list[Node] = root.find_all(kind="ERROR")
    return found
