"""What in a text can lift a value without better code, and no number counts: for signs, which a
reader judges. Honest code shows it too.

Choices: comparisons of a function that no decision stands for, as in arithmetic, indices, filters.
Texts: branches in strings, of any language. Keywords: macros that are one of control flow.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from collectors.languages.units import TreeUnits
from quality.model.facts import Oddity

CHOICES = 20  # comparisons beyond twice the decisions
BRANCHES = 10  # in a file's strings
LONGEST = 200
# A branch of a programming language, a template or SQL; prose has none of these forms.
BRANCH = re.compile(
    r"\b(?:if|elif|elseif|while|for|foreach|switch|catch|unless)\b[ \t]*\("
    r"|^[ \t]*(?:if|elif|else[ \t]?if|elsif|while|for|until|unless|when|case|except)\b[^\n]*"
    r"(?::|\{|\bthen|\bdo)[ \t]*$"
    r"|\b(?:if|elsif|when)\b[^\n;]{1,200}?\bthen\b"
    r"|\{%-?[ \t]*(?:if|elif|for)\b|<%[ \t]*(?:if|for|while)\b|\{\{[#~]*[ \t]*(?:if|each|range)\b"
    r"|\*ng(?:If|For)\b|\bv-(?:if|for|else-if)\b",
    re.IGNORECASE | re.MULTILINE,
)
KEYWORD = re.compile(r"(?:else[ \t]+)?(?:if|for|while|switch|case|else|do|goto|return|try|catch)")


def oddities(tree: TreeUnits, language: str) -> list[Oddity]:
    """The oddities of a file, by line and kind."""
    found = [*_choices(tree), *_texts(tree, language), *_keywords(tree)]
    return sorted(found, key=lambda each: (each.line, each.kind, each.text))


def _choices(tree: TreeUnits) -> Iterator[Oddity]:
    """The functions, with those in them, that compare far more often than they branch."""
    outermost = [unit for unit in tree.units if unit.parent is None and unit.role != "macros"]
    starts = [unit.start for unit in outermost]
    compared, decided = Counter[int](), Counter[int]()

    def around(place: int) -> int | None:
        at = bisect_right(starts, place) - 1
        return at if at >= 0 and place < outermost[at].end else None

    rule = tree.rules.comparisons
    for node in tree.root.find_all(rule) if rule else ():
        if (at := around(node.range().start.index)) is not None:
            compared[at] += 1
    for unit in tree.units:  # one that is joined has its decisions in the function around it
        if not unit.joined and (at := around(unit.start)) is not None:
            decided[at] += unit.decisions
    for at, number in compared.items():
        if number >= CHOICES + 2 * decided[at]:
            name = outermost[at].name[-LONGEST // 2 :]
            what = f"{name}: {number} comparisons, {decided[at]} decisions"
            yield Oddity(outermost[at].first_line, "choices", what)


def _texts(tree: TreeUnits, language: str) -> Iterator[Oddity]:
    """Where the strings of a file begin to branch, and how often all of them do. Documentation, in
    Python a string that stands alone, is none."""
    lines, first, number, after = tree.lines, 0, 0, 0
    for node in tree.root.find_all(tree.rules.branching):
        at = node.range()
        start, end = at.start.index, at.end.index
        if start < after or (language == "python" and lines.alone(start, end)):
            continue  # some grammars have strings in strings
        after = end
        if found := sum(1 for _ in BRANCH.finditer(lines.whole, start, end)):
            number += found
            first = first or lines.of(start)
    if number >= BRANCHES:
        yield Oddity(first, "texts", f"{number} branches in strings")


def _keywords(tree: TreeUnits) -> Iterator[Oddity]:
    for unit in tree.units:
        value = unit.node.field("value") if unit.role == "macros" else None
        if value is not None and KEYWORD.fullmatch(value.text().strip()):
            what = f"{unit.bare[: LONGEST // 2]} is {' '.join(value.text().split())}"
            yield Oddity(unit.first_line, "keywords", what)
