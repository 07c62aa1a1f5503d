"""Proofs about loops: which never run twice, never end, or change what they read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from collectors.analyzers.treerules.proofs import memory
from collectors.analyzers.treerules.proofs.conditions import parts
from collectors.analyzers.treerules.words import Words, below, folded, joined
from collectors.languages.trees import Node

Given = Mapping[str, Any]
SHORT = 200  # characters of a reference
REFERENCE = re.compile(r"&|(?:ref|out) ")


def _body(node: Node, words: Words) -> list[Node]:
    body = node.field("body")
    while body is not None:
        inner = words.statements(body)
        if len(inner) == 1 and inner[0].kind() in words.blocks:
            body = inner[0]
            continue
        return inner if body.kind() in words.blocks | words.wrappers else [body]
    return []


def once(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """The body of a loop always leaves it in its first round."""
    if "head" in given and given["with"] != any(c.kind() == given["head"] for c in node.children()):
        return
    statements = _body(node, words)
    if len(statements) < given.get("least", 1) or statements[-1].kind() not in words.jumps:
        return
    last = statements[-1]
    if last.kind() in words.continues or (last.kind() in words.breaks and last.named_children()):
        return
    for statement in statements:
        for each in [statement, *below(statement, words.functions)]:
            if each.kind() in words.continues or each.kind() in given.get("never", ()):
                return
    yield last


def wrong_update(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A for statement counts a variable that its condition does not read, and leaves the one that
    it begins with alone."""
    begun, condition, update = _for(node, given)
    if begun is None or condition is None or update is None:
        return
    counted = _names(update, words) or set()
    asked, started = _names(condition, words), _first_name(begun, words)
    if (
        started is None
        or started not in asked
        or counted & asked
        or update.kind() not in words.updates
    ):
        return
    body = node.field("body")
    if body is not None and started in _changed(body, words):
        return
    yield update


