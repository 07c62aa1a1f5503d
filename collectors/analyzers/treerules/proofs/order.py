"""Proofs about what follows what in one block: errors and values that are lost."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from collectors.analyzers.treerules.proofs import memory
from collectors.analyzers.treerules.words import Words, below, joined
from collectors.languages.trees import Node

Given = Mapping[str, Any]


FAR = 100  # statements that a later one may be away


def following(node: Node, words: Words) -> list[Node]:
    """The next statements behind a node in its block."""
    around = node.parent()
    if around is None or around.kind() not in words.blocks:
        return []
    statements, starts = memory.of(around, "statements", lambda: _statements(around, words))
    place = bisect_left(starts, node.range().end.index)
    return statements[place : place + FAR]


def _statements(block: Node, words: Words) -> tuple[list[Node], list[int]]:
    listed = words.statements(block)
    return listed, [each.range().start.index for each in listed]


def plain(statement: Node) -> str:
    """A statement in one line, without the sign that ends it."""
    return memory.of(statement, "said", lambda: joined(statement).rstrip(";"))


def next_is(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """The statement is followed at once by one that its own words describe."""
    match = re.fullmatch(given["this"], joined(node).rstrip(";"))
    later = following(node, words)
    if match and later:
        wanted = given["next"].format(*(re.escape(group or "") for group in match.groups()))
        if re.fullmatch(wanted, plain(later[0])):
            yield later[0]


def later_is(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A later statement of the block is one that its own words describe, and none between does
    what would make that right."""
    match = re.fullmatch(given["this"], joined(node).rstrip(";"))
    if not match:
        return
    groups = [re.escape(group or "") for group in match.groups()]
    wanted, between = given["later"].format(*groups), given["unless"].format(*groups)
    for each in following(node, words):
        text = plain(each)
        if re.match(wanted, text):
            yield node if "here" in given else each
            return
        if re.search(between, text):
            return


