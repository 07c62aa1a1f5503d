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
    r"(?:[=<>]|\blike|\bin\s*\(|\bvalues\s*\((?:[^()]*,)?|\blimit|\boffset)\s*['\"%]*\s*\Z",
    re.IGNORECASE,
)
HEAD, NEAR = 2000, 500  # characters at the beginning of a statement, and before a value
# What names no value: parts of a statement, and what says that it was made safe.
PART = re.compile(
    r"(?:.*(?:->|\.|::|_))?\$?(?:\w*(?:[tT]able|[tT]bl|[cC]olumn|[cC]ol|[fF]ield|[pP]refix|[wW]here|[cC]ond\w*"
    r"|[oO]rder|[cC]lause|[fF]ilter|[sS]ql|[qQ]uery|[qQ]ueries|[pP]laceholder|[sS]chema|[mM]arks|[iI]n"
    r"|[lL]ist|[lL]imit|[oO]ffset)s?(?:[nN]ame)?|\w*(?:[qQ]uoted|[eE]scaped|[sS]afe|_esc|_sql)\w*)\Z"
)
THROUGH = frozenset({
    *("argument", "arguments", "argument_list", "sequence_expression", "interpolation"),
    *("template_substitution", "heredoc", "variable_name", "pair", "slice_expression"),
    "type_conversion_expression",
})  # fmt: skip
CONSTANT = re.compile(r"(?:[\w\\]+(?:\.|::|->))*_?[A-Z][A-Z0-9_]*(?:\.\w+\(\))?\Z")
HARMLESS = re.compile(
    r"\(?(?:int|float|bool|integer)\)|(?:[\w$]+(?:->|::|\.))?(?:q|qn|h|esc|sq|dbq)\("
    r"|(?:intval|floatval|absint|count|sizeof|strlen|len|implode|join|str_repeat|time|date|array_map"
    r"|(?:[\w$]+(?:->|::|\.))*\w*(?:quote|escape|esc_|sanitize|placeholder|param|bind|nameof|literal|addtovars|addvar"
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
        tail = so_far[-NEAR:]
        quoted = "quoted" not in given or tail.rstrip("%")[-1:] in ("'", '"')
        if quoted and SQL.match(so_far[:HEAD]) and VALUE.search(tail) and _foreign(put, words):
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
    if PART.match(text):
        return False
    return inner.kind() not in ("conditional_expression", "ternary_expression")


def sql_format(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A statement of SQL is formatted with a text value."""
    listed, within = arguments(node), given.get("within", 1)
    texts = [literal(each, words) for each in listed[:within]]
    at = next((at for at, each in enumerate(texts) if each is not None), len(listed))
    text = texts[at] if at < len(texts) else None
    if text is None or len(listed) < at + 2 or not SQL.match(text):
        return
    spots = [spot.start() for spot in re.finditer(given["spots"], text)]
    values = listed[at + 1 :]
    if "{" not in given["spots"] and len(spots) != len(values):
        return
    for place, start in enumerate(spots):
        number = int(text[start + 1]) if text[start] == "{" else place
        asked = VALUE.search(text[:start]) and number < len(values)
        if asked and _foreign(values[number], words):
            yield node
            return


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
    """What comes from the request is used as it came: on its way from there to the node it is but
    put into a text."""
    pattern = re.compile(given["source"])
    left = node.field("left")
    if (
        node.kind() in words.assignments
        and left
        and folded(left) != given.get("left", folded(left))
    ):
        return
    for each in below(node):
        if not pattern.fullmatch(folded(each)):
            continue
        around, within = each.parent(), each
        while around is not None and _passes(around, within, node, words, given):
            if _same(around, node):
                yield node
                return
            around, within = around.parent(), around


def _same(one: Node, other: Node) -> bool:
    a, b = one.range(), other.range()
    return (a.start.index, a.end.index, one.kind()) == (b.start.index, b.end.index, other.kind())


def _passes(around: Node, within: Node, node: Node, words: Words, given: Given) -> bool:
    """Whether a value goes through a node into the one around unchanged."""
    if _same(around, node):
        asked = node.field("receiver")
        return asked is None or "receiver" in given or not _same(asked, within)
    kind = around.kind()
    if kind in words.binaries:
        split = parts(around, words)
        return split is not None and split[1] in ("+", ".", "??", "||")
    if kind in ("conditional_expression", "ternary_expression"):
        condition = around.field("condition")
        return condition is not None and condition.range().end.index < within.range().start.index
    if kind in words.calls:
        called = folded(around.children()[0])
        return bool(
            re.fullmatch(given.get("through", r"\\?(?:trim|stripslashes|urldecode)"), called)
        )
    return kind in words.brackets | words.strings or kind in THROUGH
