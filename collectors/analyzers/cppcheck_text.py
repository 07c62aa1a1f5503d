"""A C or C++ text as cppcheck can read it alone: one configuration, and repairs where macros of
files that are not there leave what no grammar allows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from collectors.languages.c_items import blanked, items, lines_of, plain
from collectors.languages.comments import comments
from collectors.languages.preprocessor import configured, spliced

# What no C program says, outside of what it says to C++: the text is C++.
CPLUSPLUS = re.compile(
    r"\bnamespace\s+\w+\s*\{|\btemplate\s*<|\busing\s+(?:namespace\b|\w+\s*=|\w+::)|\bclass\s+\w+"
    r"|\b(?:public|private|protected)\s*:|\w::~?\w|\boperator\s*[^\w\s;,)]+\s*\(|\bvirtual\s+\w+\s"
    r"|\)\s*(?:const\s*)?(?:override|noexcept|final)\b|\b(?:static|dynamic|const|reinterpret)_cast\s*<"
    r"|\bnew\s+\w+\s*[(\[;]|\bcatch\s*\(|\bnullptr\b|#[ \t]*include[ \t]*<\w+>"
)
TO_CPLUSPLUS = re.compile(
    r"#[ \t]*if(?:def)?\b[^\n]*\b__cplusplus\b.*?#[ \t]*(?:else|endif)"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"',
    re.DOTALL,
)
DIRECTIVE = re.compile(r"[ \t]*#")
DEFINED = re.compile(r"^[ \t]*#[^\n]*(?:(?<=\\)\n[^\n]*)*", re.MULTILINE)
STATED = re.compile(r"[;{}]|<%|%>|\?\?[<>]")
CALLED = re.compile(r"\s*\(")
TYPE = re.compile(r"[\w\s*:<>]+")
FOLLOWED = re.compile(r"\s*[\w*]")
STATEMENT = re.compile(r"[^;{}]*")


@dataclass(frozen=True, slots=True)
class Text:
    """``code``: what cppcheck reads, ``whole``: the same before repairs; ``lines``: how many of its
    lines hold code; ``unread``: the numbers of those that were taken out; ``doubtful``: those of
    statements without their macro, of which nothing is believed."""

    code: str
    suffix: str
    lines: int
    whole: str
    unread: frozenset[int] = frozenset()
    doubtful: frozenset[int] = frozenset()

    @property
    def unread_percent(self) -> float:
        """How much of the code is not read."""
        return 100 * len(self.unread) / max(1, self.lines)


def c_or_cplusplus(text: str) -> tuple[str, str]:
    """The suffix of the language that a text without comments is in, and the other one's."""
    return (".cpp", ".c") if CPLUSPLUS.search(TO_CPLUSPLUS.sub("", text)) else (".c", ".cpp")


def configuration(masked: str, suffix: str, *, other: bool = False) -> Text:
    """A text whose comments are blank, in the configuration that reads most, or the ``other``."""
    code = configured(masked, {"__cplusplus": suffix == ".cpp"}, other=other)
    lines = sum(1 for line in code.split("\n") if re.search(r"\w", line))
    code = plain(code)
    return Text(code, suffix, lines, code)


def other_side(text: Text, masked: str) -> tuple[Text | None, frozenset[int]]:
    """The other configuration of a text, and the numbers of the lines that it alone reads; None
    where it reads nothing more."""
    first = text.whole.split("\n")
    other = configuration(masked, text.suffix, other=True)
    lines = enumerate(zip(other.code.split("\n"), first, strict=True), 1)
    more = frozenset(n for n, (here, there) in lines if here.strip() and not there.strip())
    return (other if more and not says_nothing(other) else None), more


def says_nothing(text: Text) -> bool:
    """Whether it holds no statement and no declaration, but macros and values for other files to
    include: nothing that a grammar could read, and nothing that could be wrong."""
    return not STATED.search(DEFINED.sub("", text.code))


def masked(text: str) -> str:
    """A text whose lines end with \\n without its comments."""
    return spliced(text, comments(text, "cpp"))


def without_macro(text: Text, name: str) -> Text | None:
    """The text without a macro that cppcheck does not know, nor its arguments unless they are a
    type; None where it is not there."""
    code, doubtful, unread = text.code, set(text.doubtful), set(text.unread)
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    found = [match.span() for match in pattern.finditer(code)]
    changed = False
    for start, end in reversed(found):
        if DIRECTIVE.match(code, code.rfind("\n", 0, start) + 1):
            continue
        first = max(code.rfind(sign, 0, start) for sign in ";{}") + 1
        after = STATEMENT.match(code, end)
        doubtful.update(lines_of(code, first, after.end() if after else end))
        spans = _macro(code, start, end)
        for begin, stop in spans:
            unread.update(list(lines_of(code, begin, stop))[1:])
            code = blanked(code, begin, stop)
        changed = True
    if not changed:
        return None
    return replace(text, code=code, unread=frozenset(unread), doubtful=frozenset(doubtful))


def _macro(code: str, start: int, end: int) -> list[tuple[int, int]]:
    """What to blank of a macro: its name, and its arguments unless they are the type of what
    follows."""
    called = CALLED.match(code, end)
    if not called:
        return [(start, end)]
    depth, at = 1, called.end()
    while at < len(code) and depth:
        depth += {"(": 1, ")": -1}.get(code[at], 0)
        at += 1
    if TYPE.fullmatch(code, called.end(), at - 1) and FOLLOWED.match(code, at):
        return [(start, called.end()), (at - 1, at)]
    return [(start, at)]


def without_item(text: Text, line: int) -> Text | None:
    """The text without the function or declaration of this line; None where there is none."""
    starts = [0, *(match.end() for match in re.finditer("\n", text.code))]
    if not 0 < line <= len(starts):
        return None
    begin = starts[line - 1]
    end = starts[line] if line < len(starts) else len(text.code)
    for start, stop in items(text.code).spans:
        if stop > begin and start < end and text.code[start:stop].strip():
            if not text.code[max(start, begin) : min(stop, end)].strip():
                continue
            gone = frozenset(lines_of(text.code, start, stop))
            return replace(text, code=blanked(text.code, start, stop), unread=text.unread | gone)
    return None


def with_directives(text: Text, raw: str) -> str:
    """What cppcheck reads, with the directives that stand in the text's comments in their lines."""
    lines = text.code.split("\n")
    for comment in comments(raw, "cpp"):
        line = lines[comment.line - 1]
        if "cppcheck-suppress" in comment.text and not line.rstrip().endswith("\\"):
            said = " ".join(comment.text.split())
            lines[comment.line - 1] = f"{line} {said}"
    return "\n".join(lines)
