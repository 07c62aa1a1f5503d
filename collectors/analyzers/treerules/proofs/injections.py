"""Proofs about commands that are built from values, and about what a request brings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from collectors.analyzers.treerules.proofs.conditions import parts
from collectors.analyzers.treerules.proofs.texts import arguments, literal, pieces
from collectors.analyzers.treerules.words import Words, below, folded
from collectors.languages.trees import Node

Given = Mapping[str, Any]
SQL = re.compile(
    r"\s*(?:select\b.+\bfrom\b|insert\s+into\b|update\s+\S+\s+set\b|delete\s+from\b"
    r"|replace\s+into\b|select\b.*\bwhere\b)",
    re.IGNORECASE | re.DOTALL,
)
# What stands before a value of a statement; before a name of a table or column nothing of this.
VALUE = re.compile(
    r"(?:[=<>(,]|\blike|\bin\s*\(|\bvalues\s*\(|\band|\blimit|\boffset)\s*['\"%]*\s*\Z|['\"]%?\Z",
    re.IGNORECASE,
)
CONSTANT = re.compile(r"(?:[\w\\]+(?:\.|::|->))*_?[A-Z][A-Z0-9_]*(?:\.\w+\(\))?\Z")
HARMLESS = re.compile(
    r"\(?(?:int|float|bool|integer)\)"
    r"|(?:intval|floatval|absint|count|sizeof|strlen|len|implode|join|str_repeat|time|date|array_map"
    r"|(?:[\w$]+(?:->|::|\.))*\w*(?:quote|escape|esc_|sanitize|placeholder|param|bind|nameof"
    r"|strconv\.(?:Itoa|Quote|FormatInt))\w*)\(",
    re.IGNORECASE,
)


def sql_values(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A statement of SQL is built with a value put into its text."""
    around = node.parent()
    if node.kind() in words.binaries:
        split = parts(node, words)
        if not split or split[1] not in ("+", "."):
            return
    while around is not None and around.kind() in words.brackets:
        around = around.parent()
    if around is not None and around.kind() in words.binaries:
        return  # the whole text is looked at
    so_far = ""
    for text, put in pieces(node, words):
        if put is None:
            so_far += text
            continue
        if SQL.match(so_far) and VALUE.search(so_far) and _foreign(put, words):
            yield node
            return
        so_far += "x"


def _foreign(put: Node, words: Words) -> bool:
    inner = put
    if "interpolation" in put.kind():
        named = [each for each in put.named_children() if "brace" not in each.kind()]
        inner = named[0] if named else put
    text = folded(inner).strip("{} ")
    if inner.kind() in words.literals or CONSTANT.match(text) or HARMLESS.match(text):
        return False
    return inner.kind() not in ("conditional_expression", "ternary_expression")


def sql_format(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A statement of SQL is formatted with a text value."""
    listed = arguments(node)
    if len(listed) < 2:
        return
    text = literal(listed[0], words)
    if text is None or not SQL.match(text):
        return
    spots = [m for m in re.finditer(given["spots"], text) if VALUE.search(text[: m.start()])]
    values = listed[1:]
    if spots and any(_foreign(value, words) for value in values):
        yield node


def command(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A command of a shell is built with a value put into its text."""
    for each in arguments(node)[given.get("from", 0) :]:
        found = pieces(each, words)
        texts = [text for text, put in found if put is None]
        put = [value for _, value in found if value is not None]
        if not any(text.strip() for text in texts) and not given.get("alone"):
            continue
        if any(_unsafe(value, words, given) for value in put):
            yield node
            return


def _unsafe(value: Node, words: Words, given: Given) -> bool:
    text = folded(value).strip("{}$")
    if CONSTANT.match(text) or value.kind() in words.literals:
        return False
    return not re.search(given.get("safe", r"(?!)"), folded(value))


def requested(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """What comes from the request is used as it came: named in the text that is looked at."""
    pattern = re.compile(given["source"])
    safe = re.compile(given.get("safe", r"(?!)"))
    for each in [node, *below(node)]:
        text = folded(each)
        if pattern.fullmatch(text):
            around, harmless = each.parent(), False
            while (
                around is not None
                and around.range().start.index >= node.range().start.index
                and around.range().end.index <= node.range().end.index
            ):
                said = folded(around)
                if (
                    around.kind() in words.calls
                    and safe.match(said)
                    and around.range().start.index != node.range().start.index
                ):
                    harmless = True
                if around.kind() in given.get("tested", ()):
                    harmless = True
                around = around.parent()
            if not harmless:
                yield node
                return
