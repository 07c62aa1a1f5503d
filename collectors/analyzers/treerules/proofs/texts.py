"""What literals say, and what texts are built of."""

from __future__ import annotations

from collectors.analyzers.treerules.proofs.conditions import operands
from collectors.analyzers.treerules.words import Words
from collectors.languages.trees import Node

JOINING = frozenset({"+", "."})

LISTS = frozenset({"arguments", "argument_list", "value_arguments"})


def literal(node: Node, words: Words) -> str | None:
    """The text of a string literal without quotes, None where it is none or holds code."""
    if node.kind() not in words.strings:
        return None
    inner = node.children()
    if any(each.kind() in words.code for each in inner):
        return None
    if not inner:
        text: str = node.text()
        return text.strip("\"'`")
    return "".join(each.text() for each in inner if each.kind() in words.text)


def pieces(node: Node, words: Words) -> list[tuple[str, Node | None]]:
    """A built text in order: what is literal, and what is put in (with its node)."""
    found: list[tuple[str, Node | None]] = []
    for each in operands(node, words, JOINING):
        if each.kind() in words.strings:
            for child in each.children():
                if child.kind() in words.text:
                    found.append((child.text(), None))
                elif child.kind() in words.code:
                    found.append(("", child))
            if not each.children():
                found.append((each.text().strip("\"'`"), None))
        else:
            found.append(("", each))
    return found


def arguments(node: Node) -> list[Node]:
    """What a call is given, in order, without names and labels."""
    listed = node.field("arguments")
    if listed is None:
        listed = next((c for c in node.named_children() if c.kind() in LISTS), None)
    if listed is None:
        return []
    found = []
    for each in listed.named_children():
        if each.kind() == "comment":
            continue
        inner = each.named_children() if each.kind() == "argument" else []
        found.append(inner[-1] if inner else each)
    return found
