"""C's preprocessor, as far as a file alone can be preprocessed: one configuration of its text.

Which macros the supplier's build defines is not in the file. An analyzer that takes none of them
for defined reads nothing of a file that stands in one ``#ifdef``; one that tries them all never
comes to an end. So each condition is decided once a file, for the side on which more code stands,
and the other side is blanked: as much of the code as fits into one program. A second reading
decides the other way, so that no code hides behind more code, at the cost of two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from collectors.languages.comments import Comment, replaced

DIRECTIVE = re.compile(r"[ \t\f\v]*(?:#|%:)[ \t]*(\w*)(.*)", re.DOTALL)
KEPT = frozenset({"define", "undef"})  # all others name files, lines, or ask something
OPENING = frozenset({"if", "ifdef", "ifndef"})
SWITCHING = frozenset({"elif", "elifdef", "elifndef"})
DEFINED = re.compile(r"defined\s*(?:\(\s*(\w+)\s*\)|(\w+))")
NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]+|\d+)[uUlL]*")
CODE = re.compile(r"\w")


@dataclass(slots=True)
class _Branch:
    """One side of a condition: ``lines`` from (inclusive) to (exclusive), and when it is read."""

    condition: str
    first: int
    last: int = 0
    inner: list[_Group] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """From ``#if`` to ``#endif``."""

    branches: list[_Branch] = field(default_factory=list)


def spliced(text: str, found: Sequence[Comment]) -> str:
    r"""The text with blanks for its comments, and a backslash at the line ends of those in a
    directive, which they continue. Same length, same lines, same columns."""
    kept = dict[Comment, str]()
    for comment in found:
        blank = re.sub(r"[^\r\n]", " ", comment.text)
        start = max(text.rfind("\n", 0, comment.start), text.rfind("\r", 0, comment.start)) + 1
        if "\n" in blank and DIRECTIVE.match(text, start, comment.start):
            blank = re.sub(r" (?=\r?\n)", r"\\", blank)
        kept[comment] = blank
    return replaced(text, kept)


def configured(text: str, known: dict[str, bool], *, other: bool = False) -> str:
    r"""The text with one branch of each condition, and of all directives only definitions: same
    lines. ``text`` ends its lines with \n and has no comments; ``known``: macros that are defined
    or not whatever the code says, by name. ``other``: of each condition that leaves the choice, the
    side on which less code stands."""
    lines = text.split("\n")
    directives = {first: (last, word, said) for first, last, word, said in _directives(lines)}
    groups = _groups(directives, len(lines))
    weights = Counter[tuple[str, bool]]()
    size = [0]
    for line in lines:
        size.append(size[-1] + bool(CODE.search(line)))
    for group in _all(groups):
        before = list[tuple[str, bool]]()  # what must not hold for a branch to be read
        for branch in group.branches:
            holds = _key(branch.condition)
            code = size[branch.last] - size[branch.first]
            weights.update(dict.fromkeys({holds, *before}, code))
            before.append((holds[0], not holds[1]))
    chosen = {key: _decided(key, weights, known, other=other) for key, _ in weights}
    for group in _all(groups):
        read = next((branch for branch in group.branches if _holds(branch.condition, chosen)), None)
        for branch in group.branches:
            if branch is not read:
                lines[branch.first : branch.last] = [""] * (branch.last - branch.first)
    for first, (last, word, _) in directives.items():
        if word not in KEPT:
            lines[first:last] = [""] * (last - first)
    return "\n".join(lines)


def _directives(lines: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
    """First line, the line after the last, word and the rest of each directive."""
    number = 0
    while number < len(lines):
        first = number
        number += 1
        if match := DIRECTIVE.match(lines[first]):
            said = match[2]
            while said.rstrip().endswith("\\") and number < len(lines):
                said = said.rstrip()[:-1] + lines[number]
                number += 1
            yield first, number, match[1], said.strip()


def _groups(directives: dict[int, tuple[int, str, str]], end: int) -> list[_Group]:
    """The conditions of the text, outermost first; one that nobody closes ends with the text."""
    top: list[_Group] = []
    stack: list[_Group] = []
    for first, (last, word, said) in directives.items():
        if word in OPENING:
            group = _Group([_Branch(_condition(word, said), last)])
            (stack[-1].branches[-1].inner if stack else top).append(group)
            stack.append(group)
        elif stack and (word in SWITCHING or word == "else"):
            stack[-1].branches[-1].last = first
            asked = "1" if word == "else" else _condition(word.removeprefix("el"), said)
            stack[-1].branches.append(_Branch(asked, last))
        elif stack and word == "endif":
            stack.pop().branches[-1].last = first
    for group in stack:
        group.branches[-1].last = end
    return top


def _condition(word: str, said: str) -> str:
    name = re.match(r"\w*", said)
    if word == "ifdef":
        return f"defined({name[0]})" if name else "0"
    if word == "ifndef":
        return f"!defined({name[0]})" if name else "0"
    return DEFINED.sub(lambda match: f"defined({match[1] or match[2]})", " ".join(said.split()))


def _all(groups: list[_Group]) -> Iterator[_Group]:
    stack = list(reversed(groups))
    while stack:
        group = stack.pop()
        yield group
        stack += [inner for branch in reversed(group.branches) for inner in branch.inner]


def _key(condition: str) -> tuple[str, bool]:
    """What a condition asks, and the answer that makes it true."""
    wanted = True
    while condition.startswith("!") and re.fullmatch(r"!\s*(?:defined\(\w*\)|\w+)", condition):
        condition, wanted = condition[1:].strip(), not wanted
    if re.fullmatch(r"[A-Za-z_]\w*", condition):
        condition = f"defined({condition})"
    return condition, wanted


def _holds(condition: str, chosen: dict[str, bool]) -> bool:
    key, wanted = _key(condition)
    return chosen[key] is wanted


def _decided(
    key: str, weights: Counter[tuple[str, bool]], known: dict[str, bool], *, other: bool
) -> bool:
    if NUMBER.fullmatch(key):
        return any(digit in "123456789abcdefABCDEF" for digit in key.removeprefix("0x"))
    if (match := re.fullmatch(r"defined\((\w+)\)", key)) and match[1] in known:
        return known[match[1]]
    more, less = weights[key, True], weights[key, False]
    return (more < less) if other and more and less else more >= less
