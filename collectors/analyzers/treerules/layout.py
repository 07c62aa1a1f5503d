"""One layout for what many may stand for: `f (`, `f /* so */ (` and `f(` are one call, and rules
read the last. Without that a supplier would choose by layout what is found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from collectors.languages.trees import Node, errors, parsed

# A bracket that something other than its word stands before. Words of two letters and more stand
# before it with one blank in nearly all code: those texts need no second look.
APART = re.compile(r"(?:\s|\*/)\(")
USUAL = re.compile(r"(?:\b(?:if|for|foreach|while|switch|catch|return|and|or|not|in)|[^\s\w/]) \(")
OPENING = re.compile(r"^\($")
# Words of the language before a bracket that belongs to them, and what then stands between.
HEADS = {
    **dict.fromkeys(("if", "elseif", "for", "foreach", "while", "switch", "match"), " "),
    **dict.fromkeys(("catch", "when", "lock", "using", "fixed"), " "),
    **dict.fromkeys(("typeof", "sizeof", "default", "nameof", "array", "list", "isset"), ""),
    **dict.fromkeys(("unset", "empty", "exit", "get", "set"), ""),
}
ENDS_AT_LINES = frozenset({"go", "kotlin", "ruby"})


@dataclass(frozen=True)
class Settled:
    """A text in the layout that rules read, its tree, and where each part of it came from."""

    text: str
    root: Node
    starts: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()

    def before(self, index: int) -> int:
        """Where a character of this text stood in the one that it was made of."""
        place = bisect_right(self.starts, index)
        return index + self.lost[place - 1] if place else index


def settled(text: str, language: str) -> Settled:
    """The text with nothing between a word and the bracket that belongs to it (one blank behind
    words of the language), and names of functions small where their letters' case says nothing.
    A text that would be read worse so stays as it is."""
    _, root = parsed(text, language)
    edits = list(_edits(text, language, root))
    if not edits:
        return Settled(text, root)
    parts, starts, lost, after, length = list[str](), list[int](), list[int](), 0, 0
    for start, end, instead in sorted(edits):
        parts += [text[after:start], instead]
        length += start - after + len(instead)
        starts.append(length)
        lost.append(end - start - len(instead))
        after = end
    made = "".join([*parts, text[after:]])
    _, other = parsed(made, language)
    if _unread(other) > _unread(root):
        return Settled(text, root)
    return Settled(made, other, tuple(starts), tuple(accumulate(lost)))


def _unread(root: Node) -> int:
    return sum(end - start for start, end in errors(root))


def _edits(text: str, language: str, root: Node) -> Iterator[tuple[int, int, str]]:
    if language == "php":
        yield from _small(root)
    if APART.search(USUAL.sub("", text)):
        for bracket in root.find_all({"rule": {"regex": OPENING.pattern}}):
            at = bracket.range().start.index
            if at and (text[at - 1].isspace() or text[at - 1] == "/"):
                yield from _gap(text, language, bracket, at)


def _gap(text: str, language: str, bracket: Node, at: int) -> Iterator[tuple[int, int, str]]:
    """What stands between a bracket and the word that it belongs to."""
    listed, before = bracket.parent(), bracket
    belongs = _belongs(listed, language)
    while before is not None:
        earlier = before.prev()
        while earlier is not None and "comment" in earlier.kind():
            earlier = earlier.prev()
        if earlier is not None:
            end, named, kind = earlier.range().end.index, earlier.is_named(), earlier.kind()
            head = HEADS.get(kind) if not named else None
            line = "\n" in text[end:at] and language in ENDS_AT_LINES
            instead = "" if head is None else head
            if (belongs or head is not None) and not line and text[end:at] != instead:
                yield end, at, instead
            return
        before = before.parent()


def _belongs(listed: Node, language: str) -> bool:
    """Whether a bracket opens what a function is given, or what it takes."""
    kind = listed.kind()
    if language == "ruby" and kind == "parenthesized_statements":
        around = listed.parent()
        return around.kind() == "argument_list" and len(around.named_children()) == 1
    return "argument" in kind or "parameter" in kind


def _small(root: Node) -> Iterator[tuple[int, int, str]]:
    named = (("function_call_expression", "function"), ("function_definition", "name"))
    for kind, field in named:
        for node in root.find_all(kind=kind):
            name = node.field(field)
            if name is not None and name.kind() in ("name", "qualified_name"):
                said = name.text()
                if said != said.lower() and said.isascii():
                    at = name.range()
                    yield at.start.index, at.end.index, said.lower()
