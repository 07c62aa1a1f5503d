"""Proofs about conditions and operands: what is the same on both sides, and what can never be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from collectors.analyzers.treerules.words import Words, below, folded
from collectors.languages.trees import Node

Given = Mapping[str, Any]
MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def parts(node: Node, words: Words) -> tuple[Node, str, Node] | None:
    """Left operand, operator and right operand of a node of two, without brackets."""
    children = [child for child in node.children() if child.kind() not in words.comments]
    if len(children) != 3:
        return None
    left, sign, right = children
    return words.bare(left), sign.text(), words.bare(right)


def operands(node: Node, words: Words, signs: frozenset[str]) -> list[Node]:
    """The operands of a chain of one operator, in order; the node itself where it is none."""
    found: list[Node] = []
    waiting = [node]
    while waiting:
        each = words.bare(waiting.pop())
        split = parts(each, words) if each.kind() in words.binaries else None
        if split and split[1] in signs:
            waiting += [split[2], split[0]]
        else:
            found.append(each)
    return found


def chains(node: Node, words: Words) -> Iterator[tuple[str, list[Node]]]:
    """The word "and" or "or" with its operands, where the node is the outermost of such a chain."""
    split = parts(node, words)
    for name, signs in (("and", words.ands), ("or", words.ors)):
        if split and split[1] in signs and not _inside(node, words, signs):
            yield name, operands(node, words, signs)


def _inside(node: Node, words: Words, signs: frozenset[str]) -> bool:
    around = node.parent()
    while around is not None and around.kind() in words.brackets:
        around = around.parent()
    split = parts(around, words) if around is not None and around.kind() in words.binaries else None
    return bool(split and split[1] in signs)


def same_operands(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """Both operands are one expression, of an operator that makes no sense of that."""
    split = parts(node, words)
    if not split or split[1] not in words.operators:
        return
    left, sign, right = split
    if left.kind() != right.kind():  # a long chain has its whole beginning on the left
        return
    if left.kind() in words.literals or folded(left) != folded(right) or not words.pure(left):
        return
    if sign not in words.unequal:  # that is how a value is asked whether it is a number
        yield node


def repeated_operand(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """An operand stands twice in a chain of one logical operator."""
    for _, found in chains(node, words):
        seen = set[str]()
        for operand in found:
            text = folded(operand)
            if not words.pure(operand):
                seen.clear()  # what stood before may have another value behind it
            elif text in seen:
                plain = operand.kind() not in words.binaries  # its value may be wanted at the end
                if not (given.get("valued") and plain and operand is found[-1]):
                    yield operand
            seen.add(text)


def _compared(node: Node, words: Words) -> tuple[str, str, Node] | None:
    """What is compared, how, and with which literal."""
    split = parts(node, words) if node.kind() in words.binaries else None
    if not split:
        return None
    left, sign, right = split
    if left.kind() in words.literals and right.kind() not in words.literals:
        left, sign, right = right, MIRRORED.get(sign, sign), left
    if right.kind() not in words.literals or words.code & {n.kind() for n in below(right)}:
        return None
    return (folded(left), sign, right) if words.pure(left) else None


def impossible(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """One value equals two literals, or differs from one of two, or is below and above a range."""
    for name, found in chains(node, words):
        compared = [each for each in (_compared(n, words) for n in found) if each]
        signs = words.equal if name == "and" else words.unequal
        by_value: dict[str, set[str]] = {}
        for value, sign, literal in compared:
            if sign in signs:
                by_value.setdefault(value, set()).add(folded(literal))
        if any(len(literals) > 1 for literals in by_value.values()) or (
            name == "and" and _empty_range(compared, words)
        ):
            yield node


def _empty_range(compared: list[tuple[str, str, Node]], words: Words) -> bool:
    below_, above = dict[str, float](), dict[str, float]()
    for value, sign, literal in compared:
        if literal.kind() in words.numbers and literal.text().replace(".", "").isdigit():
            number = float(literal.text())
            if sign in ("<", "<="):
                below_[value] = min(number, below_.get(value, number))
            elif sign in (">", ">="):
                above[value] = max(number, above.get(value, number))
    return any(above[value] > below_[value] for value in above.keys() & below_)


def null_test(node: Node, words: Words) -> tuple[Node, bool] | None:
    """The name that is compared with null, and whether it is null where the condition holds."""
    split = parts(node, words) if node.kind() in words.binaries else None
    if not split:
        return None
    left, sign, right = split
    if folded(left) in words.nulls:
        left, right = right, left
    if folded(right) not in words.nulls or not words.pure(left):
        return None
    if sign in words.equal or sign in words.unequal:
        return left, sign in words.equal
    return None


def accessed(node: Node, name: str, words: Words, given: Given) -> Node | None:
    """Access below the node to a part of what ``name`` is; not of what is called on it where calls
    of nothing are fine."""
    for each in [node, *below(node, words.functions)]:
        if each.kind() in words.members and each.children():
            target = each.children()[0]
            around = each.parent()
            called = around is not None and around.kind() in words.calls
            called = called and around.children()[0].range().start.index == each.range().start.index
            if folded(words.bare(target)) == name and not (called and given.get("calls_allowed")):
                return each
    return None


def wrong_guard(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """`x == null && x.y` or `x != null || x.y`: the wrong operator for a guard."""
    for name, found in chains(node, words):
        for place, operand in enumerate(found[:-1]):
            tested = null_test(operand, words)
            if not tested or tested[1] != (name == "and"):
                continue
            value = folded(tested[0])
            used = found[place + 1]
            if accessed(used, value, words, given) is not None:
                yield node
                return
