"""Syntax trees, from tree-sitter's grammars by way of ast-grep: the second reader of a text.

A tree covers every character of its text, also where its grammar does not understand it: there
stand ERROR nodes. ast-grep panics on a language it does not know, so that only those below are
ever asked for. Lines and columns of a node are 0-based, ``index`` counts characters.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    from ast_grep_py import SgRoot

    roots = [SgRoot(text, grammar).root() for grammar in GRAMMARS[language]]
    return min(roots, key=unread) if len(roots) > 1 else roots[0]


def unread(root: Node) -> int:
    """How many characters of a tree stand in ERROR nodes."""
    return sum(
        node.range().end.index - node.range().start.index
        for node in walk(root, into=lambda node: node.kind() != "ERROR")
        if node.kind() == "ERROR"
    )


def walk(node: Node, into: Any = lambda _: True) -> Iterator[Node]:
    """A node and all below it in the order of the text; not below a node that ``into`` refuses.
    Without recursion: a supplier decides how deep a tree is."""
    stack = [node]
    while stack:
        found = stack.pop()
        yield found
        if into(found):
            stack.extend(reversed(found.children()))
