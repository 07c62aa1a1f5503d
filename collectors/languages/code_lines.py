"""Which lines of a text are code, told by its syntax tree."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from collectors.languages.structures import Structures
from collectors.languages.trees import Node

TRIPLE, PREFIXES, OPERAND = frozenset({"'''", '"""'}), "rRbBuUfF", frozenset("=([,+-*/%")
# Lines of the preprocessor, which lizard does not count as code, but for what they include.
DIRECTIVES = frozenset({"cpp", "csharp"})
DIRECTIVE = re.compile(r"^[ \t]*#[ \t]*(?!include\b|\s)(?:[^\n\\]|\\.)*", re.MULTILINE | re.DOTALL)


class SourceLines:
    """Which lines of a text are code: neither blank nor comment alone."""

    def __init__(self, text: str, root: Node, rules: Structures, language: str) -> None:
        self.whole, self.string_kinds = text, rules.strings
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.comments, strings = list[tuple[int, int]](), list[tuple[int, int]]()
        for node in root.find_all(rules.texts):
            at = node.range()
            place = at.start.index, at.end.index
            (strings if node.kind() in rules.strings else self.comments).append(place)
        if language == "python":
            alone = [place for place in strings if self.alone(*place)]
            self.comments = sorted([*self.comments, *alone])
            strings = [place for place in strings if place not in set(alone)]
        blank = self.comments
        if language in DIRECTIVES:
            blank = sorted([*blank, *(match.span() for match in DIRECTIVE.finditer(text))])
        self.text = _blanked(text, blank)
        self.code = [not line.isspace() and line != "" for line in self.text.split("\n")]
        bare = list(self.code)
        for start, end in strings:
            first, last = self.of(start), self.of(end)
            if first < last and self.text[start:end].strip():
                self.code[first - 1 : last] = [True] * (last - first + 1)
                bare[first - 1 : last] = [False] * (last - first + 1)
        self._sums, self._bare = [0, *accumulate(self.code)], [0, *accumulate(bare)]

    def alone(self, start: int, end: int) -> bool:
        """Whether a string in three quotes stands alone in Python, as lizard tells it: by what is
        before."""
        if self.whole[start : min(end, start + 5)].lstrip(PREFIXES)[:3] not in TRIPLE:
            return False
        before = start - 1
        while before >= 0 and self.whole[before].isspace():
            before -= 1
        returned = self.whole[max(0, before - 5) : before + 1] == "return"
        return before < 0 or not (self.whole[before] in OPERAND or returned)

    @property
    def all(self) -> int:
        """How many of the text's lines are code."""
        return self._sums[-1]

    def of(self, place: int) -> int:
        """The line of a character, from 1."""
        return bisect_left(self._starts, place + 1)

    def strings(self, first: int, last: int) -> int:
        """How many of them belong to strings of several lines."""
        bare = self._bare[min(last, len(self.code))] - self._bare[first - 1]
        return max(0, self.count(first, last) - bare)

    def line(self, number: int) -> str:
        """A line without its comments."""
        ends = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[self._starts[number - 1] : ends]

    def count(self, first: int, last: int) -> int:
        """How many of the lines from ``first`` to ``last`` are code."""
        return max(0, self._sums[min(last, len(self.code))] - self._sums[first - 1])


def _blanked(text: str, places: Sequence[tuple[int, int]]) -> str:
    parts, after = [], 0
    for start, end in places:
        if start >= after:
            blank = text[start:end]
            lines = "\n" in blank
            parts += [
                text[after:start],
                re.sub(r"[^\n]", " ", blank) if lines else " " * len(blank),
            ]
            after = end
    return "".join([*parts, text[after:]])
