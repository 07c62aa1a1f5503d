"""Proofs about blocks that are called for each of several, as Ruby writes its loops."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from collectors.analyzers.treerules.proofs.loops import left_after
from collectors.analyzers.treerules.words import Words, below, folded
from collectors.languages.trees import Node

Given = Mapping[str, Any]


def _each(node: Node, words: Words) -> tuple[Node, list[Node]] | None:
    """What a block is called for each of, and the statements of the block."""
    called, over, block = node.field("method"), node.field("receiver"), node.field("block")
    if over is None or block is None or called is None:
        return None
    if called.text() not in ("each", "each_with_index") or node.field("arguments") is not None:
        return None
    body = block.field("body")
    return (over, words.statements(body)) if body is not None else None


def each_once(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A block that is called for each of several always leaves in its first round."""
    found = _each(node, words)
    if not found or not found[1] or found[1][-1].kind() not in words.jumps - words.continues:
        return
    inner = [each for statement in found[1] for each in [statement, *below(statement)]]
    if not any(each.kind() in words.continues for each in inner):
        yield found[1][-1]


def each_changed(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """What a block is called for each of is changed in the block, which goes on."""
    found = _each(node, words)
    if not found:
        return
    over, parameters = folded(found[0]), node.field("block").field("parameters")
    pairs = parameters is not None and len(parameters.named_children()) > 1
    for statement in found[1]:
        for each in [statement, *below(statement, words.functions)]:
            target, called = each.field("receiver"), each.field("method")
            if each.kind() in words.calls and target is not None and called is not None:
                changes = re.fullmatch(given["methods"], called.text())
                if called.text() == "delete" and pairs:
                    continue  # a hash may lose the pair that it is at
                if changes and folded(target) == over and not left_after(each, node, words):
                    yield each
                    return
