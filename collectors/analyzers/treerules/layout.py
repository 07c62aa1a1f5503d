"""One layout for what many may stand for: `f (`, `f /* so */ (`, and `x` with `.f(` on the line
below are read as `f(` and `x.f(`. Without that a supplier would choose by layout what is found.

The text is scanned, not parsed: what a scanner takes for something else is laid out as it was,
or, where the result would be read worse than the text itself, not at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from collectors.analyzers.treerules.gaps import Gaps
from collectors.analyzers.treerules.tokens import LAYOUTS
from collectors.languages.trees import Node, parsed, unread

Edit = tuple[int, int, str]  # from, to, what stands there instead
TEMPLATE = re.compile(r"\\.|`|\$\{", re.DOTALL)
HEAD = re.compile(r"\b(?:if|for|while)\s*\Z")
CLOSES = {")": "(", "]": "[", "}": "{"}
BEHIND_CALL = re.compile(r"[ \t]*(?:[\n;})\],#]|\Z|(?:do|if|unless|and|or|then)\b|&&|\|\|)")


@dataclass(frozen=True)
class Settled:
    """A text in the layout that rules read, its tree with the grammar that made it, and where each
    part of the text came from."""

    text: str
    grammar: str
    root: Node
    starts: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()

    def before(self, index: int) -> int:
        """Where a character of this text stood in the one that it was made of."""
        place = bisect_right(self.starts, index)
        return index + self.lost[place - 1] if place else index


def settled(text: str, language: str) -> Settled:
    """The text with each expression laid out in one way. A text that would be read worse so stays
    as it is."""
    edits = sorted(_edits(text, language))
    if not edits:
        return Settled(text, *parsed(text, language))
    parts, starts, lost, after, length = list[str](), list[int](), list[int](), 0, 0
    for start, end, instead in edits:
        parts += [text[after:start], instead]
        length += start - after + len(instead)
        starts.append(length)
        lost.append(end - start - len(instead))
        after = end
    made = "".join([*parts, text[after:]])
    grammar, root = parsed(made, language)
    if missed := unread(root):
        other = Settled(text, *parsed(text, language))
        if missed > unread(other.root):
            return other
    return Settled(made, grammar, root, tuple(starts), tuple(accumulate(lost)))


def _edits(text: str, language: str) -> Iterator[Edit]:
    layout = LAYOUTS[language]
    gaps = Gaps(text, language)
    opened: list[tuple[str, Edit | None]] = []  # brackets; with what is apart before one of Ruby's
    place, length = 0, len(text)
    apart: Edit | None = None
    while place < length:
        match = layout.stops.search(text, place)
        if match is None:
            return
        place, kind = match.end(), match.lastgroup
        if kind == "gap":
            edit = gaps.edit(match.start(), place, opened[-1][0][-1] if opened else "")
            if edit is None:
                continue
            if language == "ruby" and text.startswith("(", place):
                apart = edit
            else:
                yield edit
        elif kind == "bracket":
            sign = match[0]
            if sign in "([{":
                head = sign == "(" and HEAD.search(text, max(0, match.start() - 9), match.start())
                opened.append((f"if{sign}" if head else sign, apart))
                apart = None
            elif opened and opened[-1][0][-1] == CLOSES[sign]:
                opening, before = opened.pop()
                gaps.head = place if opening == "if(" else gaps.head
                if before is not None and BEHIND_CALL.match(text, place):
                    yield before
            elif sign == "}" and opened and opened[-1][0] == "`":
                opened.pop()
                place = _template(text, place, opened)
        elif match[0] == "`" and layout.line == "mostly":
            place = _template(text, place, opened)


def _template(text: str, place: int, opened: list[tuple[str, Edit | None]]) -> int:
    """Behind the text of a template, or where code in it begins."""
    for match in TEMPLATE.finditer(text, place):
        if match[0] == "`":
            return match.end()
        if match[0] == "${":
            opened.append(("`", None))
            return match.end()
    return len(text)
