"""What proofs found out about parts of the text at hand, each looked at once: a supplier decides
how often a function or block is asked for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from collectors.analyzers.treerules.words import Words, joined
from collectors.languages.trees import Node

T = TypeVar("T")
NEAR = 48  # characters around a name in which patterns look

_known: dict[tuple[object, ...], Any] = {}


def forget() -> None:
    """Begin with another text."""
    _known.clear()


def of(node: Node, what: object, make: Callable[[], T]) -> T:
    """What ``make`` says of a node, kept under ``what`` until the next text."""
    at = node.range()
    key = (what, node.kind(), at.start.index, at.end.index)
    if key not in _known:
        _known[key] = make()
    found: T = _known[key]
    return found


def function(node: Node, words: Words) -> Node | None:
    """The function around a node."""
    around = node.parent()
    while around is not None and around.kind() not in words.functions:
        around = around.parent()
    return around


def whole(node: Node) -> str:
    """The whole text that a node is part of."""
    root = node.get_root().root()
    text: str = of(root, "text", root.text)
    return text


def holds(node: Node, pattern: str) -> bool:
    """Whether a node's text, white space folded, has what matches."""
    text = of(node, "joined", partial(joined, node))
    return of(node, pattern, lambda: re.search(pattern, text) is not None)


def says(node: Node, pattern: str, name: str) -> bool:
    """Whether a node's text, white space folded, says somewhere around a name what matches."""
    near = of(node, "near", partial(_near, node)).get(name, "")
    return of(node, (pattern, name), lambda: re.search(pattern, near) is not None)


def _near(node: Node) -> dict[str, str]:
    """What stands around each word of a text: all of it together is but some times as long."""
    text = joined(node)
    parts = defaultdict[str, list[str]](list)
    for match in re.finditer(r"\w+", text):
        parts[match[0]].append(text[max(0, match.start() - NEAR) : match.end() + NEAR])
    return {name: "\n".join(found) for name, found in parts.items()}
