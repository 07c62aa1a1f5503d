"""Proofs about branches: alike, asked for twice, or never reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import inf
from typing import Any

from collectors.analyzers.treerules.proofs.conditions import accessed, null_test
from collectors.analyzers.treerules.words import Words, below, folded, leaves
from collectors.languages.trees import Node

Given = Mapping[str, Any]


def branches(node: Node, words: Words, most: float = inf) -> list[tuple[Node | None, Node]]:
    """Each branch of an if and those of its else ifs, with its condition; the last without one
    where it is an else. Not many more than ``most``."""
    found: list[tuple[Node | None, Node]] = []
    waiting: Node | None = node
    while waiting is not None and len(found) < most:
        condition = waiting.field("condition")
        body = waiting.field("consequence") or waiting.field("body")
        if condition is None or body is None or waiting.field("initializer") is not None:
            return []
        found.append((words.bare(condition), body))
        following = None
        alternative = waiting.field("alternative")
        for other in waiting.field_children("alternative") if alternative is not None else ():
            inner = _inner(other, words)
            if inner is None:
                continue
            if inner.kind() in words.ifs:
                following = inner
            elif other.field("condition") is not None:  # one clause after the other
                body = other.field("body") or other.field("consequence")
                if body is not None:
                    found.append((words.bare(other.field("condition")), body))
            else:
                found.append((None, inner))
        waiting = following
    return found


def _inner(other: Node, words: Words) -> Node | None:
    """What an else holds: a block, or the if that makes it an else if."""
    if other.kind() not in words.elses or other.field("condition") is not None:
        return other
    inner = words.statements(other)
    return inner[0] if len(inner) == 1 else None


def continues_else(node: Node, words: Words) -> bool:
    """Whether an if is the else if of another one."""
    around = node.parent()
    if around is not None and around.kind() in words.elses:
        around = around.parent()
    if around is None or around.kind() not in words.ifs:
        return False
    at = node.range().start.index
    return (
        any(
            other.range().start.index <= at < other.range().end.index
            for other in around.field_children("alternative")
        )
        and node.parent().kind() not in words.blocks
    )


def same_branches(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """Every branch of an if with an else does the same."""
    if continues_else(node, words):
        return
    found = branches(node, words)
    if len(found) < 2 or found[-1][0] is not None:
        return
    if "unless" in given and re.search(given["unless"], folded(found[0][0])):
        return  # the type that was asked for chooses what is called
    if len({_shape(body, words) for _, body in found}) > 1:
        return
    texts = {_code(body, words) for _, body in found}
    if len(texts) == 1 and texts != {""}:
        yield node


def _shape(body: Node, words: Words) -> tuple[str, ...]:
    """The kinds of its statements, which tell most branches apart."""
    inner = words.statements(body)
    while len(inner) == 1 and inner[0].kind() in words.blocks | words.wrappers:
        inner = words.statements(inner[0])
    return tuple(each.kind() for each in inner)


def _code(body: Node, words: Words) -> str:
    """What a branch does, white space and comments left out; "" for nothing."""
    if body.kind() in words.wrappers:
        return " ".join(_code(each, words) for each in words.statements(body))
    if body.kind() in words.blocks:
        return " ".join(_plain(each, words) for each in words.statements(body))
    return _plain(body, words)


def _plain(node: Node, words: Words) -> str:
    if not any(each.kind() in words.comments for each in below(node)):
        return folded(node)
    return " ".join(leaves(node, words.comments))


def same_results(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """Both results of a ternary are one expression."""
    one = node.field("consequence") or node.field("body")
    other = node.field("alternative")
    if one is None and len(inner := words.statements(node)) == 3:  # Python names none of the parts
        one, other = inner[0], inner[2]
    if (
        one is not None
        and other is not None
        and folded(words.bare(one)) == folded(words.bare(other))
    ):
        yield node


def repeated_condition(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A condition stands twice in one chain of else ifs: the later branch is never taken."""
    if continues_else(node, words):
        return
    seen = set[str]()
    for condition, _ in branches(node, words):
        if condition is None:
            continue
        text = folded(condition)
        if text in seen and words.pure(condition):
            yield condition
        seen.add(text)