def away(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A for statement counts up to what is below, or down to what is above."""
    _, condition, update = _for(node, given)
    split = (
        parts(condition, words)
        if condition is not None and condition.kind() in words.binaries
        else None
    )
    if not split or update is None:
        return
    left, sign, _ = split
    steps = folded(update)
    name = re.escape(folded(left))
    up = re.fullmatch(rf"(?:{name} ?\+\+|\+\+{name}|{name} \+= \d+)", steps)
    down = re.fullmatch(rf"(?:{name} ?--|--{name}|{name} -= \d+)", steps)
    if (sign in (">", ">=") and up) or (sign == "<=" and down):
        yield update


def past_end(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A for statement runs from the first place up to and with the length of what it indexes, and
    asks nothing of the place inside."""
    begun, condition, _ = _for(node, given)
    if begun is None or not re.search(r"= ?0$", joined(begun)):
        return
    split = (
        parts(condition, words)
        if condition is not None and condition.kind() in words.binaries
        else None
    )
    if not split or split[1] != "<=":
        return
    length = re.fullmatch(given["length"], folded(split[2]))
    body = node.field("body")
    if not length or body is None:
        return
    counter = folded(split[0])
    indexed = f"{length[1]}[{counter}]"
    asked = re.search(
        rf"{re.escape(counter)} ?(?:[=!<>]=?)|[=!<>]=? ?{re.escape(counter)}\b", body.text()
    )
    if not asked and any(folded(each) == indexed for each in below(body)):
        yield condition


def _for(node: Node, given: Given) -> tuple[Node | None, Node | None, Node | None]:
    if "clause" in given:
        clause = next((c for c in node.named_children() if c.kind() == given["clause"]), None)
        if clause is None:
            return None, None, None
        node = clause
    fields = given.get("fields", ("initializer", "condition", "update"))
    return node.field(fields[0]), node.field(fields[1]), node.field(fields[2])


def _names(node: Node, words: Words) -> set[str]:
    return {folded(each) for each in [node, *below(node)] if each.kind() in words.names}


def _first_name(node: Node, words: Words) -> str | None:
    waiting = [node]
    while waiting:
        each = waiting.pop(0)
        if each.kind() in words.names:
            return folded(each)
        waiting = [*(c for c in each.named_children() if c.kind() != "predefined_type"), *waiting]
    return None


def _changed(node: Node, words: Words) -> set[str]:
    """The names that are assigned, counted or passed by reference somewhere below."""
    changed = set[str]()
    for each in [node, *below(node)]:
        changed |= _changes(each, words)
    return changed


def _changes(node: Node, words: Words) -> set[str]:
    """What a node changes itself, by an assignment or a reference."""
    if node.kind() in words.assignments | words.updates:
        return _names(node.field("left") or node, words)
    return _names(node, words) if _referred(node) else set()


def _referred(node: Node) -> bool:
    at = node.range()
    if at.end.index - at.start.index > SHORT:
        return False
    return bool(REFERENCE.match(node.text()))


def unchanging(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A loop whose condition reads local names alone, that its body neither changes nor leaves."""
    condition, body = node.field("condition"), node.field("body")
    if condition is None and node.named_children():
        condition = node.named_children()[0]
    if condition is None or body is None or condition.kind() not in words.binaries | words.brackets:
        return
    if body.kind() not in words.wrappers:
        return
    condition = words.bare(condition)
    if condition.kind() not in words.binaries or not words.pure(condition):
        return
    names, around = _names(condition, words), memory.function(node, words)
    split = parts(condition, words)
    plain = split and {split[0].kind(), split[2].kind()} <= words.names | words.literals
    if not names or not plain or around is None:
        return
    leaving = (words.jumps - words.continues) | words.functions | {*given["leaves"]}
    starts, done = memory.of(around, "done", partial(_done, around, words, leaving))
    at = body.range()
    within = slice(bisect_left(starts, at.start.index), bisect_left(starts, at.end.index))
    if any(each is None or names & each for each in done[within]):
        return
    if _local(node, around, names, words):
        yield condition


def _done(
    function: Node, words: Words, leaving: frozenset[str]
) -> tuple[list[int], list[set[str] | None]]:
    """Where a function changes which names (None: leaves what it is in), in order."""
    found = list[tuple[int, set[str] | None]]()
    for each in below(function):
        changes = None if each.kind() in leaving else _changes(each, words)
        if changes is None or changes:
            found.append((each.range().start.index, changes))
    found.sort(key=lambda place: place[0])
    return [start for start, _ in found], [names for _, names in found]


def _local(node: Node, around: Node, names: set[str], words: Words) -> bool:
    """Whether each name is a parameter or variable of the function around, which nobody else can
    change: none of its closures or references holds it, and nothing counts it unseen."""
    declared, shared = memory.of(around, "names", lambda: _declared_and_shared(around, words))
    if (words.declares and not names <= declared) or names & shared:
        return False
    body = node.field("body").text()
    return not any(
        re.search(rf"(?:\+\+|--)\s*{name}\b|{name}\s*(?:\+\+|--|[-+*/%&|^]?=(?!=))", body)
        for name in map(re.escape, names)
    )


def _declared_and_shared(around: Node, words: Words) -> tuple[set[str], set[str]]:
    """The names that a function declares, and those that its closures or references may change."""
    inner = below(around)
    named = (
        each.field("name") or each.field("left") for each in inner if each.kind() in words.declares
    )
    declared = {name for each in named if each is not None for name in _names(each, words)}
    shared = set(re.findall(r"(?:&|\b(?:ref|out|global|static) )([$@]*\w+)", around.text()))
    outermost, end = list[Node](), 0
    closures = (each for each in inner if each.kind() in words.functions)
    for each in sorted(closures, key=lambda node: node.range().start.index):
        at = each.range()
        if at.start.index >= end:
            outermost.append(each)
            end = at.end.index
    for each in outermost:
        shared |= _changed(each, words)
    return declared, shared


def changed_inside(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A collection is added to or taken from while it is iterated, and the iteration goes on."""
    body = node.field("body")
    over = node.field(given.get("over", "right"))
    if body is None or over is None or over.kind() in words.calls:
        return
    target = folded(over)
    pattern = re.compile(rf"{re.escape(target)}\.(?:{given['methods']})$")
    for each in below(body, words.functions):
        called = each.kind() in words.calls and pattern.fullmatch(folded(each.children()[0]))
        if called and not left_after(each, node, words):
            yield each
            return


def left_after(node: Node, loop: Node, words: Words) -> bool:
    """Whether the loop is left somewhere behind a node in the blocks around it."""
    while node is not None and node.range().start.index != loop.range().start.index:
        around = node.parent()
        if around is not None and around.kind() in words.blocks:
            last = memory.of(around, "last jump", partial(_last_jump, around, words))
            if last > node.range().start.index:
                return True
        node = around
    return False


def _last_jump(block: Node, words: Words) -> int:
    leaving = words.jumps - words.continues
    jumps = (n for n in block.named_children() if n.kind() in leaving)
    return max((n.range().start.index for n in jumps), default=-1)
