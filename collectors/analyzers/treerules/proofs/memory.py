"""What proofs found out about parts of the text at hand, each looked at once: a supplier decides
how often a function or block is asked for."""

from __future__ import annotations

import re
from bisect import bisect_left
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
    """The function around a node. Not asked of its parents: each costs as much as it is deep."""
    root, at = node.get_root().root(), node.range()
    starts, functions = of(root, "functions", partial(_functions, root, words))
    place: int | None = bisect_left(starts, at.start.index + 1) - 1
    while place is not None and place >= 0:
        found, start, end, around = functions[place]
        if end >= at.end.index and (start, end) != (at.start.index, at.end.index):
            return found
        place = around
    return None


def _functions(
    root: Node, words: Words
) -> tuple[list[int], list[tuple[Node, int, int, int | None]]]:
    """Where functions begin, and each with its ends and the place of the one around it."""
    starts, found = list[int](), list[tuple[Node, int, int, int | None]]()
    kinds = [{"kind": kind} for kind in sorted(words.functions)]
    for each in root.find_all({"rule": {"any": kinds}}):
        at = each.range()
        around: int | None = len(found) - 1 if found else None
        while around is not None and found[around][2] < at.end.index:
            around = found[around][3]
        starts.append(at.start.index)
        found.append((each, at.start.index, at.end.index, around))
    return starts, found


def whole(node: Node) -> str:
    """The whole text that a node is part of."""
    root = node.get_root().root()
    text: str = of(root, "text", root.text)
    return text


def mentioned(node: Node, pattern: str) -> bool:
    """Whether the whole text that a node is part of has what matches."""
    root = node.get_root().root()
    return of(root, ("whole", pattern), lambda: re.search(pattern, whole(node)) is not None)


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
