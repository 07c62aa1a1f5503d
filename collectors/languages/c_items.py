"""Where the items of a C or C++ text stand, and what macros of other files leave of its grammar.

No parser: braces, parentheses and strings are enough to tell a function from its neighbours, also
where a macro that stands in another file makes its grammar anything. The text has no comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

STRING = (
    r'(?<!\w)(?:u8|[uUL])?R"(?P<d>[^()\\\s"]{0,16})\(.*?(?:\)(?P=d)"|\Z)'
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?'
    r"|(?<!\w)'(?:[^'\\\n]|\\[^\n][^'\n]{0,9})'"
)
DIRECTIVE = r"(?m:^)[ \t]*\#[^\n]*(?:(?<=\\)\n[^\n]*)*"
TOKEN = re.compile(
    rf"{STRING}|{DIRECTIVE}|(?P<call>[A-Za-z_]\w*)[ \t]*(?=\()|(?P<sign>[{{}}();])", re.DOTALL
)
CLASS = re.compile(r"\b(?:class|struct|union|namespace|extern)\b")
WORDS = frozenset({
    *("if", "for", "while", "switch", "catch", "return", "sizeof", "do", "else", "alignof", "asm"),
    *("decltype", "typeof", "__typeof__", "__asm__", "__attribute__", "noexcept", "throw", "new"),
    *("delete", "co_await", "co_return", "co_yield", "requires"),
})  # fmt: skip
OPERATOR = r"(?:[<>=!]=|[-+*/%&|^<>])"
LONE_OPERATOR = re.compile(
    rf"(?<=,)([ \t]*){OPERATOR}(?=[ \t]*\))|(?<=\w\()([ \t]*){OPERATOR}(?=[ \t]*,)"
)


# A cast to a type of another file, which could be an operand of the bitwise "and".
CAST = re.compile(r"(?<=[(,])(\s*)\(\s*[A-Za-z_]\w*\s*\)(?=\s*&[A-Za-z_])")
DEFINITION = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", re.MULTILINE)
NEXT = re.compile(r"[ \t]*\n\s*?([ \t]*)[A-Za-z_*(+]")


@dataclass(frozen=True, slots=True)
class Items:
    """``spans``: functions and declarations, from character to character; ``loops``: calls before
    a block or a deeper line in a function, ``statements``: calls before another statement, which
    only macros can be, from the name to the parenthesis that closes."""

    spans: tuple[tuple[int, int], ...]
    loops: tuple[tuple[int, int], ...]
    statements: tuple[tuple[int, int], ...]


class _Reader:
    """Walks over a text's braces once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[tuple[int, int]] = []
        self.loops: list[tuple[int, int]] = []
        self.statements: list[tuple[int, int]] = []
        self._kinds: list[str] = []  # of the braces that are open
        self._begun = 0  # the item
        self._head = 0  # the statement
        self._depth = 0  # of open parentheses in it
        self._call: int | None = None  # where it calls, if it begins with a call
        self._called: tuple[int, int] | None = None  # that call, once it is closed

    def read(self) -> Items:
        for match in TOKEN.finditer(self.text):
            if match["call"]:
                self._name(match["call"], match.start())
            elif match["sign"]:
                self._sign(match["sign"], match.start())
        if self.text[self._begun :].strip():
            self.spans.append((self._begun, len(self.text)))
        return Items(tuple(self.spans), tuple(self.loops), tuple(self.statements))

    @property
    def _outside(self) -> bool:
        return not self._kinds or self._kinds[-1] == "class"

    def _name(self, name: str, at: int) -> None:
        first = not self._depth and not self.text[self._head : at].strip()
        if first and name not in WORDS and not self._outside:
            self._call = at

    def _sign(self, sign: str, at: int) -> None:
        if sign == "(":
            self._depth += 1
        elif sign == ")":
            self._depth = max(0, self._depth - 1)
            if self._call is not None and not self._depth:
                self._close_call(self._call, at + 1)
        elif sign == "{":
            self._open(at)
        elif sign == "}":
            self._close(at)
        elif not self._depth or self._outside:
            self._end(at + 1, item=self._outside)

    def _close_call(self, start: int, end: int) -> None:
        self._called, self._call = (start, end), None
        if following := NEXT.match(self.text, end):
            line = self.text.rfind("\n", 0, start) + 1
            own = self.text[line:start]
            if not own.strip():
                deeper = len(following[1].expandtabs()) > len(own.expandtabs())
                (self.loops if deeper else self.statements).append((start, end))
                self._end(end, item=False)

    def _open(self, at: int) -> None:
        if self._called and not self.text[self._called[1] : at].strip():
            self.loops.append(self._called)
        kind = _kind(self.text[self._head : at]) if self._outside else "inner"
        self._kinds.append(kind)
        self._end(at + 1, item=False)
        if kind == "class":
            self._begun = at + 1

    def _close(self, at: int) -> None:
        closed = self._kinds.pop() if self._kinds else "class"
        if closed == "function":
            self.spans.append((self._begun, at + 1))
        self._end(at + 1, item=False)
        if closed in ("function", "class"):
            self._begun = at + 1

    def _end(self, at: int, *, item: bool) -> None:
        if item:
            self.spans.append((self._begun, at))
            self._begun = at
        self._head, self._depth, self._call, self._called = at, 0, None, None


def items(text: str) -> Items:
    """The items of a text, those of namespaces and classes one by one."""
    return _Reader(text).read()


def _kind(head: str) -> str:
    head = head.rstrip()
    if head.endswith(("=", ",", "(", "]")):
        return "inner"
    if "(" in head or not head:
        return "function"
    return "class" if CLASS.search(head) else "inner"


def plain(text: str) -> str:
    """The text with loops and statements where only macros of other files can stand, no operator
    alone in place of an argument, and no cast that could be an operand. Same lines. What a loop's
    macro is given it may set, so that it is passed by address."""
    found = items(text)
    known = set(DEFINITION.findall(text))
    loops = set(found.loops)
    parts, after = [], 0
    for start, end in sorted(loops.union(found.statements)):
        said = text[start:end]
        if said[: said.index("(")].strip() not in known:
            told = f"while({_addressed(said)})" if (start, end) in loops else f"{said};"
            parts += [text[after:start], told]
            after = end
    text = "".join([*parts, text[after:]])
    text = CAST.sub(lambda match: re.sub(r"\S", " ", match[0]), text)
    return LONE_OPERATOR.sub(lambda match: f"{match[1] or match[2] or ''}0", text)


def _addressed(call: str) -> str:
    """A call with the addresses of the names that it is given."""
    opened = call.index("(")
    inner = call[opened + 1 : -1]
    named = [f"&{name}" for name in re.findall(r"(?:\A|,)\s*([A-Za-z_]\w*)\s*(?=,|\Z)", inner)]
    return f"{call[:opened]}({', '.join(named)})" + "\n" * call.count("\n")


def blanked(text: str, start: int, end: int) -> str:
    """The text without the code between two characters: same lines."""
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def lines_of(text: str, start: int, end: int) -> Iterator[int]:
    """The numbers, from 1, of the lines between two characters that hold code."""
    number = text.count("\n", 0, start) + 1
    for line in text[start:end].split("\n"):
        if re.search(r"\w", line):
            yield number
        number += 1
