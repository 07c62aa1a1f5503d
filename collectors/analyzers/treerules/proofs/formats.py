"""Proofs about formats and their arguments, and about what a literal says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from collectors.analyzers.treerules.proofs import memory
from collectors.analyzers.treerules.proofs.texts import arguments, literal
from collectors.analyzers.treerules.words import Words, joined
from collectors.languages.trees import Node

Given = Mapping[str, Any]
PERCENT = re.compile(
    r"%[-+# 0']*(?P<position>\[\d+\]|\d+\$)?(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d*))?"
    r"(?:\[\d+\])?(?P<verb>[a-zA-Z%])?"
)
PROVIDER = re.compile(r"Culture|Provider|Invariant|NumberFormat")
BRACES = re.compile(r"\{\{|\}\}|\{\s*(\d+)\s*(?:,[^{}:]*)?(?::(?:[^{}]|\{\{|\}\})*)?\}")


def percent_format(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A format of percent signs asks for another number of arguments than it is given."""
    listed = arguments(node)
    place = given.get("places", {}).get(_name(node), 0)
    if len(listed) <= place or any(_spread(each) for each in listed):
        return
    text = literal(listed[place], words)
    if text is None:
        return
    wanted = _wanted(text, given)
    if wanted is None:
        return
    given_number = len(listed) - place - 1
    if given_number < wanted or (given_number > wanted and not given.get("more")):
        yield node


def _name(node: Node) -> str:
    called = node.children()[0].text()
    return re.split(r"\.|->|::", called)[-1]


def _spread(node: Node) -> bool:
    text = node.text()
    around = node.parent()
    return (
        "..." in text[:3]
        or text.endswith("...")
        or "variadic" in node.kind()
        or "spread" in node.kind()
        or text.startswith("*")
        or (
            around is not None
            and around.kind() == "argument"
            and (
                around.text().startswith("...")
                or ":" in around.text()[:-1].split("(")[0].split('"')[0].split("'")[0]
            )
        )
    )


def _wanted(text: str, given: Given) -> int | None:
    """How many arguments a format takes; None where it says by number which."""
    count = 0
    for match in PERCENT.finditer(text):
        verb = match["verb"]
        if match["position"] or "[" in match[0]:
            return None
        if verb is None:
            return None
        count += (match["width"] == "*") + (match["precision"] == "*")
        if verb != "%":
            if verb not in given["verbs"]:
                return None
            count += 1
    return count


def brace_format(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A format of numbers in braces names an argument that is not given, or not the last one."""
    listed = arguments(node)
    start = int(bool(listed) and bool(PROVIDER.search(joined(listed[0]))))
    if start >= len(listed) or (text := literal(listed[start], words)) is None:
        return
    if any(
        ":" in each.parent().text().split("(")[0].split('"')[0]
        for each in listed
        if each.parent().kind() == "argument"
    ):
        return
    values = listed[start + 1 :]
    one = values[0] if len(values) == 1 else None
    if one is not None and one.kind() not in given["single"] and not _plain(one, words, given):
        return  # may be an array of all of them
    if "{" in BRACES.sub("", text) or not values:
        return
    numbers = {int(m[1]) for m in BRACES.finditer(text) if m[1]}
    if max(numbers, default=-1) != len(values) - 1:  # one between that is left out may be meant
        yield node


def _plain(value: Node, words: Words, given: Given) -> bool:
    """Whether a value is one that its function declares as no array."""
    function = memory.function(value, words)
    if value.kind() not in words.names or function is None:
        return False
    name = value.text()
    return memory.says(function, given["plain"].format(re.escape(name)), name)


def matching(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """The text of a literal argument matches."""
    listed = arguments(node)
    place = given.get("place", 0)
    if len(listed) > place:
        text = literal(listed[place], words)
        if text is not None and re.search(given["pattern"], text):
            yield node


def says(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """Its text, white space folded, matches from end to end."""
    if re.fullmatch(given["pattern"], joined(node).rstrip(";")):
        yield node


def unbalanced(node: Node, words: Words, given: Given) -> Iterator[Node]:
    """A literal regular expression opens or closes a group without its other half."""
    listed = arguments(node)
    if not listed or listed[0].kind() not in given["raw"] or literal(listed[0], words) is None:
        return
    text = re.sub(r"\\.", "x", listed[0].text(), flags=re.DOTALL)
    text = re.sub(r"\[\^?\]?(?:\[:\w+:\]|[^\]])*\]", "", text)
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            break
    if depth:
        yield node
