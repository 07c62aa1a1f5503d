"""Proofs about secrets: those that stand in the code, and those that can be predicted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from collectors.analyzers.treerules.proofs import memory
from collectors.analyzers.treerules.proofs.texts import literal
from collectors.analyzers.treerules.words import Words, below, folded
from collectors.languages.trees import Node

Given = Mapping[str, Any]
# Values that are no secret: names, words, addresses, templates, and what says so itself.
PLACEHOLDER = re.compile(
    r"(?i:.*(?:example|change[-_]?me|placeholder|your[-_ ]|todo|xxx|dummy|test|sample|redacted"
    r"|invalid|default|none|null|empty|undefined|credential|api[-_]?key).*)"
    r"|[*.x?#\-_]+|[a-z]+|[\w.]*[$%{<@:/\\ ].*|[A-Z_]+|\d{1,3}",
    re.DOTALL,
)
# A value that names what it is; but one of all sorts of signs is what people choose.
NAMED = re.compile(r"(?i)pass(?:word|wort|wd)|secret|token")
SORTS = tuple(map(re.compile, ("[a-z]", "[A-Z]", "[0-9]", "[!#&*^+]")))


def secret(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A name that says password, key or token is given a literal that looks like one."""
    name, value = _named_value(node, given)
    if name is None or value is None:
        return
    text = literal(words.bare(value), words)
    bare = re.split(r"\.|->|::", folded(name))[-1].strip("\"'$@:[] ")
    if text is None or not re.fullmatch(given["names"], bare):
        return
    mixed = text.isascii() and re.search(r"[A-Za-z]", text) and re.search(r"[0-9!#%&+*^]", text)
    if (
        len(text) >= 6
        and mixed
        and not PLACEHOLDER.fullmatch(text)
        and (not NAMED.search(text) or all(sort.search(text) for sort in SORTS))
        and text.lower() != bare.lower()
    ):
        yield node


def _named_value(node: Node, given: Given) -> tuple[Node | None, Node | None]:
    if "declared" in given:
        inner = node.named_children()
        declared = next((each for each in inner if each.kind() == given["declared"]), None)
        return (declared.named_children()[0] if declared is not None else None), inner[-1]
    name = node.field(given.get("name", "name")) or node.field("left") or node.field("key")
    if "declarator" in given and name is None:
        name = _declared(node.field("declarator"))
    value = node.field(given.get("value", "value")) or node.field("right")
    if name is None or value is None:
        inner = node.named_children()
        if len(inner) >= 2:
            return inner[0], inner[-1]
    inner = (
        value.named_children() if value is not None and value.kind() == "expression_list" else []
    )
    return name, (inner[0] if len(inner) == 1 else value)


def _declared(declarator: Node | None) -> Node | None:
    """The name in the declarator of a pointer or an array."""
    while declarator is not None and "declarator" in declarator.kind():
        inner = declarator.named_children()
        declarator = declarator.field("declarator") or (inner[-1] if inner else None)
    return declarator


def predictable(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """What is named like a secret is made by a generator that can be predicted."""
    name = node.field("name") or node.field("left")
    if name is None and node.named_children():
        name = node.named_children()[0]
    if name is None or not re.search(given["names"], folded(name)):
        return
    if re.search(r"random_bytes|random_int|SecureRandom|urandom|crypto/rand", node.text()):
        return
    if "absent" in given and memory.mentioned(node, given["absent"]):
        return
    if "present" in given and not memory.mentioned(node, given["present"]):
        return
    made = [
        n
        for n in [node, *below(node)]
        if n.kind() in words.calls and re.match(given["made"], folded(n))
    ]
    if made:
        yield min(made, key=lambda n: n.range().start.index)