def overwritten(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """An error is assigned, and assigned again before anything reads it."""
    left = _left(node)
    name = next((each for each in left if re.fullmatch(given["name"], each)), None)
    if name is None:
        return
    said = re.compile(rf"(?<![\w.]){re.escape(name)}\b")
    for each in following(node, words):
        text = plain(each)
        if each.kind() in given["assigns"] and name in _left(each):
            right = each.field("right")
            if right is None or said.search(joined(right)) or _captured(node, name, words):
                return
            yield each
            return
        if said.search(text) or each.kind() not in given["plain"]:
            return


def _left(node: Node) -> list[str]:
    left = node.field("left")
    return [each.text() for each in left.named_children()] if left is not None else []


def _captured(node: Node, name: str, words: Words) -> bool:
    """Whether a closure of the function reads it, later perhaps."""
    function = memory.function(node, words)
    if function is None:
        return True
    return name in memory.of(function, "captured", lambda: _in_closures(function, words))


def _in_closures(function: Node, words: Words) -> set[str]:
    closures = (each for each in below(function) if each.kind() in words.functions)
    return {
        name
        for each in closures
        if (around := memory.function(each, words)) is not None
        and around.range().start.index == function.range().start.index
        for name in re.findall(r"(?<![\w.])\w+", each.text())
    }


def never(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """The function around never does what its statement asks for."""
    match = re.fullmatch(given["this"], joined(node).rstrip(";"))
    function = memory.function(node, words)
    if not match or function is None:
        return
    wanted = given["never"].format(*(re.escape(group or "") for group in match.groups()))
    if not memory.says(function, wanted, re.findall(r"\w+", match[1])[-1]):
        yield node


def inside_loop(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """It stands in a loop of its own function, which does not leave behind it."""
    around = node.parent()
    while around is not None and around.kind() not in words.functions:
        if around.kind() in words.loops:
            block = node.parent()
            last = memory.of(block, "last", partial(_last_kind, block, words))
            if last not in given["leaves"]:
                yield node
            return
        around = around.parent()


def _last_kind(block: Node, words: Words) -> str:
    """The kind of a block's last statement, if it is a block that has one."""
    statements = words.statements(block) if block.kind() in words.blocks else []
    return statements[-1].kind() if statements else ""


def empty(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """Its body holds neither a statement nor a word of why; of handlers those that catch what is
    given."""
    if "caught" in given:
        kind = node.field(given.get("type", "type"))
        named = kind or next((c for c in node.named_children() if c.kind() == given["kind"]), None)
        if not re.fullmatch(given["caught"], joined(named) if named is not None else ""):
            return
    body = node.field(given.get("field", "body"))
    if body is None:
        body = next(
            (c for c in node.named_children() if c.kind() in words.wrappers | words.blocks), None
        )
    if body is not None and not body.named_children():
        yield node


def lost_exit(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """The program ends although the function has deferred calls."""
    around = node.parent()
    while around is not None and around.kind() not in words.functions:
        if around.kind() in words.blocks:
            first = memory.of(around, "deferred", partial(_first_end, around, given["deferred"]))
            if first is not None and first <= node.range().start.index:
                yield node
                return
        around = around.parent()


def _first_end(block: Node, kind: str) -> int | None:
    """Where the first statement of a kind ends in a block."""
    found = (each for each in block.named_children() if each.kind() == kind)
    return next((each.range().end.index for each in found), None)


def copied(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A parameter takes by value a type of the same file that holds what must not be copied."""
    kind = node.field("type")
    if kind is None or kind.kind() != given["plain"]:
        return
    root = node.get_root().root()
    if kind.text() in memory.of(root, "held", lambda: _holders(memory.whole(node), given["held"])):
        yield node


def _holders(text: str, held: str) -> frozenset[str]:
    """The structs of a text that have such a field."""
    found = re.finditer(rf"^type (\w+) struct \{{\n(?:[^{{}}\n]*\n)*?\s*{held}", text, re.MULTILINE)
    return frozenset(match[1] for match in found)


def dropped(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A call stands alone as a statement."""
    inner = node.named_children()
    if len(inner) == 1 and inner[0].kind() in words.calls:
        called = inner[0].children()[0]
        match = re.fullmatch(given["called"], joined(called))
        if called.kind() not in words.calls and match and _declared(node, match, words, given):
            yield node


def declared(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A call whose receiver the function around declares as it must be."""
    match = re.fullmatch(given["called"], joined(node))
    if match and _declared(node, match, words, given):
        yield node


def _declared(node: Node, match: re.Match[str], words: Words, given: Given) -> bool:
    """Whether the function around declares what is called on as it must be, where that is asked."""
    if "declared" not in given:
        return True
    function = memory.function(node, words)
    said = given["declared"].format(re.escape(match[1]))
    return function is not None and memory.says(function, said, match[1])


def always(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """The kind of the node says it all."""
    yield node


def error_lost(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A function that returns an error at the end returns none where it has one."""
    condition, body = node.field("condition"), node.field("body")
    function = memory.function(node, words)
    body = node.field("consequence") or body
    if condition is None or body is None or function is None:
        return
    result = function.field("result")
    if result is None or not re.search(r"\berror\)?$", joined(result)):
        return
    match = re.fullmatch(given["failed"], joined(condition))
    if match and re.fullmatch(given["returned"], joined(body)):
        before = node.prev()
        while before is not None and not before.is_named():
            before = before.prev()
        said = joined(before) if before is not None else ""
        said += joined(node.field("initializer")) if node.field("initializer") is not None else ""
        if not re.search(given["asked"], said):
            yield node


def absent(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """Nothing in the text says why this is right."""
    if not memory.mentioned(node, given["absent"]):
        yield node


def empty_rescue(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A handler of everything, or of every fault of the code, with neither a statement nor a word
    of why before the next part begins."""
    inner = node.named_children()
    caught = [each for each in inner if each.kind() == "exceptions"]
    rest = [each for each in inner if each.kind() not in ("exceptions", "exception_variable")]
    following = node.next()
    said = following is not None and following.kind() in words.comments
    if (
        not said
        and not rest
        and (not caught or re.fullmatch(r"(?:::)?(?:Exception|StandardError)", joined(caught[0])))
    ):
        yield node


def returns_value(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A method of such a name returns a value, which nobody gets."""
    name, body = node.field("name"), node.field("body")
    if name is None or body is None or not re.fullmatch(given["names"], name.text()):
        return
    for each in below(body, words.functions):
        inner = [n for n in each.named_children() if n.kind() not in words.comments]
        if each.kind() == "return_statement" and inner and inner[0].text().lower() != "null":
            yield each