def null_used(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """The first statement of a branch uses a part of what the condition says is null."""
    found = branches(node, words, most=2)
    if not found or found[0][0] is None:
        return
    tested = null_test(found[0][0], words)
    if not tested:
        return
    name = folded(tested[0])
    body = found[0][1] if tested[1] else next((b for c, b in found[1:2] if c is None), None)
    first = _first(body, words) if body is not None else None
    if first is None or first.kind() in words.ifs | words.loops:
        return
    if _assigned(first, name, words) or _tested_again(first, name, words):
        return
    used = accessed(first, name, words, given)
    if used is not None:
        yield used


def _first(body: Node, words: Words) -> Node | None:
    while body.kind() in words.wrappers | words.blocks:
        inner = words.statements(body)
        if not inner:
            return None
        body = inner[0]
    return body


def _assigned(statement: Node, name: str, words: Words) -> bool:
    for each in [statement, *below(statement)]:
        if each.kind() in words.assignments:
            left = each.field("left") or each.children()[0]
            if name in (folded(left), *(folded(n) for n in left.named_children())):
                return True
    return False


def _tested_again(statement: Node, name: str, words: Words) -> bool:
    for each in [statement, *below(statement)]:
        tested = null_test(each, words)
        if tested and folded(tested[0]) == name:
            return True
    return False


def unreachable(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A statement behind one that always leaves."""
    statements = words.statements(node)
    for before, after in pairwise(statements):
        if _leaves(before, words):
            declared = after.kind() in words.declared or after.kind().startswith("preproc")
            if not declared and not _leaves_alike(before, after, words):
                yield after
            return


def _leaves(node: Node, words: Words) -> bool:
    if node.kind() == "expression_statement" and len(node.named_children()) == 1:
        node = node.named_children()[0]
    return node.kind() in words.jumps


def _leaves_alike(before: Node, after: Node, words: Words) -> bool:
    """A `break` behind a `return`, out of habit, hides nothing."""
    return after.kind() in words.breaks | words.continues


def repeated_entry(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A literal key or case stands twice among the entries of a list; a key with another value."""
    seen: dict[str, str] = {}
    for entry in node.named_children():
        if entry.kind() not in given["entries"]:
            continue
        value = folded(entry.named_children()[-1]) if "pairs" in given else folded(entry)
        for key in _keys(entry, given):
            text = folded(key)
            if key.kind() in words.literals and not words.code & {n.kind() for n in below(key)}:
                if seen.get(text, value) != value or ("pairs" not in given and text in seen):
                    yield key
                seen[text] = value


def _keys(entry: Node, given: Given) -> list[Node]:
    if "pairs" in given and len(entry.named_children()) < given["pairs"]:
        return []
    if "field" in given:
        found: list[Node] = list(entry.field_children(given["field"]))
        return (
            [n.named_children()[0] for n in found if n.named_children()]
            if "inner" in given
            else found
        )
    inner: list[Node] = entry.named_children()
    while inner and inner[0].kind() in given.get("inside", ()):
        inner = inner[0].named_children()
    return inner[:1]


def empty_branch(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A condition that asks nothing of the world, and nothing that follows from it."""
    if node.field("alternative") is not None or node.field("initializer") is not None:
        return
    body = node.field("consequence") or node.field("body")
    condition = node.field("condition")
    if body is None or condition is None or body.kind() not in words.wrappers:
        return
    if re.fullmatch(given.get("not", "(?!)"), folded(condition)):
        return
    if not body.named_children() and words.pure(condition):
        yield node


def assigned_condition(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """The whole condition is an assignment, of a constant where that is asked for."""
    condition = node.field("condition")
    if condition is None:
        return
    bare = condition
    while bare.kind() in words.brackets and len(bare.named_children()) == 1:
        bare = bare.named_children()[0]
    if bare.kind() not in words.assignments or len(bare.children()) != 3:
        return
    _, sign, right = bare.children()
    plain = words.names | words.members | words.literals
    if sign.text() == "=" and right.kind() in (words.literals if given.get("constant") else plain):
        yield node


def self_assigned(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """Both sides of an assignment are one name or member."""
    children = node.children()
    if len(children) != 3 or children[1].text() != "=":
        return
    left, right = children[0], children[2]
    around = node.parent()
    statement = around is not None and around.kind() in given["statements"]
    if not re.fullmatch(given.get("name", ".*"), folded(left)):
        return
    if statement and folded(left) == folded(right) and words.pure(left):
        yield node
