"""Proofs about recursion that never ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from collectors.analyzers.treerules.proofs import memory
from collectors.analyzers.treerules.proofs.conditions import parts
from collectors.analyzers.treerules.words import Words, below, folded, joined
from collectors.languages.trees import Node

Given = Mapping[str, Any]


def endless_recursion(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A function calls itself before anything else can leave it."""
    name, body, listed = node.field("name"), node.field("body"), node.field("parameters")
    if any(each.kind() in given.get("never", ()) for each in node.named_children()):
        return
    if name is None or body is None or listed is None:
        return
    receiver = _receiver(node, given)
    fold: Callable[[str], str] = str.lower if given.get("small") else str
    if receiver is None or f"{fold(name.text())}(" not in fold(body.text()):
        return
    statements = words.statements(body) if body.kind() in words.blocks | words.wrappers else [body]
    while statements and statements[0].kind() in words.blocks:
        statements = words.statements(statements[0])
    for statement in statements:
        if body.kind() in words.blocks | words.wrappers and statement.kind() not in given["plain"]:
            return
        call = _certain_call(statement, receiver + folded(name), words, given)
        if call is not None:
            alike = not given.get("overloads") or _alike(call, listed)
            if alike and _arity(call) == _parameters(listed) and _alone(node, words):
                yield call
            return
        if statement.kind() in words.jumps:
            return


def _receiver(node: Node, given: Given) -> str | None:
    how = given.get("receiver")
    if not how:
        return str(given.get("prefix", ""))
    field = node.field("receiver")
    if field is None:
        return "" if node.kind() == how["function"] else None
    names = [each for each in below(field) if each.kind() == "identifier"]
    return f"{folded(names[0])}." if names else None


def _certain_call(statement: Node, name: str, words: Words, given: Given) -> Node | None:
    """A call of the name that is made whenever the statement runs."""
    waiting = [statement]
    fold: Callable[[str], str] = str.lower if given.get("small") else str
    names = {
        fold(each) for each in (name, *(before + name for before in given.get("prefixes", ())))
    }
    while waiting:
        each = waiting.pop()
        if each.kind() in words.functions or each.kind() in given.get("lazy", ()):
            continue
        if each.kind() in words.binaries:
            split = parts(each, words)
            if split and split[1] in words.ands | words.ors | {"??"}:
                waiting.append(split[0])
                continue
        if each.kind() in words.calls and fold(_called(each)) in names:
            return each
        waiting += each.named_children()
    return None


def _called(call: Node) -> str:
    """The text before the arguments of a call."""
    arguments = call.field("arguments")
    if arguments is None:
        return ""
    text: str = call.text()
    return " ".join(text[: arguments.range().start.index - call.range().start.index].split())


def _alike(call: Node, listed: Node) -> bool:
    """Whether each argument is its parameter or counted from it: no other overload is meant."""
    names = [each.field("name") for each in listed.named_children()]
    passed = call.field("arguments").named_children()
    return all(
        name is not None
        and re.fullmatch(rf"{re.escape(name.text())}(?: ?[-+*/] ?\d+)?", joined(each))
        for name, each in zip(names, passed, strict=False)
    )


def _arity(call: Node) -> int:
    arguments = call.field("arguments")
    return len([n for n in arguments.named_children() if n.kind() != "comment"]) if arguments else 0


def _parameters(listed: Node) -> int:
    count = 0
    for each in listed.named_children():
        if each.kind() == "comment":
            continue
        count += max(1, len(each.field_children("name")))
    return count


def _alone(node: Node, words: Words) -> bool:
    """Whether no other function around has the name: another one may be the one that is called."""
    name = folded(node.field("name"))
    around = node.parent()
    while (
        around is not None
        and around.parent() is not None
        and around.kind() not in ("class_declaration", "struct_declaration")
    ):
        around = around.parent()
    named = memory.of(around, node.kind(), lambda: _named(around, node.kind()))
    return named[name] == 1


def _named(around: Node, kind: str) -> Counter[str]:
    """How often each name is one of a function of a kind in a class."""
    names = (each.field("name") for each in below(around) if each.kind() == kind)
    return Counter(folded(name) for name in names if name is not None)
