"""Proofs about what follows what in one block: locks, errors, values that are lost."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from collectors.analyzers.treerules.words import Words, below, joined
from collectors.languages.trees import Node

Given = Mapping[str, Any]


_blocks: dict[tuple[int, str], tuple[list[Node], list[int]]] = {}  # the last few, by place and text
BLOCKS = 8
FAR = 100  # statements that a later one may be away


def following(node: Node, words: Words) -> list[Node]:
    """The statements behind a node in its block. A block is listed once: a supplier decides how
    many statements ask for it."""
    around = node.parent()
    if around is None or around.kind() not in words.blocks:
        return []
    key = (around.range().start.index, around.text())
    if key not in _blocks:
        if len(_blocks) >= BLOCKS:
            _blocks.clear()
        listed = words.statements(around)
        _blocks[key] = (listed, [each.range().start.index for each in listed])
    statements, starts = _blocks[key]
    return statements[bisect_left(starts, node.range().end.index) :]


def _function(node: Node, words: Words) -> Node | None:
    around = node.parent()
    while around is not None and around.kind() not in words.functions:
        around = around.parent()
    return around


def lock_kept(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """Between a lock and its release in the same block a branch leaves the function without it."""
    match = re.fullmatch(given["lock"], joined(node).rstrip(";"))
    function = _function(node, words)
    if not match or function is None:
        return
    release = given["release"].format(
        *(re.escape(g) for g in match.groups()), kind=match.groupdict().get("kind") or ""
    )
    later = following(node, words)
    end = next(
        (n for n, each in enumerate(later) if re.fullmatch(release, joined(each).rstrip(";"))), None
    )
    if end is None:
        return
    for statement in later[:end]:
        for each in [statement, *below(statement, words.functions)]:
            if each.kind() in given["leaves"] and not _released(each, statement, release):
                if not re.search(given["deferred"] + r"[^;]*" + release, joined(function)):
                    yield each
                return


def _released(leave: Node, statement: Node, release: str) -> bool:
    text = statement.text()
    before = text[: leave.range().start.index - statement.range().start.index]
    return bool(re.search(release, " ".join(before.split()))) or bool(
        re.search(release, joined(leave))
    )


def next_is(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """The statement is followed at once by one that its own words describe."""
    match = re.fullmatch(given["this"], joined(node).rstrip(";"))
    later = following(node, words)
    if match and later:
        wanted = given["next"].format(*(re.escape(group or "") for group in match.groups()))
        if re.fullmatch(wanted, joined(later[0]).rstrip(";")):
            yield later[0]


def later_is(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A later statement of the block is one that its own words describe, and none between does
    what would make that right."""
    match = re.fullmatch(given["this"], joined(node).rstrip(";"))
    if not match:
        return
    groups = [re.escape(group or "") for group in match.groups()]
    wanted, between = given["later"].format(*groups), given["unless"].format(*groups)
    for each in following(node, words)[:FAR]:
        text = joined(each).rstrip(";")
        if re.match(wanted, text):
            yield each
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
        text = joined(each)
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
    function = _function(node, words)
    if function is None:
        return True
    said = re.compile(rf"(?<![\w.]){re.escape(name)}\b")
    return any(
        said.search(joined(each)) for each in below(function) if each.kind() in words.functions
    )


def never(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """The function around never does what its statement asks for."""
    match = re.fullmatch(given["this"], joined(node).rstrip(";"))
    function = _function(node, words)
    if not match or function is None:
        return
    wanted = given["never"].format(*(re.escape(group or "") for group in match.groups()))
    if not re.search(wanted, joined(function)):
        yield node
    return


def inside_loop(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """It stands in a loop of its own function, which does not leave behind it."""
    around = node.parent()
    while around is not None and around.kind() not in words.functions:
        if around.kind() in words.loops:
            last = following(node, words)
            if not (last and last[-1].kind() in given["leaves"]):
                yield node
            return
        around = around.parent()


def empty(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """Its body holds neither a statement nor a word of why; of handlers those that catch what is
    given."""
    if "caught" in given:
        kind = node.field("type")
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
        before = [
            each
            for each in around.named_children()
            if each.range().end.index <= node.range().start.index
        ]
        if (
            any(each.kind() == given["deferred"] for each in before)
            and around.kind() in words.blocks
        ):
            yield node
            return
        around = around.parent()


def copied(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A parameter takes by value a type of the same file that holds what must not be copied."""
    kind = node.field("type")
    if kind is None or kind.kind() != given["plain"]:
        return
    if kind.text() in _holders(node.get_root().root().text(), given["held"]):
        yield node


@lru_cache(maxsize=2)
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
    function = _function(node, words)
    said = given["declared"].format(re.escape(match[1]))
    return function is not None and bool(re.search(said, joined(function)))


def always(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """The kind of the node says it all."""
    yield node


def error_lost(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A function that returns an error at the end returns none where it has one."""
    condition, body, function = node.field("condition"), node.field("body"), _function(node, words)
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
    if not re.search(given["absent"], node.get_root().root().text()):
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
