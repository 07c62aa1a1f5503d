"""What stands in the gaps between the signs of a text, and what should: always one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from collectors.analyzers.treerules.tokens import LAYOUTS

# Words of the language before a bracket that belongs to them, and what then stands between.
HEADS = {
    **dict.fromkeys(("if", "elseif", "for", "foreach", "while", "switch", "match"), " "),
    **dict.fromkeys(("catch", "when", "lock", "using", "fixed"), " "),
    **dict.fromkeys(("typeof", "sizeof", "default", "nameof", "array", "list", "isset"), ""),
    **dict.fromkeys(("unset", "empty", "exit", "get", "set"), ""),
}
# Of these words those that other languages name members by.
ONLY = {
    **dict.fromkeys(("lock", "using", "fixed"), ("csharp",)),
    "match": ("php",),
    "when": ("csharp", "kotlin"),
}
# Words before a bracket that belongs to what comes after it: how they stand there says nothing.
WORDS = frozenset({
    *("return", "yield", "throw", "and", "or", "not", "async", "await", "in", "of", "is"),
    *("as", "new", "else", "case", "do", "function", "fn", "use", "fun", "func", "import"),
    *("const", "var", "let", "val", "type", "go", "defer", "range", "constructor", "out"),
    *("ref", "operator", "echo", "print", "clone", "unless", "until", "then", "elsif"),
    *("begin", "rescue", "ensure", "instanceof", "void", "delete", "extends", "implements"),
    *("where", "select", "from", "xor", "static", "raise", "puts", "super", "interface"),
    *("with", "noexcept", "decltype", "alignas", "explicit", "lambda", "del", "assert"),
    *("except", "global"),
})  # fmt: skip
ENDS_AT_LINES = frozenset({"go", "kotlin", "ruby"})
LIST_TYPE = re.compile(r"\[\s*\]")
WORD = re.compile(r"[\w$]+[!?]?\Z")
LONGEST = 64  # characters of a word before a bracket
# Operators at the end of a line that goes on: wherever lines are free, and where they are not.
FREE = re.compile(r"(?:[^+]\+|[^-]-|(?<![=!<>])[=!<>]?=|&&|\|\||\?\?|[^*/]\*|[\w\s)\]'\"]\.)\Z")
BOUND = re.compile(r"\s(?:=|&&|\|\||\+|==|!=|<<|\?\?|\?:)\Z")


@dataclass(frozen=True, slots=True)
class _Gap:
    """White space and comments of a text, the characters around them, the bracket that they stand
    in, and whether they hold a line end."""

    start: int
    end: int
    said: str
    before: str
    after: str
    around: str
    lines: bool


class Gaps:
    """The gaps of one text, in order."""

    def __init__(self, text: str, language: str) -> None:
        layout = LAYOUTS[language]
        self._joins, self._leads = re.compile(layout.joins), re.compile(layout.leads)
        self._begins = re.compile(layout.begins)
        self._text, self._language, self._line = text, language, layout.line
        self._directives = language in ("cpp", "csharp")
        self.head = -1  # where the last head of an if or a loop ends
        self._moved = -1  # a sign that is moved to the value before it

    def edit(self, start: int, end: int, around: str) -> tuple[int, int, str] | None:
        """The gap with what should stand in it, unless it does."""
        if not start or end == len(self._text):
            return None
        said = self._text[start:end]
        before, after = self._text[start - 1], self._text[end]
        if before == "\n" or (after == "#" and self._directives):
            return None  # beside a line of the preprocessor
        gap = _Gap(start, end, said, before, after, around, "\n" in said)
        instead = self._instead(gap)
        return None if instead is None or instead == said else (start, end, instead)

    def _instead(self, gap: _Gap) -> str | None:
        if self._at_join(gap):
            return ""
        if gap.after in "([" and self._belongs(gap):
            return self._before_list(gap) if gap.after == "(" else ""
        instead = self._at_sign(gap)
        if instead is None and gap.around in ("(", "[", "`"):
            return self._within(gap)
        if instead is None and gap.lines and "\\" not in gap.said:
            return self._at_operator(gap)
        return instead

    def _at_join(self, gap: _Gap) -> bool:
        """Whether a sign that joins a value and its part stands before or behind."""
        if _ends_value(gap.before) and self._joins.match(self._text, gap.end):
            # Ruby's `f ::A` gives f an argument, C++'s `return ::a` names what no space holds.
            leads = gap.lines or self._language in ("cpp", "ruby")
            leads = leads and not (self._language == "cpp" and self._word(gap) == "std")
            if not leads or self._leads.match(self._text, gap.end):
                self._moved = gap.end
                return True
        if gap.before not in ".>:" or not (gap.after.isalnum() or gap.after in "_$~{(*["):
            return False
        for start in range(max(1, gap.start - 3), gap.start):
            match = self._joins.match(self._text, start)
            if match and match.end() == gap.start:
                return start == self._moved or _ends_value(self._text[start - 1])
        return False

    def _belongs(self, gap: _Gap) -> bool:
        """Whether the bracket behind opens what is given to, or taken of, what stands before."""
        if gap.lines and self._language in ENDS_AT_LINES:
            return False
        if gap.after == "(":
            word = self._word(gap)
            return word != "" and word not in WORDS
        if self._language == "ruby" or LIST_TYPE.match(self._text, gap.end):
            return False
        return _ends_value(gap.before) and self._word(gap) not in WORDS

    def _before_list(self, gap: _Gap) -> str:
        """What stands between a word and its bracket: a blank behind words of the language."""
        word = self._word(gap)
        return (
            "" if self._language not in ONLY.get(word, (self._language,)) else HEADS.get(word, "")
        )

    def _word(self, gap: _Gap) -> str:
        """The word that the gap follows."""
        match = WORD.search(self._text, max(0, gap.start - LONGEST), gap.start)
        return match[0] if match else ""

    def _at_sign(self, gap: _Gap) -> str | None:
        """What stands beside a comma or a semicolon, in empty blocks and types, behind a head."""
        before, after = gap.before, gap.after
        if after == "," and not (gap.lines and self._line == "ends"):
            return ""
        if before == "," and not gap.lines:
            return " "
        if before == "," and after != "}" and self._language in ("go", "kotlin"):
            return "" if after in ")]" else " "
        if before == ")" and after == "{" and not gap.said.isspace():
            return " "
        if gap.lines:  # a body of nothing on a line of its own is meant
            own = gap.start == self.head or self._language in ENDS_AT_LINES
            return "" if after == ";" and not own else None
        block = before == "{" and after == "}" and gap.said.isspace()
        listed = before == "]" and self._language == "go" and _ends_value(after)
        return "" if after == ";" or block or listed else None

    def _within(self, gap: _Gap) -> str | None:
        """What stands in a gap within brackets."""
        ends = gap.lines and self._line == "ends" and gap.before not in "([,"
        if ends and (self._language == "go" or gap.after not in ")]"):
            return None
        return "" if gap.before in "([" or gap.after in ")]," else " "

    def _at_operator(self, gap: _Gap) -> str | None:
        """A blank where a line goes on: an operator ends it, or begins the next."""
        ends = FREE if self._line == "free" else BOUND
        goes_on = ends.search(self._text, max(0, gap.start - 3), gap.start)
        return " " if goes_on or self._begins.match(self._text, gap.end) else None


def _ends_value(sign: str) -> bool:
    return sign.isalnum() or sign in "_)]}>\"'`?!"
