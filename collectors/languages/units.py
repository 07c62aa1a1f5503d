"""The functions of a syntax tree, and what each would be counted at: the second reader.

One pass over the nodes that ``structures.toml`` names, in the order of the text, with a stack of
those that are open. A node belongs to the innermost function around it; what is in none belongs
to the top level. Decisions are those that lizard counts in the language. Cognitive complexity is
SonarSource's (white paper 1.7): a structure costs one and one more for each around it, an else
and a jump to a label cost one, and so does each run of equal logical operators.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from collectors.languages import headers
from collectors.languages.code_lines import SourceLines
from collectors.languages.macros import charge_uses
from collectors.languages.pages import php_alone
from collectors.languages.structures import UNITS, Structures, structures
from collectors.languages.trees import Node, parsed
from collectors.languages.unit import Unit

TOP_LEVEL = "<top level>"
STRUCTURES = frozenset({"ifs", "loops", "doubles", "silent", "switches", "matches", "handlers"})
OUTSIDE = frozenset({"top", "statement"})
PATHS = {
    "ifs": 1, "elifs": 1, "loops": 1, "doubles": 2, "matches": -1, "handlers": 1, "ternaries": 1,
    "decisions": 1,
}  # fmt: skip
UNPLACED = frozenset({"if", "elif", "elsif", "for", "while", "case", "catch", "&&", "||"})
CODE = re.compile(
    r"\b(?:if|elif|elsif|else|unless|for|foreach|while|until|do|loop|switch|case|when|match|try|catch"
    r"|except|rescue|return|function|def|fn|fun|func|sub|lambda)\b|&&|\|\|"
)
OPENING, CLOSING = re.compile(r"[\s(]*"), re.compile(r"[\s)]*")
ELSE = re.compile(r"\belse\s*\Z")
TO_LINE_END = re.compile(r"(?:[^\n\\]|\\.)*", re.DOTALL)
WORDS = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\\n]|\\.)'|//[^\n]*|/\*.*?\*/"
    r"|(?P<decision>\b(?:if|for|while|case|catch)\b|&&|\|\||(?<=[\w)\]}\"'])\s*\?(?![.?:]))",
    re.DOTALL,
)


@dataclass(slots=True)
class TreeUnits:
    """A file's units in the order of the text; ``statements``: the control statements outside all
    of them, a unit each; ``unread``: lines of code with words that the grammar cannot place;
    ``rules``: what the language calls them; ``root``: the tree; ``heads``: lines on which a type
    begins, or a function without a body."""

    units: list[Unit]
    statements: list[Unit]
    unread: set[int]
    lines: SourceLines
    rules: Structures
    root: Node
    heads: set[int] = field(default_factory=set)


def tree_units(text: str, language: str) -> TreeUnits:
    r"""The units of a text whose lines end with \n; KeyError for a language without a grammar."""
    grammar, root = parsed(php_alone(text) if language == "php" else text, language)
    rules = structures(language, grammar)
    lines = SourceLines(text, root, rules, language)
    return _Sweep(rules, root, lines).units()


def _places(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    ranges = [node.range() for node in nodes]
    return [(at.start.index, at.end.index) for at in ranges]


@dataclass(slots=True)
class _Frame:
    """An open node: what a node inside it belongs to and how deep it stands."""

    end: int
    unit: Unit
    level: int
    depth: int
    prefix: str
    role: str = ""
    start: int = 0
    signs: list[tuple[int, str]] | None = None  # of the expression of logical operators
    own: tuple[tuple[int, int], ...] = ()  # those of the node itself
    outermost: bool = False


class _Sweep:
    def __init__(self, rules: Structures, root: Node, lines: SourceLines) -> None:
        self._rules, self._root, self._lines, self._text = rules, root, lines, lines.text
        self._whole = lines.whole
        end = len(self._text)
        last = lines.of(end)
        self._top = Unit(root, "top", TOP_LEVEL, None, 0, end, 1, 1, 1, last)
        self._nothing = Unit(root, "nothing", "", None, 0, 0, 1, 1, 1, 1)
        self._stack = [_Frame(end + 1, self._top, 0, 0, "")]
        self._found = TreeUnits([], [], set(), lines, rules, root)
        self._with_else: set[tuple[int, int]] = set()

    def units(self) -> TreeUnits:
        """All units, each with what is its own."""
        if self._rules.with_else:
            self._with_else = set(_places(self._root.find_all(self._rules.with_else)))
        nodes = self._root.find_all(self._rules.found)
        placed = [(*place, node) for place, node in zip(_places(nodes), nodes, strict=True)]
        placed.sort(key=lambda item: (item[0], -item[1]))
        roles, stack = self._rules.roles, self._stack
        for start, end, node in placed:
            while stack[-1].end <= start:
                self._close()
            kind = node.kind()
            if kind == "ERROR":
                self._error(node)
                continue
            self._open(node, roles[kind], start, end)
        while len(stack) > 1:
            self._close()
        if self._rules.macros:
            charge_uses(self._found.units, self._text)
        return self._found

    def _error(self, node: Node) -> None:
        """What the grammar cannot place: its own words, not the nodes that it still found in it.
        A word that decides is counted where it stands."""
        children = node.children()
        for child in children or (node,):
            if child.is_leaf() or child is node:
                at = child.range()
                self._unread(at.start.line + 1, at.end.line + 1)
                start, end = at.start.index, at.end.index
                if child.text() in UNPLACED and self._alone(start, end):
                    self._word(node, start, end, self._stack[-1])

    def _alone(self, start: int, end: int) -> bool:
        """Whether it is a word, and no part of one that the grammar took apart."""
        around = self._whole[start - 1 : start] + self._whole[end : end + 1]
        return not (self._whole[start].isalpha() and re.search(r"\w", around))

    def _unread(self, first: int, last: int) -> None:
        """Remember the lines that hold more than declarations, which macros make unreadable."""
        lines = self._lines
        self._found.unread.update(n for n in range(first, last + 1) if CODE.search(lines.line(n)))

    def _open(self, node: Node, role: str, start: int, end: int) -> None:
        around = self._stack[-1]
        if role in UNITS:
            self._function(node, role, start, end, around)
        elif role in ("containers", "properties"):
            self._head(node, start)
            prefix = around.prefix + headers.own_name(node) + self._rules.separator
            self._stack.append(_Frame(end, around.unit, around.level, around.depth, prefix, role))
        elif role == "declarations":
            self._found.heads.add(headers.name_line(node))
        elif role == "opaque":
            if around.role != "opaque":
                self._words(node, around, start, end)
        elif role == "operators":
            self._operator(node, start, end, around)
        else:
            self._structure(node, role, start, end, around)

    def _head(self, node: Node, start: int) -> None:
        """Remember the lines on which a type or a declaration begins, and its name."""
        self._found.heads.update((self._lines.of(start), headers.name_line(node)))

    def _function(self, node: Node, role: str, start: int, end: int, around: _Frame) -> None:
        rules = self._rules
        if role == "functions" and not headers.has_body(node, rules.bodies):
            self._head(node, start)
            return
        header = headers.header(node, role, rules, around.prefix)
        if headers.is_class(node, header, rules):
            return  # a class behind a macro that the grammar does not know
        around_it = around.unit if around.unit.role not in OUTSIDE else None
        unit = Unit(
            node, role, header.name, around_it,
            start, end, self._lines.of(start), header.first_line, header.body_line,
            self._lines.of(max(start, end - 1)), header.code, header.parameters,
            around.level + (not headers.curried(node)), around.depth,
        )  # fmt: skip
        self._found.units.append(unit)
        around.unit.inner.append(unit)
        prefix = f"{header.name}{rules.separator}" if rules.separator == "." else around.prefix
        self._stack.append(_Frame(end, unit, 0, 0, prefix, role))

    def _structure(self, node: Node, role: str, start: int, end: int, around: _Frame) -> None:
        level, depth = around.level, around.depth
        if role == "conditional":
            self._conditional(start, around)
            return
        unit = self._at_top(node, start, end, around)
        unit.decisions += PATHS.get(role, 0)
        if role in ("elifs", "elses"):
            unit.cognitive += 1
        elif role == "jumps":
            unit.cognitive += self._to_label(node)
        elif role != "decisions":
            # what follows its own else at once stands no deeper than the if before it
            if not (role == "ifs" and self._after_else(start)):
                unit.cognitive += 1 + level
                unit.increments += 1
                level += 1
                depth += role in STRUCTURES
                unit.nesting = max(unit.nesting, depth)
            unit.cognitive += (start, end) in self._with_else
        self._stack.append(_Frame(end, unit, level, depth, around.prefix, role))

    def _conditional(self, start: int, around: _Frame) -> None:
        """A choice of the preprocessor's; the operators of its condition are not the code's."""
        around.unit.decisions += around.unit.role not in OUTSIDE
        directive = TO_LINE_END.match(self._whole, start)
        end = directive.end() if directive else start
        self._stack.append(_Frame(end, self._nothing, 0, 0, around.prefix, "conditional"))

    def _operator(self, node: Node, start: int, end: int, around: _Frame) -> None:
        signs = self._rules.operators[node.kind()]
        unit = self._at_top(node, start, end, around)
        frame = _Frame(end, unit, around.level, around.depth, around.prefix, start=start)
        for child in node.children():
            sign = child.text() if child.is_leaf() else ""
            if sign not in signs:
                continue
            unit.decisions += 1
            if signs[sign] == "logical":
                place = child.range().start.index
                if frame.signs is None:
                    frame.outermost = not self._operand(around, start, end)
                    frame.signs = [] if frame.outermost else around.signs
                if frame.signs is not None:
                    frame.signs.append((place, sign))
                    frame.own += ((place, place + len(sign)),)
        self._stack.append(frame)

    def _operand(self, around: _Frame, start: int, end: int) -> bool:
        """Whether it is an operand of the logical expression around it, but for brackets."""
        if not around.own:
            return False
        first, last = around.start, around.end
        for sign, behind in around.own:
            if behind <= start:
                first = behind
            elif end <= sign:
                last = sign
                break
        return bool(
            OPENING.fullmatch(self._text, first, start) and CLOSING.fullmatch(self._text, end, last)
        )

    def _words(self, node: Node, around: _Frame, start: int, end: int) -> None:
        """Text that the grammar leaves unread, word by word."""
        for word in WORDS.finditer(self._whole, start, end):
            if word.lastgroup == "decision":
                self._word(node, word.start(), word.end(), around)
        self._stack.append(
            _Frame(end, around.unit, around.level, around.depth, around.prefix, "opaque")
        )

    def _word(self, node: Node, start: int, end: int, around: _Frame) -> None:
        """A word that decides, which the grammar does not place."""
        unit = self._at_top(node, start, end, around)
        unit.decisions += 1
        unit.cognitive += 1

    def _at_top(self, node: Node, start: int, end: int, around: _Frame) -> Unit:
        """The unit that a control node belongs to: at the top level, one for each statement."""
        if around.unit is not self._top:
            return around.unit
        first, last = self._lines.of(start), self._lines.of(max(start, end - 1))
        unit = Unit(node, "statement", TOP_LEVEL, None, start, end, first, first, first, last)
        self._found.statements.append(unit)
        return unit

    def _after_else(self, start: int) -> bool:
        return bool(ELSE.search(self._text, max(0, start - 200), start))

    def _to_label(self, node: Node) -> bool:
        kinds = self._rules.labelled
        return not kinds or any(child.kind() in kinds for child in node.children())

    def _close(self) -> None:
        frame = self._stack.pop()
        if frame.outermost and frame.signs:
            signs = [sign for _, sign in sorted(frame.signs)]
            frame.unit.cognitive += 1 + sum(a != b for a, b in pairwise(signs))
